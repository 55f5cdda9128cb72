package org.minventory.notification.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt to send.
 *
 * @param code what the receiver answered in its protocol (HTTP status, SMTP reply), or null where nothing came back
 * @param retryAfter how long the receiver wishes to be left alone, or null
 * @param told one line for the journal: why it failed, without anything that the receiver wrote in its body
 * @param request what was sent, secrets masked, for the journal
 */
public record Outcome(
        Verdict verdict, @Nullable Integer code, @Nullable Duration retryAfter, String told, String request) {
    /** How it goes on. */
    public enum Verdict {
        DELIVERED,
        /** The receiver is away or busy: it is left alone for a while, and asked again. */
        AWAY,
        /** This message is not wanted as it is; the next may be. */
        REFUSED,
        /** The receiver wishes never to be asked again (HTTP 410). */
        GONE
    }

    /** It arrived. */
    public static Outcome delivered(@Nullable Integer code, String request) {
        return new Outcome(Verdict.DELIVERED, code, null, "", request);
    }

    /** Nobody there. */
    public static Outcome away(@Nullable Integer code, @Nullable Duration retryAfter, String told, String request) {
        return new Outcome(Verdict.AWAY, code, retryAfter, told, request);
    }

    /** Not as it is. */
    public static Outcome refused(@Nullable Integer code, String told, String request) {
        return new Outcome(Verdict.REFUSED, code, null, told, request);
    }

    /** Never again. */
    public static Outcome gone(@Nullable Integer code, String told, String request) {
        return new Outcome(Verdict.GONE, code, null, told, request);
    }
}
