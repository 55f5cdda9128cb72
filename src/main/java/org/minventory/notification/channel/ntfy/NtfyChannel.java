package org.minventory.notification.channel.ntfy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.minventory.base.Json;
import org.minventory.notification.channel.Bulletin;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Destination;
import org.minventory.notification.channel.Fullness;
import org.minventory.notification.channel.HttpSender;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Said;
import org.minventory.notification.channel.Settings;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notices to telephones and desktops by a server of ntfy, ntfy.sh or one's own: plain text, and one link, ours. Whoever
 * knows a topic reads it, and so it is kept as a secret.
 */
public final class NtfyChannel implements Channel.Sent {
    /** The server makes a file of what is longer. */
    static final int LIMIT = 4_096;

    private static final String URL = "url";
    private static final String TOPIC = "topic";
    private static final String TOKEN = "token";
    private static final Pattern TOPICS = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern TOKENS = Pattern.compile("[A-Za-z0-9_.~+/=-]{1,200}");

    private final HttpSender sender;

    public NtfyChannel(HttpSender sender) {
        this.sender = sender;
    }

    @Override
    public String word() {
        return "ntfy";
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.needed(URL, Field.Type.URL),
                Field.secret(TOPIC, Field.Type.TEXT, true),
                Field.secret(TOKEN, Field.Type.TEXT, false));
    }

    @Override
    public void check(Settings settings) {
        if (!TOPICS.matcher(settings.get(TOPIC)).matches()) throw Said.unfit(TOPIC, "unfit.topic");
        String token = settings.find(TOKEN);
        if (token != null && !TOKENS.matcher(token).matches()) throw Said.unfit(TOKEN, "unfit.token");
        Destination server = sender.check(settings.get(URL));
        if (!server.path().equals("/")) throw Said.unfit(URL, "unfit.server");
    }

    @Override
    public boolean isForPeople() {
        return true;
    }

    @Override
    public Outcome send(Message message, Settings settings) {
        String topic = settings.get(TOPIC);
        String token = settings.find(TOKEN);
        byte[] body = written(message, topic);
        Map<String, String> headers = token == null ? Map.of() : Map.of("Authorization", "Bearer " + token);
        return sender.post(
                settings.get(URL),
                new HttpSender.Post(
                        message.language(),
                        "application/json; charset=utf-8",
                        headers,
                        body,
                        message.shown(body).replace(beginning(topic), beginning("…"))));
    }

    private static byte[] written(Message message, String topic) {
        return Fullness.fill(
                message,
                LIMIT,
                Bulletin.MOST,
                (fullness, news) -> Json.write(publication(message, topic, Bulletin.of(message, fullness, news))));
    }

    /** No word of a witness looks like this: a quotation mark within a text is written otherwise. */
    private static String beginning(String topic) {
        return "{\"topic\":\"" + topic + "\"";
    }

    private static ObjectNode publication(Message message, String topic, Bulletin bulletin) {
        ObjectNode publication = Json.object();
        publication.put("topic", topic);
        publication.put("title", bulletin.title());
        publication.put("message", text(bulletin));
        publication.put("markdown", false);
        publication.put("priority", priority(message.severity()));
        publication.putArray("tags").add(tag(message.severity()));
        publication.put("click", bulletin.items().getFirst().link());
        return publication;
    }

    private static String text(Bulletin bulletin) {
        String news =
                bulletin.items().stream().map(item -> item.text(line -> line)).collect(Collectors.joining("\n\n"));
        String more = bulletin.omitted() > 0 ? "\n\n" + bulletin.more() : "";
        return news + more + "\n\n" + bulletin.why() + "\n" + bulletin.change() + "\n" + bulletin.manage();
    }

    /** 5 breaks through silence, 3 is the usual one. */
    private static int priority(String severity) {
        return switch (severity) {
            case "critical" -> 5;
            case "warning" -> 4;
            default -> 3;
        };
    }

    /** A name of an emoji that ntfy knows. */
    private static String tag(String severity) {
        return switch (severity) {
            case "critical" -> "rotating_light";
            case "warning" -> "warning";
            default -> "information_source";
        };
    }
}
