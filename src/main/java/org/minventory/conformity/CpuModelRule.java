package org.minventory.conformity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.minventory.element.Attribute;

/**
 * The same processor model. Providers write {@code XeonE-2386G} and {@code Epyc7763}, kernels
 * {@code Intel(R) Xeon(R) E-2386G CPU @ 3.50GHz} and {@code AMD EPYC 7763 64-Core Processor}. What remains after vendor,
 * family, frequency and core count is the model, and must be the same letter for letter: E-2386 is not E-2386G, v3 is
 * not v4. A name without a model ({@code Intel(R) Xeon(R) Processor}, as hypervisors give it) can only be told apart by
 * its family.
 */
final class CpuModelRule implements Rule {
    private static final Set<String> NOISE = Set.of(
            "intel",
            "amd",
            "arm",
            "ampere",
            "r",
            "tm",
            "cpu",
            "processor",
            "core",
            "cores",
            "thread",
            "threads",
            "genuine",
            "authentic",
            "common",
            "version",
            "dual",
            "quad",
            "six",
            "eight",
            "gen",
            "generation",
            "x");

    /** Families and tiers; long ones first, as providers glue them to what follows. */
    private static final List<String> FAMILIES = List.of(
            "threadripper",
            "platinum",
            "graviton",
            "neoverse",
            "opteron",
            "pentium",
            "celeron",
            "athlon",
            "silver",
            "bronze",
            "ryzen",
            "altra",
            "xeon",
            "epyc",
            "atom",
            "gold",
            "pro",
            "phi");

    /** Names that hypervisors give to whatever runs beneath. */
    private static final Set<String> VIRTUAL = Set.of("qemu", "kvm", "virtual");

    /** Tiers are left out by those who name a processor shortly; families are not. */
    private static final Set<String> TIERS = Set.of("platinum", "gold", "silver", "bronze", "pro", "threadripper");

    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        Processor measure = Processor.of(expected.value().asString(""));
        Processor found = Processor.of(seen.value().asString(""));
        if (!measure.mayBe(found)) {
            return Finding.DIVERGES;
        }
        if (measure.model.isEmpty() || found.model.isEmpty()) {
            return Finding.unknown("cpu-vague");
        }
        return measure.model.equals(found.model) ? Finding.agrees("cpu-model") : Finding.DIVERGES;
    }

    /**
     * A processor's name taken apart.
     *
     * @param model letters and digits of what is neither vendor, family nor noise
     */
    private record Processor(Set<String> families, Set<String> tiers, String model) {

        /** Whether what both tell of family and tier is compatible. */
        boolean mayBe(Processor other) {
            return compatible(families, other.families) && compatible(tiers, other.tiers);
        }

        private static boolean compatible(Set<String> left, Set<String> right) {
            return left.isEmpty() || right.isEmpty() || left.equals(right);
        }

        static Processor of(String told) {
            Processor processor = new Processor(new HashSet<>(), new HashSet<>(), "");
            StringBuilder model = new StringBuilder();
            List<String> tokens = tokens(told);
            boolean virtual = tokens.stream().anyMatch(VIRTUAL::contains);
            for (int at = 0; at < tokens.size(); at++) {
                String token = processor.withoutFamilies(tokens.get(at));
                boolean zero = token.equals("0") && !model.isEmpty();
                if (!virtual && !zero && !NOISE.contains(token) && !isCount(tokens, at)) {
                    model.append(token);
                }
            }
            return new Processor(processor.families, processor.tiers, model.toString());
        }

        /** Takes families off the front of a token: {@code xeone} → {@code e}. */
        private String withoutFamilies(String token) {
            for (String family : FAMILIES) {
                boolean begins = family.length() > 3 ? token.startsWith(family) : token.equals(family);
                if (begins) {
                    (TIERS.contains(family) ? tiers : families).add(family);
                    return withoutFamilies(token.substring(family.length()));
                }
            }
            return token;
        }

        /** {@code 64-Core}, {@code 6c/12t}, {@code 2x}: how many, not which. */
        private static boolean isCount(List<String> tokens, int at) {
            String token = tokens.get(at);
            int digits = leadingDigits(token);
            if (digits == 0) {
                return false;
            }
            String unit = token.substring(digits);
            if (unit.isEmpty()) {
                String next = at + 1 < tokens.size() ? tokens.get(at + 1) : "";
                return next.startsWith("core") || next.startsWith("thread") || (at == 0 && next.equals("x"));
            }
            return unit.equals("core")
                    || unit.equals("c")
                    || unit.equals("t")
                    || unit.equals("th")
                    || (at == 0 && unit.equals("x"));
        }

        private static int leadingDigits(String token) {
            int at = 0;
            while (at < token.length() && token.charAt(at) >= '0' && token.charAt(at) <= '9') {
                at++;
            }
            return at;
        }

        /** Letters and digits in a row, up to the frequency and without what stands in parentheses. */
        private static List<String> tokens(String told) {
            String text = essential(told.toLowerCase(Locale.ROOT));
            List<String> tokens = new ArrayList<>();
            int from = 0;
            while (from < text.length()) {
                int to = from;
                while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
                    to++;
                }
                if (to > from) {
                    tokens.add(text.substring(from, to));
                }
                from = to + 1;
            }
            return withoutFrequency(tokens);
        }

        private static String essential(String text) {
            int end = text.length();
            for (String cut : List.of("@", " with ", " w/ ", " - ", ",")) {
                int at = text.indexOf(cut);
                end = at > 0 ? Math.min(end, at) : end;
            }
            StringBuilder kept = new StringBuilder(end);
            int depth = 0;
            for (int at = 0; at < end; at++) {
                char letter = text.charAt(at);
                depth += letter == '(' ? 1 : 0;
                if (depth == 0) {
                    kept.append(letter == '®' || letter == '™' ? ' ' : letter);
                }
                if (letter == ')') {
                    depth = Math.max(0, depth - 1);
                    kept.append(' ');
                }
            }
            return kept.toString();
        }

        /** {@code 3.50GHz} was cut into 3 and 50ghz, {@code 3.5 GHz} into 3, 5 and ghz. */
        private static List<String> withoutFrequency(List<String> tokens) {
            for (int at = 0; at < tokens.size(); at++) {
                String token = tokens.get(at);
                if (token.endsWith("ghz") || token.endsWith("mhz")) {
                    int from = at;
                    while (from > 0
                            && at - from < 2
                            && leadingDigits(tokens.get(from - 1))
                                    == tokens.get(from - 1).length()
                            && tokens.get(from - 1).length() <= 2) {
                        from--;
                    }
                    List<String> left = new ArrayList<>(tokens.subList(0, from));
                    left.addAll(tokens.subList(at + 1, tokens.size()));
                    return left;
                }
            }
            return tokens;
        }
    }
}
