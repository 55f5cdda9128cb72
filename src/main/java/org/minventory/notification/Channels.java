package org.minventory.notification;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.notification.channel.Channel;

/** The channels there are. */
public final class Channels {
    private final Map<String, Channel> byWord = new LinkedHashMap<>();

    public Channels(List<Channel> channels) {
        for (Channel channel : channels)
            if (byWord.put(channel.word(), channel) != null)
                throw new IllegalStateException("two channels are called " + channel.word());
    }

    /** The channel of that word, or null. */
    public @Nullable Channel find(String word) {
        return byWord.get(word);
    }

    /** The channel of a subscription. */
    Channel of(Subscription subscription) {
        Channel channel = byWord.get(subscription.channel());
        if (channel == null) throw new IllegalStateException("no channel is called " + subscription.channel());
        return channel;
    }

    /** All of them, in the order of their list. */
    public List<Channel> all() {
        return List.copyOf(byWord.values());
    }
}
