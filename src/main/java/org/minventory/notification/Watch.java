package org.minventory.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Something that time alone brings about: silence, a day that comes. It is asked when it is due, and soon
 * after something new is known, one customer at a time; it gives its notices in the same transaction.
 */
public interface Watch {
    /** Its name among the errands. */
    String word();

    /**
     * Looks what has come since the last time, gives its notices, and says when to look again.
     *
     * @param db in the scope of that customer
     * @return null where only a change can bring something about
     */
    @Nullable
    Instant look(JdbcClient db, UUID customer, Instant now);
}
