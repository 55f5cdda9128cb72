package org.minventory;

import org.minventory.web.Language;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.DelegatingWebMvcConfiguration;

/** Spring MVC, with the two languages of Minventory in the place of all the others. */
@Configuration(proxyBeanMethods = false)
class Mvc extends DelegatingWebMvcConfiguration {
    private final Language language;

    Mvc(Language language) {
        this.language = language;
    }

    @Bean
    @Override
    public LocaleResolver localeResolver() {
        return language;
    }
}
