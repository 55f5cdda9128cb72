package org.minventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;

/** A form is taken only from a page that we gave, by the browser that we gave it to. */
class WallTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Story story = Story.told();
    private final Csrf csrf = story.server().room(Csrf.class);

    @Test
    void aFormWithoutItsProofIsRefused() {
        Reply reply = story.post(Story.NOBODY, "/ui/sign-in", "token=x", "Content-Type", FORM);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().at("/type").stringValue()).isEqualTo("/problems/forged-form");
    }

    @Test
    void aProofBelongsToOneVisit() {
        String cookie = visit();
        String proof = proof(cookie);
        assertThat(submit(cookie, proof)).isNotEqualTo(403);
        assertThat(submit(visit(), proof)).isEqualTo(403);
        assertThat(submit(cookie, proof.substring(1) + "A")).isEqualTo(403);
        assertThat(submit("", proof)).isEqualTo(403);
    }

    @Test
    void aFormFromAForeignPageIsRefusedWhateverItProves() {
        String cookie = visit();
        Reply reply = story.post(
                Story.NOBODY,
                "/ui/nothing",
                "_csrf=" + proof(cookie),
                "Content-Type",
                FORM,
                "Cookie",
                cookie,
                "Sec-Fetch-Site",
                "cross-site");
        assertThat(reply.status()).isEqualTo(403);
    }

    @Test
    void theProgramsDoorTakesNoCookieAndNeedsNoProof() {
        assertThat(story.get(Story.NOBODY, "/api/v1/customers", "Cookie", "minventory-session=" + story.cio)
                        .status())
                .isEqualTo(401);
        assertThat(story.post(story.cio, "/api/v1/tokens", "{'label': 'x'}", "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(201);
    }

    /** The cookie of a visit, as a page with a form hands it out. */
    private String visit() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        MockHttpServletResponse response = new MockHttpServletResponse();
        csrf.saveToken(csrf.generateToken(request), request, response);
        String cookie = response.getHeader("Set-Cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private String proof(String cookie) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        int equals = cookie.indexOf('=');
        request.setCookies(new Cookie(cookie.substring(0, equals), cookie.substring(equals + 1)));
        // pages write it masked
        new XorCsrfTokenRequestAttributeHandler()
                .handle(request, new MockHttpServletResponse(), () -> csrf.loadToken(request));
        return ((CsrfToken) request.getAttribute("_csrf")).getToken();
    }

    private int submit(String cookie, String proof) {
        return story.post(
                        Story.NOBODY,
                        "/ui/nothing",
                        "_csrf=" + proof.replace("=", "%3D"),
                        "Content-Type",
                        FORM,
                        "Cookie",
                        cookie.isEmpty() ? "other=1" : cookie)
                .status();
    }
}
