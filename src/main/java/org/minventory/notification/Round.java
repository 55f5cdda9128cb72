package org.minventory.notification;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Settings;

/**
 * What is sent next by one subscription: messages none of which has to wait for another.
 *
 * @param next when to look again where there is nothing to send now, or null where only news can bring something
 */
record Round(
        List<Parcel> parcels,
        Channel.@Nullable Sent channel,
        Settings settings,
        @Nullable Instant next) {
    /** A message, and the dispatches that it carries. */
    record Parcel(Message message, List<Dispatch> dispatches) {
        /** Attempts so far. */
        int attempts() {
            return dispatches.stream().mapToInt(Dispatch::attempts).max().orElse(0);
        }
    }

    /** What came of a parcel, and how long that took. */
    record Attempt(Parcel parcel, Outcome outcome, long millis) {
        int number() {
            return parcel.attempts() + 1;
        }
    }

    /** Nothing to send. */
    static Round nothing(@Nullable Instant next) {
        return new Round(List.of(), null, new Settings(Map.of()), next);
    }
}
