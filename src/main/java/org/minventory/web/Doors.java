package org.minventory.web;

import java.util.List;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Hangs what the doors share into Spring MVC. */
public final class Doors implements WebMvcConfigurer {
    private final Gate gate;
    private final Arguments arguments;
    private final ProblemPage pages;

    public Doors(Gate gate, Cursors cursors, LocaleResolver language, ProblemPage pages) {
        this.gate = gate;
        this.pages = pages;
        this.arguments = new Arguments(cursors, language);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gate).order(Integer.MIN_VALUE);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(arguments);
    }

    @Override
    public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
        handlers.add(new AnswerWriter());
    }

    /** After the handlers of a door's own, before Spring's: nobody sees an answer that is not a problem of ours. */
    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.add(Math.min(1, resolvers.size()), new ProblemResolver(pages));
    }
}
