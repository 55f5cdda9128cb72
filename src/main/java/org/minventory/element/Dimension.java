package org.minventory.element;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a quantity measures, in which unit it is kept, and which told units it understands, in English and in French.
 *
 * <p>The tables are ours rather than a units library's because which reading of a symbol applies is the whole matter:
 * "GB" of memory always means 2<sup>30</sup> bytes (kernels and providers write it so), "GB" of a disk means
 * 10<sup>9</sup> first and 2<sup>30</sup> second (design 4, rules of knowledge).
 */
public enum Dimension {
    /** Memory, in bytes; every prefix is binary. */
    MEMORY_BYTES("memory-bytes", "B", true, "B, MB, GB, TB, MiB, GiB, TiB, Mo, Go, To, Mio, Gio, Tio"),
    /** Disks and other stored data, in bytes; a decimal prefix is read as decimal first. */
    DISK_BYTES("disk-bytes", "B", true, "B, MB, GB, TB, MiB, GiB, TiB, Mo, Go, To, Mio, Gio, Tio"),
    /** Rates of networks, in bit/s. */
    BITS_PER_SECOND("bits-per-second", "bit/s", true, "bit/s, kbit/s, Mbit/s, Gbit/s, Mbps, Gbps, MB/s"),
    /** Lengths of time that a clock measures. */
    SECONDS("seconds", "s", false, "ms, s, min, h, d, j, PT15M"),
    /** Lengths of time that contracts measure. */
    MONTHS("months", "months", false, "months, years, mois, ans, P12M"),
    /** Frequencies. */
    HERTZ("hertz", "Hz", true, "Hz, kHz, MHz, GHz"),
    /** Hundredths. */
    PERCENT("percent", "%", false, "%"),
    /** Numbers of things. */
    COUNT("count", "", false, "");

    private static final int LONGEST_SYMBOL = 16;

    private final String word;
    private final String unit;
    private final boolean whole;
    private final String examples;

    Dimension(String word, String unit, boolean whole, String examples) {
        this.word = word;
        this.unit = unit;
        this.whole = whole;
        this.examples = examples;
    }

    /** The word used in data files and in the API. */
    public String word() {
        return word;
    }

    /** The unit in which values are kept. */
    public String unit() {
        return unit;
    }

    static @Nullable Dimension of(String word) {
        for (Dimension dimension : values()) {
            if (dimension.word.equals(word)) {
                return dimension;
            }
        }
        return null;
    }

    /**
     * A told number in the dimension's own unit.
     *
     * @param binary whether the decimal prefixes of a disk are to be read as binary ones
     */
    JsonNode measure(QuantityText told, boolean binary) {
        Factor factor = factor(told.unit(), binary);
        if (told.digits() < 0) {
            throw UnfitValue.because("negative");
        }
        long scaled = told.scaledBy(factor);
        if (scaled >= 0) {
            return Nodes.number(scaled);
        }
        return rounded(
                told.exactly().multiply(BigDecimal.valueOf(factor.multiple())).scaleByPowerOfTen(-factor.shift()));
    }

    private JsonNode rounded(BigDecimal exact) {
        if (!whole) {
            return Nodes.number(exact);
        }
        if (exact.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw UnfitValue.because("too-large");
        }
        return Nodes.number(exact.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private Factor factor(String symbol, boolean binary) {
        @Nullable
        Factor factor = symbol.isEmpty() ? Factor.ONE : symbol.length() > LONGEST_SYMBOL ? null : known(symbol, binary);
        if (factor == null) {
            throw UnfitValue.because(examples.isEmpty() ? "no-unit" : "unit", symbol, examples);
        }
        return factor;
    }

    private @Nullable Factor known(String symbol, boolean binary) {
        return switch (this) {
            case MEMORY_BYTES -> Symbols.BINARY_BYTES.get(lower(symbol));
            case DISK_BYTES -> (binary ? Symbols.BINARY_BYTES : Symbols.DECIMAL_BYTES).get(lower(symbol));
            case BITS_PER_SECOND -> Symbols.RATES.get(symbol);
            case SECONDS -> Symbols.SECONDS.get(lower(symbol));
            case MONTHS -> Symbols.MONTHS.get(lower(symbol));
            case HERTZ -> Symbols.HERTZ.get(lower(symbol));
            case PERCENT -> symbol.equals("%") ? Factor.ONE : null;
            case COUNT -> null;
        };
    }

    private static String lower(String symbol) {
        return symbol.toLowerCase(Locale.ROOT);
    }

    /**
     * How many own units one told unit makes: {@code multiple × 10^-shift}.
     *
     * @param shift for units smaller than the own one
     */
    record Factor(long multiple, int shift) {
        static final Factor ONE = new Factor(1, 0);

        static Factor of(long multiple) {
            return new Factor(multiple, 0);
        }
    }

    /** The symbols, each with its factor. Byte symbols in lower case, as everybody mixes cases; rates as written. */
    private static final class Symbols {
        private static final String[] PREFIXES = {"k", "m", "g", "t", "p", "e"};
        private static final String[] PREFIX_WORDS = {"kilo", "mega", "giga", "tera", "peta", "exa"};

        static final Map<String, Factor> DECIMAL_BYTES = bytes(1000);
        static final Map<String, Factor> BINARY_BYTES = bytes(1024);
        static final Map<String, Factor> RATES = rates();
        static final Map<String, Factor> SECONDS = seconds();
        static final Map<String, Factor> MONTHS = months();
        static final Map<String, Factor> HERTZ = hertz();

        private static Map<String, Factor> bytes(long step) {
            Map<String, Factor> symbols = new HashMap<>();
            put(symbols, Factor.ONE, "b", "o", "byte", "bytes", "octet", "octets");
            long told = 1;
            long binary = 1;
            for (int at = 0; at < PREFIXES.length; at++) {
                told *= step;
                binary *= 1024;
                String prefix = PREFIXES[at];
                String word = PREFIX_WORDS[at];
                put(symbols, Factor.of(told), prefix, prefix + "b", prefix + "o", word + "byte", word + "bytes");
                put(symbols, Factor.of(told), word + "octet", word + "octets");
                put(symbols, Factor.of(binary), prefix + "i", prefix + "ib", prefix + "io");
            }
            return Map.copyOf(symbols);
        }

        private static Map<String, Factor> rates() {
            Map<String, Factor> symbols = new HashMap<>();
            rate(symbols, "", 1);
            long decimal = 1;
            long binary = 1;
            for (int at = 0; at < PREFIXES.length - 1; at++) {
                decimal *= 1000;
                binary *= 1024;
                for (String prefix : new String[] {PREFIXES[at], PREFIXES[at].toUpperCase(Locale.ROOT)}) {
                    put(symbols, Factor.of(decimal), prefix);
                    rate(symbols, prefix, decimal);
                    rate(symbols, prefix + "i", binary);
                }
            }
            return Map.copyOf(symbols);
        }

        private static void rate(Map<String, Factor> symbols, String prefix, long multiple) {
            Factor bits = Factor.of(multiple);
            Factor bytes = Factor.of(8 * multiple);
            put(symbols, bits, prefix + "bit/s", prefix + "bits/s", prefix + "Bit/s", prefix + "bps", prefix + "b/s");
            put(symbols, bits, prefix + "bit", prefix + "bits", prefix + "Bit", prefix + "b");
            put(symbols, bytes, prefix + "B/s", prefix + "Bps", prefix + "o/s");
        }

        private static Map<String, Factor> seconds() {
            Map<String, Factor> symbols = new HashMap<>();
            put(symbols, new Factor(1, 3), "ms");
            put(symbols, Factor.ONE, "s", "sec", "second", "seconds", "seconde", "secondes");
            put(symbols, Factor.of(60), "min", "mn", "minute", "minutes");
            put(symbols, Factor.of(3600), "h", "hour", "hours", "heure", "heures");
            put(symbols, Factor.of(86_400), "d", "day", "days", "j", "jour", "jours");
            put(symbols, Factor.of(7 * 86_400), "w", "week", "weeks", "semaine", "semaines");
            return Map.copyOf(symbols);
        }

        private static Map<String, Factor> months() {
            Map<String, Factor> symbols = new HashMap<>();
            put(symbols, Factor.ONE, "month", "months", "mois");
            put(symbols, Factor.of(12), "year", "years", "an", "ans", "année", "années");
            return Map.copyOf(symbols);
        }

        private static Map<String, Factor> hertz() {
            return Map.of(
                    "hz", Factor.ONE,
                    "khz", Factor.of(1000),
                    "mhz", Factor.of(1_000_000),
                    "ghz", Factor.of(1_000_000_000));
        }

        private static void put(Map<String, Factor> symbols, Factor factor, String... names) {
            for (String name : names) {
                symbols.put(name, factor);
            }
        }
    }
}
