package org.minventory.notification.channel.webhook;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.notification.channel.Fullness;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Message.News;
import org.minventory.notification.channel.Message.Subject;
import org.minventory.notification.channel.Plain;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as a CloudEvent 1.0 in structured JSON: thin, ids, a sentence and a link. Its bytes are the same for every
 * attempt.
 */
final class WebhookEvent {
    /** Of several pieces of news that have gathered. */
    static final String DIGEST = "notice.digest";

    /** Standard Webhooks advises less than 20 kB. */
    static final int LIMIT = 20_000;

    private static final int MOST_NEWS = 100;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_WHY = 500;

    private final Message message;
    private final @Nullable String publicUrl;

    WebhookEvent(Message message, @Nullable String publicUrl) {
        this.message = message;
        this.publicUrl = publicUrl;
    }

    /** The body. */
    byte[] written() {
        return Fullness.fill(message, LIMIT, MOST_NEWS, (fullness, news) -> Json.write(event(fullness, news)));
    }

    private ObjectNode event(Fullness fullness, int news) {
        News first = message.news().getFirst();
        boolean digest = message.isDigest();
        ObjectNode event = Json.object();
        event.put("specversion", "1.0");
        event.put("id", message.id().toString());
        event.put("source", source());
        event.put("type", digest ? DIGEST : first.type());
        Subject element = message.element();
        if (element != null) event.put("subject", element.id().toString());
        event.put("time", (digest ? message.at() : first.at()).toString());
        event.put("datacontenttype", "application/json");
        event.set("data", digest ? digest(fullness, news) : frame(single(first, fullness)));
        return event;
    }

    /** This instance: where people reach it. */
    private String source() {
        return publicUrl == null ? URI.create(message.manage()).resolve("/").toString() : publicUrl;
    }

    private ObjectNode digest(Fullness fullness, int count) {
        ObjectNode data = Json.object();
        data.put("severity", message.severity());
        ArrayNode news = data.putArray("news");
        for (News one : message.news().subList(0, count)) {
            ObjectNode said = news.addObject();
            said.put("type", one.type());
            said.put("at", one.at().toString());
            said.setAll(single(one, fullness));
        }
        data.put("omitted", message.news().size() - count);
        return frame(data);
    }

    private static ObjectNode single(News news, Fullness fullness) {
        ObjectNode data = Json.object();
        data.put("no", news.no());
        data.put("severity", news.severity());
        ArrayNode elements = data.putArray("elements");
        List<Subject> shown =
                news.elements().stream().limit(fullness.elements()).toList();
        for (Subject element : shown)
            elements.addObject()
                    .put("id", element.id().toString())
                    .put("name", Plain.line(element.name(), LONGEST_NAME));
        data.put("elementsOmitted", news.elements().size() - shown.size());
        data.put("sentence", Plain.line(news.sentence(), fullness.sentence()));
        ArrayNode details = data.putArray("details");
        news.details().stream()
                .limit(fullness.details())
                .forEach(detail -> details.add(Plain.line(detail, fullness.detail())));
        data.put("testimony", news.testimony() == null ? null : news.testimony().toString());
        data.put("witness", news.witness() == null ? null : Plain.line(news.witness(), LONGEST_NAME));
        data.put("link", news.link());
        return data;
    }

    private ObjectNode frame(ObjectNode said) {
        ObjectNode data = Json.object();
        data.putObject("customer")
                .put("id", message.customer().id().toString())
                .put("slug", message.customer().slug())
                .put("name", Plain.line(message.customer().name(), LONGEST_NAME));
        data.setAll(said);
        data.put("language", message.language().getLanguage());
        data.put("why", Plain.line(message.why(), LONGEST_WHY));
        data.put("manage", message.manage());
        return data;
    }
}
