package org.minventory.conformity;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;

/**
 * The comparison rules, and how what they find is said. A rule is one entry of {@link #RULES}; its sentences are those
 * of the pair, unless {@code sentences_*.properties} has one of its own for the attribute.
 */
public final class Comparison {
    private static final String TOLERANCE = "tolerance ";

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("equal", new EqualRule()),
            Map.entry("at-least", new OrderRule(true)),
            Map.entry("at-most", new OrderRule(false)),
            Map.entry("memory", new MemoryRule()),
            Map.entry("disks", new DisksRule()),
            Map.entry("raid", new RaidRule()),
            Map.entry("same-set", new SetRule(true)),
            Map.entry("includes", new SetRule(false)),
            Map.entry("addresses", new AddressesRule()),
            Map.entry("same-address", new SameAddressRule()),
            Map.entry("contained-in-range", new RangeRule()),
            Map.entry("host-name", new HostNameRule()),
            Map.entry("version-prefix", new VersionRule()),
            Map.entry("text-tokens", new TextRule()),
            Map.entry("cpu-model", new CpuModelRule()),
            Map.entry("state", new StateRule()));

    private Comparison() {}

    /** The rules that take no argument; besides them {@code tolerance <percent>%}. */
    public static Set<String> ruleNames() {
        return RULES.keySet();
    }

    /** Whether an attribute may name this rule: {@code memory}, {@code tolerance 5%}. */
    public static boolean knows(String ruleName) {
        return rule(ruleName) != null;
    }

    /** Whether values of this attribute are compared at all; where they are not, there is no verdict. */
    public static boolean compares(Attribute attribute) {
        return attribute.rule() != null && knows(attribute.rule());
    }

    /**
     * Compares two sides of a pair of stances.
     *
     * @param seen null when nothing was said on that side: unknown, never a divergence
     */
    public static Outcome compare(Attribute attribute, Pair pair, Side expected, @Nullable Side seen) {
        Finding finding = seen == null ? Finding.MISSING : judge(attribute, pair, expected, seen);
        return new Outcome(finding, attribute, pair, expected, seen, null);
    }

    /** Compares what two witnesses say on the same stance: neither is the measure of the other. */
    public static Outcome compareWitnesses(
            Attribute attribute, Side first, String firstWitness, Side second, String secondWitness) {
        Finding finding = judge(attribute, Pair.WITNESSES, first, second);
        Outcome.Witnesses witnesses = new Outcome.Witnesses(firstWitness, secondWitness);
        return new Outcome(finding, attribute, Pair.WITNESSES, first, second, witnesses);
    }

    private static Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        @Nullable Rule rule = attribute.rule() == null ? null : rule(attribute.rule());
        if (rule == null) {
            return Finding.unknown("no-rule");
        }
        boolean same = expected.value().equals(seen.value()) && !(rule instanceof StateRule);
        return same ? Finding.SAME : rule.judge(attribute, pair, expected, seen);
    }

    private static @Nullable Rule rule(String name) {
        @Nullable Rule rule = RULES.get(name);
        return rule == null && name.startsWith(TOLERANCE)
                ? ToleranceRule.parse(name.substring(TOLERANCE.length()))
                : rule;
    }
}
