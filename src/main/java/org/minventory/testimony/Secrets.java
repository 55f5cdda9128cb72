package org.minventory.testimony;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recognises what looks like a secret, so that none is ever stored: what a person typed is refused with the
 * place of the first one ({@link #firstIn}), a tool's document is kept without them ({@link #scrub}).
 *
 * <p>A value is a secret because of the name it stands under ({@code root.password}) or because of its own
 * shape (a private key, an access key, an address with a password in it). A <em>reference</em> to a secret
 * ({@code vault:acme/ovh#ipmi}), a fingerprint, a serial number and a public key are none: they are exactly
 * what is to be kept instead.
 *
 * <p>Every testimony passes here. Nothing recurses, so depth costs no stack; one pass over a text tells
 * which patterns are worth a look, and each of them is bounded, so that no text can make it slow.
 */
public final class Secrets {

    /** What kind of secret a value looks like. */
    public enum Reason {
        PASSWORD("password"),
        PASSWORD_HASH("password hash"),
        SECRET("secret"),
        TOKEN("token"),
        ACCESS_KEY("access key"),
        PRIVATE_KEY("private key"),
        CREDENTIALS_IN_URL("credentials in a URL"),
        /** All that a shell knew when the tool ran; named by the tool's own door. */
        ENVIRONMENT("environment"),
        /** How a kernel was started; named by the tool's own door. */
        COMMAND_LINE("kernel command line"),
        /** What opens a page to whoever has it; named by the providers' door. */
        LINK("link"),
        /** What a machine runs when it starts, in which people write passwords; named by the providers' door. */
        SCRIPT("script");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** What the record shows in place of the value. Hashed with it: never to be reworded. */
        public String words() {
            return words;
        }

        /** What stands in a kept document where such a secret stood: {@code {"scrubbed": "password"}}. */
        public ObjectNode mark() {
            return JsonNodeFactory.instance.objectNode().put("scrubbed", words);
        }
    }

    /**
     * One place that looks like a secret.
     *
     * @param pointer JSON pointer (RFC 6901); it never contains the secret, even where a member's name was one
     */
    public record Found(String pointer, Reason reason) {}

    /**
     * A document fit to be kept.
     *
     * @param document the very node that was given when nothing was found, else a copy
     * @param found what was replaced, in the order of the document
     */
    public record Scrubbed(JsonNode document, List<Found> found) {

        public Scrubbed {
            found = List.copyOf(found);
        }

        public List<String> pointers() {
            return found.stream().map(Found::pointer).toList();
        }
    }

    private Secrets() {}

    /** The first secret in this document, in document order. */
    public static Optional<Found> firstIn(JsonNode document) {
        List<Found> found = new Walk(document, false, true).go().found;
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** This document with every secret replaced by {@code {"scrubbed": reason}}. */
    public static Scrubbed scrub(JsonNode document) {
        if (firstIn(document).isEmpty()) {
            return new Scrubbed(document, List.of());
        }
        Walk walk = new Walk(document, true, false).go();
        return new Scrubbed(walk.result, walk.found);
    }

    /** Whether this text, wherever it stands, has the shape of a secret or contains one. */
    public static Optional<Reason> inText(String text) {
        return Optional.ofNullable(SecretShape.reason(text));
    }

    /** Whether a text that stands under this name would be a secret, unless it is a reference to one. */
    public static Optional<Reason> byName(String name) {
        return Optional.ofNullable(SecretName.reason(name));
    }

    /** An object or a list on the way from the root to where the walk stands. */
    private static final class Frame {

        private final JsonNode container;
        private final @Nullable Iterator<Map.Entry<String, JsonNode>> members;
        private final @Nullable Iterator<JsonNode> items;
        private final @Nullable Reason inherited;
        private final boolean isNumberToo;
        private final @Nullable JsonNode copy;
        private String segment = "";
        private int index = -1;

        Frame(JsonNode container, @Nullable Reason inherited, boolean isNumberToo, @Nullable JsonNode copy) {
            this.container = container;
            this.members = container.isObject() ? container.properties().iterator() : null;
            this.items = container.isArray() ? container.iterator() : null;
            this.inherited = inherited;
            this.isNumberToo = isNumberToo;
            this.copy = copy;
        }
    }

    private static final class Walk {

        private final JsonNode root;
        private final boolean copying;
        private final boolean stopAtFirst;
        private final List<Found> found = new ArrayList<>();
        private final Deque<Frame> frames = new ArrayDeque<>();
        private JsonNode result;
        private int renamed;

        Walk(JsonNode root, boolean copying, boolean stopAtFirst) {
            this.root = root;
            this.copying = copying;
            this.stopAtFirst = stopAtFirst;
            this.result = root;
        }

        Walk go() {
            result = visit(root, null, false);
            while (!frames.isEmpty() && !(stopAtFirst && !found.isEmpty())) {
                step(frames.getLast());
            }
            return this;
        }

        private void step(Frame frame) {
            if (frame.members != null && frame.members.hasNext()) {
                member(frame, frame.members.next());
            } else if (frame.items != null && frame.items.hasNext()) {
                item(frame, frame.items.next());
            } else {
                frames.removeLast();
            }
        }

        private void member(Frame frame, Map.Entry<String, JsonNode> member) {
            String name = member.getKey();
            Reason shapeOfName = SecretShape.reason(name);
            frame.segment = shapeOfName == null ? name : otherName(frame.container);
            if (shapeOfName != null) {
                found.add(new Found(pointer(), shapeOfName));
            }
            Reason reason = SecretName.reason(name);
            boolean isNumberToo = reason != null && SecretName.mayBeANumber(name);
            if (reason == null && frame.inherited != null && SecretName.isTheValueItself(name)) {
                reason = frame.inherited;
                isNumberToo = frame.isNumberToo;
            }
            JsonNode value = visit(member.getValue(), reason, isNumberToo);
            if (frame.copy instanceof ObjectNode object) {
                object.set(frame.segment, value);
            }
        }

        private String otherName(JsonNode container) {
            String name = "scrubbed-" + ++renamed;
            while (container.has(name)) {
                name = "scrubbed-" + ++renamed;
            }
            return name;
        }

        private void item(Frame frame, JsonNode item) {
            frame.index++;
            JsonNode value = visit(item, frame.inherited, frame.isNumberToo);
            if (frame.copy instanceof ArrayNode list) {
                list.add(value);
            }
        }

        /** What stands in the copy for this value; a container is entered by the next steps. */
        private JsonNode visit(JsonNode value, @Nullable Reason underName, boolean isNumberToo) {
            if (value.isContainer()) {
                JsonNode copy = copying ? emptyLike(value) : value;
                frames.addLast(new Frame(value, underName, isNumberToo, copying ? copy : null));
                return copy;
            }
            Reason reason = judge(value, underName, isNumberToo);
            if (reason == null) {
                return value;
            }
            found.add(new Found(pointer(), reason));
            return reason.mark();
        }

        private static JsonNode emptyLike(JsonNode container) {
            return container.isObject() ? JsonNodeFactory.instance.objectNode() : JsonNodeFactory.instance.arrayNode();
        }

        private static @Nullable Reason judge(JsonNode value, @Nullable Reason underName, boolean isNumberToo) {
            if (value.isString()) {
                Reason shape = SecretShape.reason(value.stringValue());
                return shape != null || underName == null || StandIn.is(value.stringValue()) ? shape : underName;
            }
            if (value.isNumber()) {
                return isNumberToo ? underName : null;
            }
            return null;
        }

        private String pointer() {
            StringBuilder pointer = new StringBuilder();
            for (Frame frame : frames) {
                pointer.append('/');
                if (frame.items != null) {
                    pointer.append(frame.index);
                } else {
                    pointer.append(Json.escape(frame.segment));
                }
            }
            return pointer.toString();
        }
    }
}
