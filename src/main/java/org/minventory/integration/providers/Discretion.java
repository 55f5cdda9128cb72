package org.minventory.integration.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.minventory.base.Json;
import org.minventory.testimony.Secrets;
import org.minventory.testimony.Secrets.Reason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes out of a provider's document what opens something. Here that is more than elsewhere: a provider hands out
 * passwords of rescue systems in clear, and links by which whoever has them sees, pays or revokes an order. Nothing that
 * stands under such a name is a harmless reference, and no link is worth keeping.
 */
final class Discretion {
    private static final Pattern WORDS =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private static final Set<String> SECRET = Set.of(
            "auth",
            "authinfo",
            "authcode",
            "licensekey",
            "licencekey",
            "otp",
            "totp",
            "pin",
            "session",
            "sessionid",
            "jwt",
            "bearer",
            "signature");
    private static final Set<String> LINK = Set.of("url", "urls", "uri", "uris", "href", "link", "links");
    private static final Set<String> SCRIPT =
            Set.of("script", "scripts", "userdata", "vendordata", "cloudinit", "cloudconfig");

    private static final Pattern LINK_IN_TEXT = Pattern.compile("(?i)[a-z][a-z0-9+.-]{1,20}://|\\bwww\\.[a-z0-9-]");
    private static final Pattern SECRET_IN_PROSE = Pattern.compile(
            "(?i)(?<![a-z])(?:password|passwd|passphrase|mot de passe|passwort|kennwort|token|secret|api[ _-]?key|pin)"
                    + "\\s{0,3}(?:is\\b|est\\b|ist\\b|[:=])\\s{0,3}\\S");
    private static final Pattern A_DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?:T[0-9:.+Z-]{0,30})?");

    private final List<String> pointers = new ArrayList<>();

    private Discretion() {}

    /**
     * A document fit to be kept.
     *
     * @param scrubbed pointers to what was taken out, in the order of the document
     */
    record Kept(JsonNode document, List<String> scrubbed) {}

    /** The document with {@code {"scrubbed": reason}} wherever something opened a door. */
    static Kept scrub(JsonNode document) {
        Discretion discretion = new Discretion();
        Secrets.Scrubbed rest = Secrets.scrub(discretion.visit(document, ""));
        List<String> pointers = new ArrayList<>(discretion.pointers);
        for (String pointer : rest.pointers()) if (!pointers.contains(pointer)) pointers.add(pointer);
        return new Kept(rest.document(), pointers);
    }

    private JsonNode visit(JsonNode value, String pointer) {
        if (value.isString())
            return byShape(value.stringValue())
                    .map(reason -> mark(reason, pointer))
                    .orElse(value);
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(value.size());
            for (int i = 0; i < value.size(); i++) copy.add(visit(value.get(i), pointer + "/" + i));
            return copy;
        }
        if (!value.isObject()) return value;
        ObjectNode copy = Json.object();
        for (Map.Entry<String, JsonNode> member : value.properties())
            copy.set(member.getKey(), member(member, pointer + "/" + Json.escape(member.getKey())));
        return copy;
    }

    private JsonNode member(Map.Entry<String, JsonNode> member, String pointer) {
        Optional<Reason> reason = saysNothing(member.getValue()) ? Optional.empty() : byName(member);
        return reason.isPresent() ? mark(reason.get(), pointer) : visit(member.getValue(), pointer);
    }

    private JsonNode mark(Reason reason, String pointer) {
        pointers.add(pointer);
        return reason.mark();
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull() || value.isBoolean() || (value.isContainer() && value.isEmpty()) || isBlank(value);
    }

    private static boolean isBlank(JsonNode value) {
        return value.isString() && value.stringValue().isBlank();
    }

    private static Optional<Reason> byName(Map.Entry<String, JsonNode> member) {
        List<String> words = WORDS.splitAsStream(member.getKey())
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        if (words.isEmpty()) return Optional.empty();
        String last = words.getLast();
        String lastTwo = words.size() > 1 ? words.get(words.size() - 2) + last : last;
        if (LINK.contains(last)) return Optional.of(Reason.LINK);
        if (words.getFirst().startsWith("retract") && !isDay(member.getValue())) return Optional.of(Reason.LINK);
        if (SCRIPT.contains(last) || SCRIPT.contains(lastTwo)) return Optional.of(Reason.SCRIPT);
        if (SECRET.contains(last) || SECRET.contains(lastTwo)) return Optional.of(Reason.SECRET);
        return Secrets.byName(member.getKey());
    }

    private static boolean isDay(JsonNode value) {
        return value.isString() && A_DAY.matcher(value.stringValue()).matches();
    }

    private static Optional<Reason> byShape(String text) {
        if (LINK_IN_TEXT.matcher(text).find()) return Optional.of(Reason.LINK);
        return SECRET_IN_PROSE.matcher(text).find() ? Optional.of(Reason.PASSWORD) : Optional.empty();
    }
}
