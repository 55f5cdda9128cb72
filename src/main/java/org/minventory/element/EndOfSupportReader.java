package org.minventory.element;

import java.io.StringReader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.element.EndOfSupport.Product;
import org.minventory.element.EndOfSupport.Sort;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a file of days at which support ends, over those that are known; what does not fit is told with its line. */
final class EndOfSupportReader {
    private static final Set<String> MEMBERS = Set.of("label", "is", "names", "ends");
    private static final int LONGEST = 100;
    private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2200, 12, 31);

    private final Map<String, Product> products;

    EndOfSupportReader(Map<String, Product> known) {
        this.products = new LinkedHashMap<>(known);
    }

    EndOfSupport read(String yaml) {
        Node document = compose(yaml);
        if (document != null) members(document).forEach((key, product) -> products.put(key, product(key, product)));
        return new EndOfSupport(products);
    }

    private static @Nullable Node compose(String yaml) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
        } catch (MarkedYAMLException unreadable) {
            int line = unreadable.getProblemMark() == null
                    ? 1
                    : unreadable.getProblemMark().getLine() + 1;
            throw new UnfitFile(line, UnfitValue.because("file.yaml"));
        } catch (YAMLException unreadable) {
            throw new UnfitFile(1, UnfitValue.because("file.yaml"));
        }
    }

    private Product product(String key, Node node) {
        Map<String, Node> told = members(node);
        told.forEach((member, value) -> {
            if (!MEMBERS.contains(member)) throw unfit(value, unknown(member));
        });
        Product known = products.get(key);
        if (known == null) known = begin(key, node, told);
        Node label = told.get("label");
        Node sort = told.get("is");
        Set<String> names = new LinkedHashSet<>(known.names());
        Map<String, LocalDate> ends = new LinkedHashMap<>(known.ends());
        if (told.containsKey("names")) names.addAll(names(told.get("names")));
        if (told.containsKey("ends")) members(told.get("ends")).forEach((version, day) -> end(ends, version, day));
        return new Product(
                label == null ? known.label() : word(label),
                sort == null ? known.sort() : sort(sort),
                List.copyOf(names),
                ends);
    }

    private static UnfitValue unknown(String member) {
        return UnfitValue.because("definition.unknown-member", member, String.join(", ", new TreeSet<>(MEMBERS)));
    }

    /** A product of which nothing is known yet but its key, which is its first name. */
    private static Product begin(String key, Node node, Map<String, Node> told) {
        Node sort = told.get("is");
        if (sort == null) throw unfit(node, UnfitValue.because("definition.missing", "is"));
        return new Product(key, sort(sort), List.of(key.toLowerCase(Locale.ROOT)), Map.of());
    }

    /** No day takes away what is known. */
    private static void end(Map<String, LocalDate> ends, String told, Node on) {
        String version = version(told, on);
        LocalDate day = day(on);
        if (day == null) ends.remove(version);
        else ends.put(version, day);
    }

    private static Sort sort(Node node) {
        String word = word(node);
        for (Sort sort : Sort.values()) if (sort.word().equals(word)) return sort;
        String known = Arrays.stream(Sort.values()).map(Sort::word).collect(Collectors.joining(", "));
        throw unfit(node, UnfitValue.because("choice", word, known));
    }

    private static List<String> names(Node node) {
        if (!(node instanceof SequenceNode list)) throw unfit(node, UnfitValue.because("list"));
        return list.getValue().stream()
                .map(name -> word(name).toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String version(String told, Node place) {
        if (Version.parts(told).isEmpty()) throw unfit(place, UnfitValue.because("support.version", told));
        return told.toLowerCase(Locale.ROOT);
    }

    private static @Nullable LocalDate day(Node node) {
        if (node.getTag().equals(Tag.NULL)) return null;
        String told = word(node);
        try {
            LocalDate day = LocalDate.parse(told);
            if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) return day;
        } catch (DateTimeException noDay) {
            throw unfit(node, UnfitValue.because("date", told));
        }
        throw unfit(node, UnfitValue.expecting("year", FIRST_DAY.getYear(), LAST_DAY.getYear()));
    }

    // ---- YAML -------------------------------------------------------------------------------------------------------

    private static Map<String, Node> members(Node node) {
        if (!(node instanceof MappingNode mapping)) throw unfit(node, UnfitValue.because("file.mapping"));
        Map<String, Node> members = new LinkedHashMap<>();
        for (NodeTuple member : mapping.getValue()) {
            String name = word(member.getKeyNode());
            if (members.put(name, member.getValueNode()) != null)
                throw unfit(member.getKeyNode(), UnfitValue.because("file.twice", name));
        }
        return members;
    }

    private static String word(Node node) {
        String word = node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
        boolean isOneLine = word.chars().noneMatch(Character::isISOControl);
        if (word.isEmpty() || word.length() > LONGEST || !isOneLine)
            throw unfit(node, UnfitValue.expecting("definition.word", LONGEST));
        return word;
    }

    private static UnfitFile unfit(Node place, UnfitValue unfit) {
        return new UnfitFile(place.getStartMark().getLine() + 1, unfit);
    }
}
