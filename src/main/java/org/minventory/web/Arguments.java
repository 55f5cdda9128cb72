package org.minventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.party.Caller;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.LocaleResolver;

/** What a handler may simply ask for in its signature: the caller, the request, a page, a thinning, the body. */
final class Arguments implements HandlerMethodArgumentResolver {
    private final Cursors cursors;
    private final LocaleResolver language;

    Arguments(Cursors cursors, LocaleResolver language) {
        this.cursors = cursors;
        this.language = language;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return List.of(Caller.class, Asked.class, Paging.class, Thinning.class, Body.class)
                .contains(type);
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest asking = request.getNativeRequest(HttpServletRequest.class);
        if (asking == null) throw new IllegalStateException("Not an HTTP request");
        Class<?> type = parameter.getParameterType();
        if (type == Paging.class) return Paging.of(asking, cursors);
        if (type == Thinning.class) return Thinning.of(first(Query.of(asking), "fields"));
        if (type == Body.class) return new Body(asking);
        Asked asked = new Asked(asking, language.resolveLocale(asking));
        return type == Asked.class ? asked : asked.caller();
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.getFirst();
    }
}
