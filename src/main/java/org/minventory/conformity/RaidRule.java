package org.minventory.conformity;

import java.util.List;
import java.util.stream.StreamSupport;
import org.minventory.element.Attribute;
import tools.jackson.databind.JsonNode;

/** The same RAID levels, each as often. Members have other names in every tool and are not compared. */
final class RaidRule implements Rule {
    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        if (!expected.value().isArray() || !seen.value().isArray()) {
            return Finding.unknown("vague");
        }
        return Finding.sameIf(levels(expected.value()).equals(levels(seen.value())));
    }

    private static List<String> levels(JsonNode raid) {
        return StreamSupport.stream(raid.spliterator(), false)
                .map(group -> group.path("level").asString(""))
                .sorted()
                .toList();
    }
}
