package org.minventory.conformity;

import org.minventory.element.Attribute;

/** The state that was expected. "Unknown" is no state: who monitors could not see. */
final class StateRule implements Rule {
    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        String measure = expected.value().asString("");
        String found = seen.value().asString("");
        if (measure.equals("unknown") || found.equals("unknown")) {
            return Finding.unknown("state");
        }
        return Finding.sameIf(measure.equals(found));
    }
}
