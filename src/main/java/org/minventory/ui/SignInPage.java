package org.minventory.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.party.Caller;
import org.minventory.party.Callers;
import org.minventory.party.Right;
import org.minventory.party.Sessions;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.BySession;
import org.minventory.web.Gate;
import org.minventory.web.Public;
import org.minventory.web.SessionCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in with a token, and out again. */
@Controller
@BySession
public final class SignInPage {
    /**
     * What the page shows.
     *
     * @param next where one wanted to go
     * @param error what was wrong with the token, or null
     */
    public record Shown(
            Frame frame, String csrf, String next, @Nullable String error) {}

    private final Pages pages;
    private final Callers callers;
    private final Sessions sessions;
    private final Tx tx;

    SignInPage(Pages pages, Callers callers, Sessions sessions, Tx tx) {
        this.pages = pages;
        this.callers = callers;
        this.sessions = sessions;
        this.tx = tx;
    }

    /** The form. */
    @Public
    @GetMapping(Gate.SIGN_IN)
    Answer form(Asked asked, HttpServletRequest request, @RequestParam(required = false) @Nullable String next) {
        return page(200, asked, request, next, null);
    }

    /** Opens a session; a token that opens none is told so on the same page. */
    @Public
    @PostMapping(Gate.SIGN_IN)
    Answer signIn(
            Asked asked,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(required = false) @Nullable String token,
            @RequestParam(required = false) @Nullable String next) {
        Caller caller;
        try {
            caller = callers.of(token == null ? null : token.strip());
        } catch (Refusal refusal) {
            if (refusal.problem() != Problem.NOT_SIGNED_IN) throw refusal;
            return page(422, asked, request, next, "sign-in.unknown");
        }
        if (!caller.may(Right.READ)) return page(422, asked, request, next, "sign-in.reads-nothing");
        SessionCookie.write(request, response, tx.write(Scope.NOTHING, db -> {
            sessions.close(db, SessionCookie.read(request));
            return sessions.open(db, caller);
        }));
        return Pages.seeOther(next != null && Pages.isOurs(next) ? next : InventoryPage.PATH);
    }

    /** Leaves. */
    @Public
    @PostMapping("/ui/sign-out")
    Answer signOut(HttpServletRequest request, HttpServletResponse response) {
        tx.write(Scope.NOTHING, db -> {
            sessions.close(db, SessionCookie.read(request));
            return true;
        });
        SessionCookie.clear(request, response);
        return Pages.seeOther(Gate.SIGN_IN);
    }

    private Answer page(
            int status, Asked asked, HttpServletRequest request, @Nullable String next, @Nullable String error) {
        Words words = new Words(asked.language());
        String wanted = next != null && Pages.isOurs(next) ? next : "";
        String here = wanted.isEmpty()
                ? Gate.SIGN_IN
                : Link.to(Gate.SIGN_IN).with("next", wanted).toString();
        Frame frame = pages.bare(request, words, words.say("sign-in.title"), here);
        Shown shown = new Shown(frame, Pages.csrf(request), wanted, error == null ? null : words.say(error));
        return pages.answer(status, "signIn", shown, asked.language());
    }
}
