package org.minventory.notification.channel;

import java.util.List;
import java.util.Map;

/** A chat that takes JSON at an address which is a secret by itself. */
public abstract class Chat implements Channel.Sent {
    private static final String URL = "url";

    private final HttpSender sender;

    protected Chat(HttpSender sender) {
        this.sender = sender;
    }

    /** The body, no longer than the chat takes. */
    protected abstract byte[] written(Message message);

    @Override
    public final List<Field> fields() {
        return List.of(Field.secret(URL, Field.Type.URL, true));
    }

    @Override
    public final void check(Settings settings) {
        sender.check(settings.get(URL));
    }

    @Override
    public final boolean isForPeople() {
        return true;
    }

    @Override
    public final Outcome send(Message message, Settings settings) {
        byte[] body = written(message);
        return sender.post(
                settings.get(URL),
                new HttpSender.Post(
                        message.language(), "application/json; charset=utf-8", Map.of(), body, message.shown(body)));
    }
}
