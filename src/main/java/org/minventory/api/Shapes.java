package org.minventory.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.party.Actors.Actor;
import org.minventory.party.Customers.Customer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON shapes that several routes share. */
final class Shapes {
    private Shapes() {}

    static ObjectNode customer(Customer customer) {
        return Json.object()
                .put("id", customer.id().toString())
                .put("slug", customer.slug())
                .put("name", customer.name())
                .put("createdAt", customer.createdAt().toString());
    }

    /** A customer named in passing; the slug only where the reader sees it. */
    static ObjectNode mention(UUID customer, Map<UUID, Customer> seen) {
        Customer known = seen.get(customer);
        return Json.object().put("id", customer.toString()).put("slug", known == null ? null : known.slug());
    }

    static ObjectNode actor(Actor actor) {
        return Json.object()
                .put("id", actor.id().toString())
                .put("role", actor.role().word())
                .put("name", actor.name())
                .put("email", actor.email())
                .put("createdAt", actor.createdAt().toString());
    }

    static void putTexts(ObjectNode object, String name, @Nullable List<String> texts) {
        if (texts == null) {
            object.putNull(name);
            return;
        }
        ArrayNode array = object.putArray(name);
        texts.forEach(array::add);
    }

    static @Nullable String at(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
