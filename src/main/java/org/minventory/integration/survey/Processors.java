package org.minventory.integration.survey;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;

/**
 * What {@code lscpu -J} says: pairs of field and data, one list in older versions, nested in newer ones.
 *
 * @param fields in the order of the document, without the colon that they end in
 */
record Processors(List<Field> fields) {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    private static final String SOCKETS = "Socket(s)";

    /** One line of what {@code lscpu} prints. */
    record Field(String name, String data) {}

    Processors {
        fields = List.copyOf(fields);
    }

    /** Walked without recursion, as every document of a stranger. */
    static Processors read(JsonNode document) {
        List<Field> fields = new ArrayList<>();
        Deque<JsonNode> ahead = new ArrayDeque<>();
        ahead.push(document.path("lscpu"));
        while (!ahead.isEmpty()) {
            JsonNode node = ahead.pop();
            if (node.isArray()) {
                node.valueStream().toList().reversed().forEach(ahead::push);
            } else if (node.isObject()) {
                String name = node.path("field").asString("").strip();
                fields.add(new Field(
                        name.endsWith(":") ? name.substring(0, name.length() - 1) : name,
                        node.path("data").asString("")));
                ahead.push(node.path("children"));
            }
        }
        return new Processors(fields);
    }

    Optional<String> model() {
        return Reading.joined(
                all("Model name").flatMap(told -> Reading.text(told).stream()).toList());
    }

    OptionalLong sockets() {
        return number(SOCKETS);
    }

    OptionalLong cores() {
        return Reading.product(number("Core(s) per socket"), number(SOCKETS));
    }

    /** Those that are switched on, which are those that a kernel counts. */
    OptionalLong threads() {
        OptionalLong online =
                first("On-line CPU(s) list").map(Processors::count).orElse(OptionalLong.empty());
        return online.isPresent() ? online : number("CPU(s)");
    }

    Optional<String> architecture() {
        return first("Architecture");
    }

    /** A machine inside another one, and not the one that hosts others. */
    boolean isGuest() {
        return hypervisor().isPresent();
    }

    Optional<String> hypervisor() {
        boolean isHost = first("Virtualization type").filter("none"::equals).isPresent();
        return isHost ? Optional.empty() : first("Hypervisor vendor").map(vendor -> vendor.toLowerCase(Locale.ROOT));
    }

    private Stream<String> all(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(Field::data);
    }

    private Optional<String> first(String name) {
        return all(name).flatMap(told -> Reading.text(told).stream()).findFirst();
    }

    private OptionalLong number(String name) {
        return all(name)
                .flatMap(told -> Reading.text(told).stream())
                .filter(told -> told.matches("\\d{1,6}"))
                .mapToLong(Long::parseLong)
                .filter(count -> count > 0)
                .findFirst();
    }

    /** How many {@code 0-3,8,9} are. */
    private static OptionalLong count(String list) {
        long count = 0;
        for (String told : list.split(",", -1)) {
            Matcher range = RANGE.matcher(told.strip());
            if (!range.matches()) {
                return OptionalLong.empty();
            }
            long first = Long.parseLong(range.group(1));
            long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
            count += Math.max(0, last - first + 1);
        }
        return count > 0 ? OptionalLong.of(count) : OptionalLong.empty();
    }
}
