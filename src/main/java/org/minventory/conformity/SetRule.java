package org.minventory.conformity;

import java.util.HashSet;
import java.util.Set;
import org.minventory.element.Attribute;
import tools.jackson.databind.JsonNode;

/**
 * Lists without order: the same entries, or at least all expected ones. Between two witnesses of the latter kind, either
 * may have seen only a part.
 */
final class SetRule implements Rule {
    private final boolean exact;

    SetRule(boolean exact) {
        this.exact = exact;
    }

    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        Set<JsonNode> measures = entries(expected.value());
        Set<JsonNode> found = entries(seen.value());
        if (measures.equals(found)) {
            return Finding.SAME;
        }
        boolean included = found.containsAll(measures) || (pair.isEven() && measures.containsAll(found));
        return !exact && included ? Finding.agrees("includes") : Finding.DIVERGES;
    }

    private static Set<JsonNode> entries(JsonNode value) {
        if (!value.isArray()) {
            return Set.of(value);
        }
        Set<JsonNode> entries = HashSet.newHashSet(value.size());
        value.forEach(entries::add);
        return entries;
    }
}
