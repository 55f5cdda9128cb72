package org.minventory.conformity;

import org.minventory.element.Attribute;

/** How two values of an attribute are compared. */
@FunctionalInterface
interface Rule {
    /** Compares what was seen with what was expected; the two are not equal as JSON. */
    Finding judge(Attribute attribute, Pair pair, Side expected, Side seen);
}
