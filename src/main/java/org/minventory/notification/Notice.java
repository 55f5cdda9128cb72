package org.minventory.notification;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that there is to say.
 *
 * @param element what it is about, or null where it is about several or about none
 * @param seq the entry of the record that caused it
 * @param body identifiers and values that its sentence is made of, in French or English, when it is said
 */
public record Notice(Type type, Severity severity, @Nullable UUID element, long seq, JsonNode body) {
    /** Member of the body that names the elements of a notice about several. */
    private static final String ELEMENTS = "elements";

    /** Who may hear of it. */
    public enum Audience {
        /** Whoever reads the elements that it is about. */
        ELEMENTS,
        /** People who follow all of the customer. */
        PEOPLE,
        /** One actor, named in its body under {@code actor}. */
        ONE
    }

    /** What can be noticed. */
    public enum Type {
        TESTIMONY_RECORDED("testimony.recorded", Audience.ELEMENTS),
        ELEMENT_STATUS_CHANGED("element.status-changed", Audience.ELEMENTS),
        DIVERGENCE_OPENED("divergence.opened", Audience.ELEMENTS),
        DIVERGENCE_WORSENED("divergence.worsened", Audience.ELEMENTS),
        DIVERGENCE_RESOLVED("divergence.resolved", Audience.ELEMENTS),
        CONTRADICTION_OPENED("contradiction.opened", Audience.ELEMENTS),
        CONTRADICTION_RESOLVED("contradiction.resolved", Audience.ELEMENTS),
        KNOWLEDGE_LATE("knowledge.late", Audience.ELEMENTS),
        KNOWLEDGE_STALE("knowledge.stale", Audience.ELEMENTS),
        KNOWLEDGE_REFRESHED("knowledge.refreshed", Audience.ELEMENTS),
        MONITORING_STATE_CHANGED("monitoring.state-changed", Audience.ELEMENTS),
        DEPLOYMENT_REPORTED("deployment.reported", Audience.ELEMENTS),
        DEPLOYMENT_FAILED("deployment.failed", Audience.ELEMENTS),
        INCIDENT_OPENED("incident.opened", Audience.ELEMENTS),
        INCIDENT_RESOLVED("incident.resolved", Audience.ELEMENTS),
        DELIVERY_RECEIVED("delivery.received", Audience.ELEMENTS),
        DELIVERY_ACCEPTED("delivery.accepted", Audience.ELEMENTS),
        DELIVERY_REFUSED("delivery.refused", Audience.ELEMENTS),
        PROJECT_REQUESTED("project.requested", Audience.PEOPLE),
        PROJECT_MESSAGE("project.message", Audience.PEOPLE),
        PROJECT_APPROVED("project.approved", Audience.PEOPLE),
        PROJECT_PROGRESSED("project.progressed", Audience.ELEMENTS),
        DEADLINE_NEAR("deadline.near", Audience.ELEMENTS),
        DEADLINE_PASSED("deadline.passed", Audience.ELEMENTS),
        MANDATE_CHANGED("mandate.changed", Audience.PEOPLE),
        TOKEN_EXPIRING("token.expiring", Audience.ONE),
        DISPATCH_ENDPOINT_DISABLED("dispatch.endpoint-disabled", Audience.ONE);

        private static final Map<String, Type> BY_WORD =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(Type::word, Function.identity()));

        private final String word;
        private final Audience audience;

        Type(String word, Audience audience) {
            this.word = word;
            this.audience = audience;
        }

        /** The word of the contract. */
        public String word() {
            return word;
        }

        /** Who may hear of it. */
        public Audience audience() {
            return audience;
        }

        /** The type of that word, or null. */
        public static @Nullable Type of(String word) {
            return BY_WORD.get(word);
        }

        /** The words, for a sentence. */
        public static List<String> words() {
            return Stream.of(values()).map(Type::word).toList();
        }
    }

    /** How much it presses. */
    public enum Severity {
        INFO,
        WARNING,
        CRITICAL;

        public String word() {
            return Word.of(this);
        }

        /** The severity of that word. */
        public static Severity of(String word) {
            return Word.read(Severity.class, word);
        }
    }

    /** One notice about several elements that one cause touched. */
    public static Notice about(Type type, Severity severity, Collection<UUID> elements, long seq, ObjectNode body) {
        if (elements.size() == 1)
            return new Notice(type, severity, elements.iterator().next(), seq, body);
        ArrayNode ids = body.putArray(ELEMENTS);
        elements.forEach(element -> ids.add(element.toString()));
        return new Notice(type, severity, null, seq, body);
    }

    /** What it is about: none, one or several. */
    public List<UUID> elements() {
        if (element != null) return List.of(element);
        return body.path(ELEMENTS)
                .valueStream()
                .map(id -> UUID.fromString(id.stringValue()))
                .toList();
    }

    /** What it says that something became: a state of monitoring, a status of life; null where it says no such thing. */
    public @Nullable String became() {
        String member = type == Type.MONITORING_STATE_CHANGED ? "state" : "now";
        JsonNode now = body.path(member);
        return now.isString() ? now.stringValue() : null;
    }

    /** The same of a whole infrastructure, whose elements may each become something else. */
    public Set<String> becameAny() {
        String became = became();
        return became != null
                ? Set.of(became)
                : body.path("changes")
                        .valueStream()
                        .map(change -> change.path("now").asString(""))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
