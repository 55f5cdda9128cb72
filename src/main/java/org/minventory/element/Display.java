package org.minventory.element;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Languages;
import org.minventory.element.ValueType.Choice;
import org.minventory.element.ValueType.ListOf;
import org.minventory.element.ValueType.Members;
import org.minventory.element.ValueType.Option;
import org.minventory.element.ValueType.Quantity;
import org.minventory.element.ValueType.Simple;
import tools.jackson.databind.JsonNode;

/**
 * Values as a person of that language reads them: {@code 62.8 GiB} and {@code 62,8 Gio}, {@code €119.99} and
 * {@code 119,99 €}. Shows three digits; whoever needs all of them reads the value itself.
 *
 * <p>Never fails: a value that does not fit its definition, because the definition came later, is shown as JSON.
 */
public final class Display {
    private static final char NO_BREAK = '\u00a0';
    private static final char NARROW_NO_BREAK = '\u202f';
    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final String[] DECIMAL = {"", "k", "M", "G", "T", "P", "E"};
    private static final Map<String, String> SIGNS = Map.of("EUR", "€", "USD", "$", "GBP", "£");

    private final boolean french;

    private Display(boolean french) {
        this.french = french;
    }

    private static final Display ENGLISH = new Display(false);
    private static final Display FRENCH = new Display(true);

    /**
     * A normalised value of an attribute.
     *
     * @param attribute null for an attribute that nobody declared
     */
    public static String of(@Nullable Attribute attribute, JsonNode value, Locale locale) {
        return attribute == null ? in(locale).plain(value) : in(locale).show(attribute.type(), value);
    }

    /** How large a file is: {@code 1.2 MB}, {@code 1,2 Mo}. */
    public static String bytes(int number, Locale locale) {
        Display display = in(locale);
        return display.prefixed(number, 1000, DECIMAL, display.french ? "o" : "B");
    }

    private static Display in(Locale locale) {
        return Languages.nearest(locale).equals(Locale.FRENCH) ? FRENCH : ENGLISH;
    }

    private String show(ValueType type, JsonNode value) {
        return switch (type) {
            case Simple simple -> simple == Simple.MONEY ? money(value) : plain(value);
            case Quantity(Dimension dimension) -> value.isNumber() ? quantity(dimension, value) : plain(value);
            case Choice choice -> choice(choice, value);
            case ListOf(ValueType item) -> value.isArray() ? list(item, value) : plain(value);
            case Members members -> value.isObject() ? members(members, value) : plain(value);
        };
    }

    private String plain(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? (french ? "oui" : "yes") : (french ? "non" : "no");
        }
        if (value.isFloatingPointNumber() && Double.isFinite(value.doubleValue())) {
            return mark(value.decimalValue().toPlainString());
        }
        return value.toString();
    }

    private String quantity(Dimension dimension, JsonNode value) {
        double number = value.doubleValue();
        return switch (dimension) {
            case MEMORY_BYTES -> prefixed(number, 1024, BINARY, french ? "o" : "B");
            case DISK_BYTES -> prefixed(number, 1000, DECIMAL, french ? "o" : "B");
            case BITS_PER_SECOND -> prefixed(number, 1000, DECIMAL, "bit/s");
            case HERTZ -> prefixed(number, 1000, DECIMAL, "Hz");
            case SECONDS -> seconds(number);
            case MONTHS -> months(number);
            case PERCENT -> french ? withUnit(rounded(number), "%") : rounded(number) + "%";
            case COUNT -> plain(value);
        };
    }

    /** A number under the largest prefix that leaves it at least 1, with three digits. */
    private String prefixed(double number, int step, String[] prefixes, String unit) {
        double left = number;
        int prefix = 0;
        while (prefix < prefixes.length - 1 && roundedTo(left) >= step) {
            left /= step;
            prefix++;
        }
        return withUnit(rounded(left), prefixes[prefix] + unit);
    }

    private static double roundedTo(double number) {
        return number >= 100 ? Math.rint(number) : number;
    }

    private String rounded(double number) {
        int decimals = number >= 100 ? 0 : number >= 10 ? 1 : 2;
        BigDecimal rounded = BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_UP);
        return mark(shortest(rounded));
    }

    private static String shortest(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    private String seconds(double number) {
        if (number >= 86_400 && number % 86_400 == 0) {
            return withUnit(rounded(number / 86_400), french ? "j" : "d");
        }
        if (number >= 3600 && number % 3600 == 0) {
            return withUnit(rounded(number / 3600), "h");
        }
        if (number >= 60 && number % 60 == 0) {
            return withUnit(rounded(number / 60), "min");
        }
        return withUnit(mark(shortest(BigDecimal.valueOf(number))), "s");
    }

    private String months(double number) {
        String unit = french ? "mois" : number == 1 ? "month" : "months";
        return withUnit(mark(shortest(BigDecimal.valueOf(number))), unit);
    }

    private String choice(Choice choice, JsonNode value) {
        @Nullable Option option = value.isString() ? choice.option(value.stringValue()) : null;
        if (option == null) {
            return plain(value);
        }
        return french ? option.labels().french() : option.labels().english();
    }

    /** {@code 2 × 512 GB NVMe, 4 TB HDD}: what reads the same is counted. */
    private String list(ValueType item, JsonNode value) {
        if (value.isEmpty()) {
            return french ? "aucun" : "none";
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (JsonNode one : value) {
            counts.merge(show(item, one), 1, Integer::sum);
        }
        List<String> shown = new ArrayList<>(counts.size());
        counts.forEach((text, count) -> shown.add(count == 1 ? text : times(count) + text));
        return String.join(", ", shown);
    }

    private String times(int count) {
        return french ? count + "" + NO_BREAK + "×" + NO_BREAK : count + " × ";
    }

    private String members(Members type, JsonNode value) {
        StringBuilder shown = new StringBuilder();
        for (String member : type.summary()) {
            @Nullable JsonNode told = value.get(member);
            @Nullable ValueType declared = type.types().get(member);
            if (told != null) {
                shown.append(shown.isEmpty() ? "" : " ").append(declared == null ? plain(told) : show(declared, told));
            }
        }
        return shown.isEmpty() ? value.toString() : shown.toString();
    }

    private String money(JsonNode value) {
        @Nullable JsonNode amount = value.get("amount");
        @Nullable JsonNode currency = value.get("currency");
        if (amount == null || currency == null || !amount.isString() || !currency.isString()) {
            return plain(value);
        }
        String code = currency.stringValue();
        String sign = SIGNS.getOrDefault(code, code);
        String number = mark(grouped(amount.stringValue()));
        if (french) {
            return number + NO_BREAK + sign;
        }
        boolean negative = number.startsWith("-");
        String space = sign.length() == 1 ? "" : " ";
        return negative ? "-" + sign + space + number.substring(1) : sign + space + number;
    }

    /** The amount with its thousands apart; the decimal mark is still a point. */
    private String grouped(String amount) {
        int start = amount.startsWith("-") ? 1 : 0;
        int point = amount.indexOf('.') < 0 ? amount.length() : amount.indexOf('.');
        StringBuilder grouped = new StringBuilder(amount);
        for (int at = point - 3; at > start; at -= 3) {
            grouped.insert(at, french ? NARROW_NO_BREAK : ',');
        }
        return grouped.toString();
    }

    private String withUnit(String number, String unit) {
        return number + (french ? NO_BREAK : ' ') + unit;
    }

    /** Puts the language's decimal mark in the place of the last point. */
    private String mark(String number) {
        int point = number.lastIndexOf('.');
        return french && point >= 0 ? number.substring(0, point) + ',' + number.substring(point + 1) : number;
    }
}
