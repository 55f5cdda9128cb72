package org.minventory.notification.channel.webhook;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.HttpSender;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Said;
import org.minventory.notification.channel.Settings;

/** Notices to a program, as CloudEvents 1.0 in structured JSON, signed as Standard Webhooks say. */
public final class WebhookChannel implements Channel.Sent {
    private static final String URL = "url";
    private static final String SECRET = "secret";

    /** The secret before the present one, while it still signs beside it. */
    private static final String PREVIOUS = "previousSecret";

    private final HttpSender sender;
    private final Outward outward;
    private final InstantSource clock;

    public WebhookChannel(HttpSender sender, Outward outward, InstantSource clock) {
        this.sender = sender;
        this.outward = outward;
        this.clock = clock;
    }

    @Override
    public String word() {
        return "webhook";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.needed(URL, Field.Type.URL), Field.made(SECRET));
    }

    @Override
    public void check(Settings settings) {
        String secret = settings.find(SECRET);
        if (secret != null && !Signature.isSecret(secret)) throw Said.unfit(SECRET, "unfit.secret");
        sender.check(settings.get(URL));
    }

    @Override
    public boolean isForPeople() {
        return false;
    }

    @Override
    public Outcome send(Message message, Settings settings) {
        byte[] body = new WebhookEvent(message, outward.publicUrl()).written();
        String id = message.id().toString();
        long timestamp = clock.instant().getEpochSecond();
        String signatures = Stream.of(settings.get(SECRET), settings.find(PREVIOUS))
                .filter(Objects::nonNull)
                .map(secret -> Signature.of(secret, id, timestamp, body))
                .collect(Collectors.joining(" "));
        Map<String, String> headers = Map.of(
                "webhook-id", id,
                "webhook-timestamp", Long.toString(timestamp),
                "webhook-signature", signatures);
        return sender.post(
                settings.get(URL),
                new HttpSender.Post(
                        message.language(),
                        "application/cloudevents+json; charset=utf-8",
                        headers,
                        body,
                        message.shown(body)));
    }
}
