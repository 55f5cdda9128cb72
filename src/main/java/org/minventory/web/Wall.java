package org.minventory.web;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Spring Security's filters around everything: headers that tell browsers to trust nothing, the firewall that refuses
 * crooked paths, and on the pages the proof that a form is ours. Who may do what is decided at the {@link Gate}.
 */
public final class Wall {
    /** What a page may load: what this server gives, and nothing else; no script within a page. */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
            + "base-uri 'none'";

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

    private final Csrf csrf;
    private final HandlerExceptionResolver problems;

    /** @param problems says a refusal in the way of the door it happens at */
    public Wall(Csrf csrf, HandlerExceptionResolver problems) {
        this.csrf = csrf;
        this.problems = problems;
    }

    /** The filter. */
    public FilterChainProxy filter() {
        FilterChainProxy wall = new FilterChainProxy(List.of(
                new DefaultSecurityFilterChain(
                        PathPatternRequestMatcher.withDefaults().matcher("/ui/**"),
                        headers("same-origin"),
                        sameSite(),
                        forms()),
                // the address is the secret: no other page learns it, no search engine keeps it
                new DefaultSecurityFilterChain(
                        PathPatternRequestMatcher.withDefaults().matcher("/share/**"),
                        headers("no-referrer", new StaticHeadersWriter("X-Robots-Tag", "noindex, nofollow, noarchive")),
                        sameSite()),
                new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, headers("same-origin"))));
        wall.setRequestRejectedHandler((request, response, rejected) -> refuse(request, response, rejected));
        wall.afterPropertiesSet();
        return wall;
    }

    private static Filter headers(String referrer, HeaderWriter... more) {
        List<HeaderWriter> writers = new ArrayList<>(List.of(
                new StaticHeadersWriter("Content-Security-Policy", CONTENT_SECURITY_POLICY),
                new StaticHeadersWriter("X-Content-Type-Options", "nosniff"),
                new StaticHeadersWriter("X-Frame-Options", "DENY"),
                new StaticHeadersWriter("Referrer-Policy", referrer),
                new StaticHeadersWriter("Cross-Origin-Opener-Policy", "same-origin"),
                new StaticHeadersWriter("Cross-Origin-Resource-Policy", "same-origin"),
                new StaticHeadersWriter("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
                new HstsHeaderWriter()));
        writers.addAll(List.of(more));
        HeaderWriterFilter filter = new HeaderWriterFilter(writers);
        filter.setShouldWriteHeadersEagerly(true);
        return filter;
    }

    /** Browsers say where a form comes from; what comes from elsewhere is refused before its proof is looked at. */
    private Filter sameSite() {
        return (asked, answered, chain) -> {
            HttpServletRequest request = (HttpServletRequest) asked;
            String site = request.getHeader("Sec-Fetch-Site");
            boolean foreign = "cross-site".equals(site) && !HARMLESS.contains(request.getMethod());
            if (foreign) refuse(request, (HttpServletResponse) answered, Refusal.of(Problem.FORGED_FORM));
            else chain.doFilter(asked, answered);
        };
    }

    private Filter forms() {
        CsrfFilter filter = new CsrfFilter(csrf);
        filter.setAccessDeniedHandler(
                (request, response, denied) -> refuse(request, response, Refusal.of(Problem.FORGED_FORM)));
        return filter;
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Exception refusal) {
        problems.resolveException(request, response, null, refusal);
    }
}
