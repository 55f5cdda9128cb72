package org.minventory.conformity;

import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;
import org.minventory.element.IpRange;

/** What was seen lies within the expected range. Between two witnesses either may have said it more narrowly. */
final class RangeRule implements Rule {
    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        @Nullable IpRange measure = IpRange.parse(expected.value().asString(""));
        @Nullable IpRange found = IpRange.parse(seen.value().asString(""));
        if (measure == null || found == null) {
            return Finding.unknown("vague");
        }
        if (measure.equals(found)) {
            return Finding.SAME;
        }
        boolean inside = measure.contains(found) || (pair.isEven() && found.contains(measure));
        return inside ? Finding.agrees("range") : Finding.DIVERGES;
    }
}
