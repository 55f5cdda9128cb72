package org.minventory.api;

import org.minventory.base.Json;
import org.minventory.notification.channel.Message;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A notice as the API tells it, in the reader's language. */
final class NewsJson {
    private NewsJson() {}

    static ObjectNode of(Message.News news) {
        ObjectNode json = Json.object()
                .put("no", news.no())
                .put("type", news.type())
                .put("severity", news.severity())
                .put("at", news.at().toString())
                .put("sentence", news.sentence());
        news.details().forEach(json.putArray("details")::add);
        ArrayNode elements = json.putArray("elements");
        for (Message.Subject element : news.elements())
            elements.addObject().put("id", element.id().toString()).put("name", element.name());
        return json.put("link", news.link())
                .put(
                        "testimony",
                        news.testimony() == null ? null : news.testimony().toString())
                .put("witness", news.witness());
    }
}
