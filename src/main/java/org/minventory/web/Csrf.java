package org.minventory.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * What proves that a form comes from a page of ours: worked out from the cookie of the session, so nothing is kept and it
 * ends with the session; before the sign-in, from a cookie of its own.
 */
public final class Csrf implements CsrfTokenRepository {
    /** The field of a form. */
    public static final String FIELD = "_csrf";

    private static final String HEADER = "X-CSRF-Token";
    private static final String COOKIE = "minventory-visit";
    private static final int VISIT_SECONDS = 12 * 3600;
    private static final int LONGEST = 100;

    private final SecretKeySpec key;

    /** @param key of the instance, the same on every node */
    public Csrf(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        String visit = Base64.getUrlEncoder().withoutPadding().encodeToString(Ids.random(32));
        request.setAttribute(COOKIE, visit);
        return token(visit);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        Object visit = request.getAttribute(COOKIE);
        if (token != null && visit instanceof String value)
            SessionCookie.write(request, response, COOKIE, value, VISIT_SECONDS);
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        String session = SessionCookie.read(request);
        String visit = session == null ? SessionCookie.read(request, COOKIE) : session;
        return visit == null || visit.isEmpty() || visit.length() > LONGEST ? null : token(visit);
    }

    private CsrfToken token(String visit) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] proof = mac.doFinal(("csrf " + visit).getBytes(StandardCharsets.UTF_8));
            return new DefaultCsrfToken(
                    HEADER, FIELD, Base64.getUrlEncoder().withoutPadding().encodeToString(proof));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
