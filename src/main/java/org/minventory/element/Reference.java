package org.minventory.element;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import tools.jackson.databind.JsonNode;

/** How a witness names an element: its name, its id, or one of the identifiers that it carries. */
public sealed interface Reference {
    /** By name, unique among a customer's living elements. */
    record Named(String name) implements Reference {}

    /** By our own identifier. */
    record Identified(UUID id) implements Reference {}

    /** By something that the element carries, at the time that is spoken of. */
    record Carrying(Identifier identifier) implements Reference {}

    /** The members that an element object may hold, and the identifier each stands for. */
    Map<String, IdentifierKind> MEMBERS = Map.of(
            "fqdn", IdentifierKind.FQDN,
            "address", IdentifierKind.ADDRESS,
            "mac", IdentifierKind.MAC,
            "serial", IdentifierKind.SERIAL,
            "providerRef", IdentifierKind.PROVIDER_REF);

    /**
     * Reads the member {@code element} of a testimony: text (an id or a name) or an object with exactly one member.
     *
     * @throws Refusal {@link Problem#WRONG_TYPE}, {@link Problem#UNFIT_NAME}
     */
    static Reference read(JsonNode told, String pointer) {
        if (told.isString()) return ofText(told.stringValue(), pointer);
        if (told.isObject() && told.size() == 1) {
            Map.Entry<String, JsonNode> member = told.properties().iterator().next();
            if (member.getValue().isString())
                return ofMember(member.getKey(), member.getValue().stringValue(), pointer);
        }
        throw Refusal.at(
                Problem.WRONG_TYPE,
                pointer,
                "\"name\", \"id\", {\"fqdn\"|\"address\"|\"mac\"|\"serial\"|\"providerRef\": \"…\"}");
    }

    /** An id where the text is one, else a name. */
    static Reference ofText(String text, String pointer) {
        UUID id = Ids.parse(text);
        if (id != null) return new Identified(id);
        if (!ElementName.fits(text)) throw Refusal.at(Problem.UNFIT_NAME, pointer, shortened(text));
        return new Named(text);
    }

    /**
     * What a tool calls the machine that it speaks of: an id, an address, else a name; null for what no element could be
     * called.
     */
    static @Nullable Reference ofHost(String host) {
        UUID id = Ids.parse(host);
        if (id != null) return new Identified(id);
        Identifier address = IdentifierReader.told(IdentifierKind.ADDRESS, host);
        if (address != null) return new Carrying(address);
        String name = host.toLowerCase(Locale.ROOT);
        return ElementName.fits(name) ? new Named(name) : null;
    }

    private static Reference ofMember(String member, String value, String pointer) {
        if (member.equals("name") || member.equals("id")) return ofText(value, pointer + "/" + member);
        IdentifierKind kind = MEMBERS.get(member);
        Identifier identifier = kind == null ? null : IdentifierReader.told(kind, value);
        if (identifier == null)
            throw Refusal.at(
                    Problem.WRONG_TYPE,
                    pointer + "/" + Json.escape(member),
                    "name, id, "
                            + String.join(
                                    ", ",
                                    List.copyOf(MEMBERS.keySet()).stream()
                                            .sorted()
                                            .toList()));
        return new Carrying(identifier);
    }

    /** The reference as the record keeps it: what was told. */
    default JsonNode told() {
        return switch (this) {
            case Named named -> Json.text(named.name());
            case Identified identified -> Json.text(identified.id().toString());
            case Carrying carrying ->
                Json.object()
                        .put(
                                member(carrying.identifier().kind()),
                                carrying.identifier().value());
        };
    }

    private static String member(IdentifierKind kind) {
        return kind == IdentifierKind.PROVIDER_REF ? "providerRef" : kind.word();
    }

    /** The name told, or null where it was told otherwise. */
    default @Nullable String name() {
        return this instanceof Named named ? named.name() : null;
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
