package org.minventory.integration.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;
import org.minventory.element.Family;
import org.minventory.element.Vocabulary;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the headings of tables mean: by {@code headings.yaml}, by the names of attributes and by their labels. */
final class Headings {
    /** A table of a person tells no states, maintenances and deployments: a column "État" is a status of theirs. */
    private static final Set<Family> UNTOLD = Set.of(Family.MONITORING, Family.OPERATIONS, Family.DEPLOYMENT);

    private static final Pattern WITH_UNIT = Pattern.compile("(.*?)\\s*[(\\[]([^()\\[\\]]{1,16})[)\\]]\\s*");

    private static final Map<String, List<String>> SHIPPED = load();

    private final Vocabulary vocabulary;
    private final Map<String, String> meanings = new HashMap<>();

    Headings(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        SHIPPED.forEach((tells, headings) -> {
            if (!tells.equals(Column.ELEMENT)) headings.forEach(heading -> meanings.putIfAbsent(heading, tells));
        });
        for (Attribute attribute : vocabulary.attributes()) {
            if (attribute.name().startsWith("*") || UNTOLD.contains(attribute.family())) continue;
            for (String heading : List.of(
                    attribute.name(),
                    attribute.labels().english(),
                    attribute.labels().french())) meanings.putIfAbsent(key(heading), attribute.name());
        }
    }

    private static Map<String, List<String>> load() {
        try (InputStream file =
                new ClassPathResource("org/minventory/integration/table/headings.yaml").getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The column of that heading, with what it tells by itself. */
    Column read(int place, String heading) {
        Matcher unit = WITH_UNIT.matcher(heading);
        boolean hasUnit = unit.matches() && !unit.group(1).isBlank();
        Column bare = new Column(place, heading.strip(), hasUnit ? unit.group(2).strip() : "", null, null);
        String tells = meaning(heading);
        if (tells == null && hasUnit) tells = meaning(unit.group(1));
        return telling(bare, tells);
    }

    private @Nullable String meaning(String heading) {
        String exact = heading.strip();
        Attribute attribute = vocabulary.attribute(exact);
        if (attribute != null && !UNTOLD.contains(attribute.family())) return exact;
        return meanings.get(key(heading));
    }

    /** The column, telling that. */
    Column telling(Column column, @Nullable String tells) {
        Attribute attribute = tells == null || Column.isOfTheLine(tells) ? null : vocabulary.attribute(tells);
        return column.telling(tells, attribute == null ? null : attribute.type());
    }

    /** Of several columns, the place of the one that names the element; -1 where none does. */
    static int element(List<Column> columns) {
        for (String heading : SHIPPED.getOrDefault(Column.ELEMENT, List.of()))
            for (Column column : columns) if (key(column.heading()).equals(heading)) return column.place();
        return -1;
    }

    /** As it stands in {@code headings.yaml}. */
    static String key(String heading) {
        return Normalizer.normalize(heading.replace("œ", "oe").replace("Œ", "oe"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", " ")
                .strip();
    }
}
