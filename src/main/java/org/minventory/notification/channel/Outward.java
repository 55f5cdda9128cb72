package org.minventory.notification.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of the way out.
 *
 * @param publicUrl where people reach this instance, without a slash at the end; null where nobody said it: then links
 *     lead to the address that it listens on
 * @param allowed the only receivers outside the public internet
 * @param mail the server that takes our mail, or null where none does
 */
public record Outward(
        @Nullable String publicUrl,
        List<Target> allowed,
        @Nullable MailServer mail) {
    /** Nothing said: public receivers alone, and no mail. */
    public static final Outward USUAL = new Outward(null, List.of(), null);

    public Outward {
        allowed = List.copyOf(allowed);
    }

    /**
     * The server that takes our mail (RFC 6409).
     *
     * @param user null where it asks for nobody
     * @param from the address in {@code From:}
     */
    public record MailServer(
            String host,
            int port,
            Security security,
            @Nullable String user,
            @Nullable String password,
            String from) {
        /** How the way to it is kept private. */
        public enum Security {
            /** STARTTLS, demanded. */
            STARTTLS,
            /** TLS from the first byte. */
            TLS,
            /** Not at all: for a server on the same machine. */
            NONE
        }

        /** Never the password. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
