package org.minventory.integration.providers;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.survey.Reading;
import org.minventory.testimony.Kind;
import org.minventory.testimony.ToldReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How readers make papers, and what numbers and instants they have in common. */
final class Papers {
    private static final int LONGEST_NUMBER = 150;

    private Papers() {}

    /** What was agreed under a number. */
    static Paper contract(Provider provider, String number, @Nullable Instant at, Sheet terms, JsonNode document) {
        return new Paper(
                Kind.CONTRACT, null, terms.facts(), source(provider, number), number, at, document, terms.unread());
    }

    /** What was ordered of one service; each order is a paper of its own, so that an older one stays what it is. */
    static Paper line(
            Provider provider,
            @Nullable String number,
            @Nullable Instant at,
            Paper.Service service,
            Sheet facts,
            JsonNode document) {
        return new Paper(
                Kind.ORDER, service, facts.facts(), source(provider, number), number, at, document, facts.unread());
    }

    /** What is said of a service as it is now. */
    static Paper of(
            Provider provider,
            Kind kind,
            Paper.Service service,
            Sheet facts,
            @Nullable String number,
            JsonNode document) {
        return new Paper(kind, service, facts.facts(), provider.word(), number, null, document, facts.unread());
    }

    private static String source(Provider provider, @Nullable String number) {
        return number == null ? provider.word() + " order" : provider.word() + " order " + number;
    }

    /** The number of an order, which may be a text or a number. */
    static Optional<String> number(JsonNode told) {
        if (told.isString()) return Reading.text(told).filter(text -> text.length() <= LONGEST_NUMBER);
        OptionalLong number = Reading.positive(told);
        return number.isPresent() ? Optional.of(Long.toString(number.getAsLong())) : Optional.empty();
    }

    /** An instant with its offset, or null. */
    static @Nullable Instant instant(JsonNode told) {
        return ToldReader.parse(Reading.text(told).orElse(""));
    }

    /**
     * A part of a document: what stands under its name, or the document itself where it is bare and one of its own fields
     * tells that it is this part; null where there is none.
     */
    static @Nullable ObjectNode part(ObjectNode document, boolean mayBeBare, String name, String... fields) {
        if (document.path(name) instanceof ObjectNode wrapped) return wrapped;
        return mayBeBare && Stream.of(fields).anyMatch(document::has) ? document : null;
    }

    /** The document with these members alone. */
    static ObjectNode only(ObjectNode document, Collection<String> members) {
        ObjectNode kept = Json.object();
        document.properties().forEach(member -> {
            if (members.contains(member.getKey())) kept.set(member.getKey(), member.getValue());
        });
        return kept;
    }
}
