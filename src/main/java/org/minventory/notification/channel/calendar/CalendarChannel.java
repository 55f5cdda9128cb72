package org.minventory.notification.channel.calendar;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Settings;

/**
 * Tells nothing that happens and keeps nothing: by an address of its own, calendar programs fetch what is ahead, worked out
 * at that moment.
 */
public final class CalendarChannel implements Channel {
    /** The name of this channel. */
    public static final String WORD = "calendar";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public List<Field> fields() {
        return List.of();
    }

    @Override
    public void check(Settings settings) {
        // there is nothing that could not fit
    }

    @Override
    public boolean isForPeople() {
        return true;
    }

    @Override
    public @Nullable String address(String secret) {
        return "/calendar/" + secret + ".ics";
    }
}
