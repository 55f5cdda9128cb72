package org.minventory.conformity;

import org.minventory.element.Attribute;

/**
 * The same memory modules. A kernel counts what it may use, 93 to 100 % of what is plugged in; an order, a provider and
 * lshw count modules. Either side may be the kernel's: a wish can be copied from a running machine.
 */
final class MemoryRule implements Rule {
    private static final double KERNEL_SHARE = 0.07;

    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        if (!expected.value().isNumber() || !seen.value().isNumber()) {
            return Finding.unknown("vague");
        }
        double measure = expected.value().doubleValue();
        double found = seen.value().doubleValue();
        if (measure == found) {
            return Finding.SAME;
        }
        return Values.within(KERNEL_SHARE, measure, found) ? Finding.agrees("memory") : Finding.DIVERGES;
    }
}
