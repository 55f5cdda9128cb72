package org.minventory.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;

/**
 * One notice for one subscription, and what became of it.
 *
 * @param elements those of the notice that the subscriber hears of
 * @param message the dispatch under whose id it is sent: its own, or the first of what goes in one message; null before
 * @param settledAt when it came to its end, or null
 */
public record Dispatch(
        UUID customer,
        UUID id,
        UUID subscription,
        long no,
        List<UUID> elements,
        State state,
        Instant dueAt,
        @Nullable UUID message,
        int attempts,
        Instant createdAt,
        @Nullable Instant settledAt) {
    /** What became of it. */
    public enum State {
        WAITING,
        /** Written before it is sent: a program that is killed meanwhile sends it again. */
        SENDING,
        DELIVERED,
        /** Kept until somebody comes and reads it. */
        KEPT,
        READ,
        /** The receiver did not want it, five times. */
        PARKED,
        /** Nobody may hear it any more. */
        WITHHELD,
        /** It was over before it was due. */
        LAPSED;

        /** The word of the API and of the database. */
        public String word() {
            return Word.of(this);
        }

        /** The state of that word. */
        public static State of(String word) {
            return Word.read(State.class, word);
        }
    }

    static Dispatch read(ResultSet row, int number) throws SQLException {
        OffsetDateTime settled = row.getObject("settled_at", OffsetDateTime.class);
        return new Dispatch(
                row.getObject("customer_id", UUID.class),
                row.getObject("dispatch_id", UUID.class),
                row.getObject("subscription_id", UUID.class),
                row.getLong("no"),
                List.of((UUID[]) row.getArray("elements").getArray()),
                State.of(row.getString("state")),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getObject("message_id", UUID.class),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                settled == null ? null : settled.toInstant());
    }
}
