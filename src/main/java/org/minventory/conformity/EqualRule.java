package org.minventory.conformity;

import org.minventory.element.Attribute;

/** The two values are one. */
final class EqualRule implements Rule {
    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        return Finding.sameIf(Values.same(expected.value(), seen.value()));
    }
}
