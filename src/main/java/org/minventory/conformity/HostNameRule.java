package org.minventory.conformity;

import org.minventory.element.Attribute;

/** The same host: a short name agrees with a full name that begins with it. */
final class HostNameRule implements Rule {
    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        String measure = expected.value().asString("");
        String found = seen.value().asString("");
        boolean shorter = found.startsWith(measure + ".") && measure.indexOf('.') < 0;
        boolean longer = measure.startsWith(found + ".") && found.indexOf('.') < 0;
        return shorter || longer ? Finding.agrees("host-name") : Finding.sameIf(measure.equals(found));
    }
}
