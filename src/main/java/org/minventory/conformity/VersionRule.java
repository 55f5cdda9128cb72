package org.minventory.conformity;

import java.util.List;
import org.minventory.element.Attribute;
import org.minventory.element.Version;

/**
 * The expected version, told as precisely as it was expected: 18.1 is the 18 that was wished, 17.6 is not. What was seen
 * less precisely than expected (12 where 12.11 was wished) is unknown.
 */
final class VersionRule implements Rule {
    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        List<String> measure = Version.parts(expected.value().asString(""));
        List<String> found = Version.parts(seen.value().asString(""));
        if (measure.isEmpty() || found.isEmpty()) {
            return Finding.unknown("vague");
        }
        int common = Math.min(measure.size(), found.size());
        if (!measure.subList(0, common).equals(found.subList(0, common))) {
            return Finding.DIVERGES;
        }
        boolean precise = pair.isEven() || onlyZeros(measure.subList(common, measure.size()));
        return precise ? Finding.agrees("version") : Finding.unknown("version-vague");
    }

    private static boolean onlyZeros(List<String> parts) {
        return parts.stream().allMatch(part -> part.equals("0"));
    }
}
