package org.minventory.notification.channel.inbox;

import java.util.List;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Settings;

/** Keeps what there is to say until its subscriber comes and reads it. */
public final class InboxChannel implements Channel.Kept {
    @Override
    public String word() {
        return "inbox";
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
}
