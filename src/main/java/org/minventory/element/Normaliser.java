package org.minventory.element;

import java.math.BigDecimal;
import java.net.IDN;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.element.ValueType.Choice;
import org.minventory.element.ValueType.ListOf;
import org.minventory.element.ValueType.Members;
import org.minventory.element.ValueType.Option;
import org.minventory.element.ValueType.Quantity;
import org.minventory.element.ValueType.Simple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings told values into the one form under which they are kept, compared and filtered. Refuses with
 * {@link UnfitValue} what it would have to guess.
 *
 * <p>Runs for every fact of every testimony: the usual roads (numbers, short texts, lists of them) neither match
 * patterns nor compute with {@link BigDecimal}.
 */
final class Normaliser {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long LARGEST_EXACT_INTEGER = (1L << 53) - 1;
    private static final int LONGEST_LIST = 4096;
    private static final int LONGEST_HOST_NAME = 253;

    /** Years that a date of an inventory may bear; "9999" and "0001" stand for a missing date and are refused. */
    private static final int FIRST_YEAR = 1900;

    private static final int LAST_YEAR = 2200;

    /** Whether decimal prefixes of disks are read as binary ones: the second reading. */
    private final boolean binary;

    private Normaliser(boolean binary) {
        this.binary = binary;
    }

    static final Normaliser FIRST_READING = new Normaliser(false);
    static final Normaliser SECOND_READING = new Normaliser(true);

    JsonNode read(ValueType type, JsonNode told) {
        if (told.isNull() || told.isMissingNode()) {
            throw UnfitValue.because("null");
        }
        return switch (type) {
            case Simple simple -> simple(simple, told);
            case Quantity(Dimension dimension) -> quantity(dimension, told);
            case Choice choice -> choice(choice, told);
            case ListOf(ValueType item) -> list(item, told);
            case Members members -> members(members, told);
        };
    }

    private static JsonNode simple(Simple type, JsonNode told) {
        return switch (type) {
            case TEXT, VERSION -> Nodes.text(line(told), told);
            case INTEGER -> integer(told);
            case DECIMAL -> decimal(told);
            case BOOLEAN -> truth(told);
            case DATE -> date(told);
            case INSTANT -> instant(told);
            case MONEY -> MoneyReader.read(told);
            case ADDRESS -> address(told);
            case RANGE -> range(told);
            case MAC -> mac(told);
            case HOST_NAME -> hostName(told);
            case NAME -> name(told);
            case REFERENCE -> reference(told);
        };
    }

    /** A text, or a number told where a text is meant: serial numbers and versions often are. */
    private static String line(JsonNode told) {
        if (told.isNumber()) {
            return told.asString();
        }
        return Undeclared.checkText(text(told, "text")).strip();
    }

    private static String text(JsonNode told, String otherwise) {
        if (!told.isString()) {
            throw UnfitValue.because(otherwise, outline(told));
        }
        return told.stringValue();
    }

    private static String outline(JsonNode told) {
        if (told.isArray()) {
            return "[…]";
        }
        return told.isObject() ? "{…}" : told.asString();
    }

    private static JsonNode integer(JsonNode told) {
        if (told.isInt()) {
            return told;
        }
        QuantityText number = unitless(told);
        boolean negative = number.digits() < 0;
        QuantityText size = new QuantityText(Math.abs(number.digits()), number.scale(), "");
        long whole = size.scaledBy(Dimension.Factor.ONE);
        if (whole < 0) {
            throw UnfitValue.because("not-whole");
        }
        if (whole > LARGEST_EXACT_INTEGER) {
            throw UnfitValue.because("too-large");
        }
        return Nodes.number(negative ? -whole : whole);
    }

    private static JsonNode decimal(JsonNode told) {
        return told.isInt() ? told : Nodes.number(unitless(told).exactly());
    }

    private static QuantityText unitless(JsonNode told) {
        QuantityText number = QuantityText.of(told);
        if (!number.unit().isEmpty()) {
            throw UnfitValue.because("no-unit", number.unit());
        }
        return number;
    }

    private static JsonNode truth(JsonNode told) {
        if (told.isBoolean()) {
            return told;
        }
        String word = told.isIntegralNumber() ? told.asString() : text(told, "boolean");
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "oui", "1" -> BooleanNode.TRUE;
            case "false", "no", "non", "0" -> BooleanNode.FALSE;
            default -> throw UnfitValue.because("boolean", word);
        };
    }

    private static JsonNode date(JsonNode told) {
        String text = text(told, "date").strip();
        try {
            LocalDate date = LocalDate.parse(text);
            checkYear(date.getYear());
            return Nodes.text(date.toString(), told);
        } catch (DateTimeException notADate) {
            throw UnfitValue.because("date", text);
        }
    }

    private static JsonNode instant(JsonNode told) {
        String text = text(told, "instant").strip();
        try {
            Instant instant = text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
            checkYear(instant.atOffset(ZoneOffset.UTC).getYear());
            return Nodes.text(instant.toString(), told);
        } catch (DateTimeException notAnInstant) {
            throw UnfitValue.because("instant", text);
        }
    }

    private static void checkYear(int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw UnfitValue.expecting("year", Integer.toString(FIRST_YEAR), Integer.toString(LAST_YEAR));
        }
    }

    private static JsonNode address(JsonNode told) {
        String text = text(told, "address").strip();
        int slash = text.indexOf('/');
        @Nullable IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw UnfitValue.because("address", text);
        }
        if (slash < 0) {
            return Nodes.text(address.text(), told);
        }
        int prefix = IpRange.prefix(text.substring(slash + 1), address);
        if (prefix < 0) {
            throw UnfitValue.because("prefix", text);
        }
        return Nodes.text(address.text() + "/" + prefix, told);
    }

    private static JsonNode range(JsonNode told) {
        String text = text(told, "range").strip();
        @Nullable IpRange range = IpRange.parse(text);
        if (range == null) {
            throw UnfitValue.because("range", text);
        }
        return Nodes.text(range.text(), told);
    }

    /** Six, eight or twenty bytes (Ethernet, EUI-64, InfiniBand), whatever stands between them. */
    private static JsonNode mac(JsonNode told) {
        String text = text(told, "mac").strip();
        StringBuilder mac = new StringBuilder(17);
        int digits = 0;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter < 128 && Character.digit(letter, 16) >= 0) {
                if (digits > 0 && digits % 2 == 0) {
                    mac.append(':');
                }
                mac.append(letter >= 'A' && letter <= 'F' ? (char) (letter + 32) : letter);
                digits++;
            } else if (letter != ':' && letter != '-' && letter != '.') {
                throw UnfitValue.because("mac", text);
            }
        }
        if (digits != 12 && digits != 16 && digits != 40) {
            throw UnfitValue.because("mac", text);
        }
        return Nodes.text(mac.toString(), told);
    }

    private static JsonNode hostName(JsonNode told) {
        String text = text(told, "host-name").strip();
        String name = withoutTrailingDot(ascii(text)).toLowerCase(Locale.ROOT);
        if (!isHostName(name)) {
            throw UnfitValue.because("host-name", text);
        }
        return Nodes.text(name, told);
    }

    private static String withoutTrailingDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static String ascii(String name) {
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) >= 128) {
                try {
                    return IDN.toASCII(name);
                } catch (IllegalArgumentException notAName) {
                    throw UnfitValue.because("host-name", name);
                }
            }
        }
        return name;
    }

    /** Labels of letters, digits, dashes and underscores (service names); a first star for certificates. */
    private static boolean isHostName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_HOST_NAME) {
            return false;
        }
        int label = 0;
        for (int at = name.startsWith("*.") ? 2 : 0; at < name.length(); at++) {
            char letter = name.charAt(at);
            if (letter == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
            } else {
                boolean plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
                boolean inside = letter == '-' && label > 0;
                if ((!plain && !inside) || ++label > 63) {
                    return false;
                }
            }
        }
        return label > 0;
    }

    /** A name by which tokens, mandates and addresses of the API may speak of it; what reads as an id is none. */
    private static JsonNode name(JsonNode told) {
        String name = text(told, "text").strip();
        if (!ElementName.fits(name) || Ids.parse(name) != null) {
            throw UnfitValue.because("short-name", name);
        }
        return Nodes.text(name, told);
    }

    private static JsonNode reference(JsonNode told) {
        String name = text(told, "reference").strip();
        if (!ElementName.fits(name)) {
            throw UnfitValue.because("name", name);
        }
        return Nodes.text(name, told);
    }

    private JsonNode quantity(Dimension dimension, JsonNode told) {
        if (told.isObject()) {
            return dimension.measure(valueAndUnit(told), binary);
        }
        if (told.isString() && told.stringValue().startsWith("P")) {
            @Nullable JsonNode period = period(dimension, told.stringValue());
            if (period != null) {
                return period;
            }
        }
        return dimension.measure(QuantityText.of(told), binary);
    }

    /** {@code {"value": 32768, "unit": "MB"}}, as several providers tell quantities. */
    private static QuantityText valueAndUnit(JsonNode told) {
        @Nullable JsonNode value = told.get("value");
        @Nullable JsonNode unit = told.get("unit");
        if (told.size() != 2 || value == null || unit == null || !unit.isString()) {
            throw UnfitValue.because("number");
        }
        QuantityText number = unitless(value);
        return new QuantityText(
                number.digits(), number.scale(), unit.stringValue().strip());
    }

    /** ISO 8601 durations and periods, or null where the dimension is not one of time. */
    private static @Nullable JsonNode period(Dimension dimension, String text) {
        try {
            return switch (dimension) {
                case SECONDS ->
                    Nodes.number(BigDecimal.valueOf(Duration.parse(text).toMillis(), 3));
                case MONTHS -> Nodes.number(Period.parse(text).toTotalMonths());
                case MEMORY_BYTES, DISK_BYTES, BITS_PER_SECOND, HERTZ, PERCENT, COUNT -> null;
            };
        } catch (DateTimeException | ArithmeticException notAPeriod) {
            throw UnfitValue.because("not-a-number", text);
        }
    }

    private static JsonNode choice(Choice choice, JsonNode told) {
        String word = line(told);
        @Nullable Option option = choice.option(word);
        if (option != null) {
            return Nodes.text(option.value(), told);
        }
        if (choice.open()) {
            return Nodes.text(word.toLowerCase(Locale.ROOT), told);
        }
        String words = choice.options().stream().map(Option::value).collect(Collectors.joining(", "));
        throw UnfitValue.because("choice", word, words);
    }

    private JsonNode list(ValueType item, JsonNode told) {
        if (!told.isArray()) {
            // One relation is so often told without brackets that refusing it would teach nothing.
            if (item == Simple.REFERENCE && told.isString()) {
                return NODES.arrayNode().add(reference(told));
            }
            throw UnfitValue.because("list");
        }
        if (told.size() > LONGEST_LIST) {
            throw UnfitValue.because("long-list", Integer.toString(LONGEST_LIST));
        }
        ArrayNode kept = NODES.arrayNode(told.size());
        for (int at = 0; at < told.size(); at++) {
            try {
                kept.add(read(item, told.get(at)));
            } catch (UnfitValue unfit) {
                throw unfit.under(at);
            }
        }
        return kept;
    }

    private JsonNode members(Members type, JsonNode told) {
        if (!told.isObject()) {
            throw UnfitValue.expecting("record", String.join(", ", type.types().keySet()));
        }
        ObjectNode kept = NODES.objectNode();
        for (Map.Entry<String, JsonNode> member : told.properties()) {
            try {
                member(type, member.getKey(), member.getValue(), kept);
            } catch (UnfitValue unfit) {
                throw unfit.under(member.getKey());
            }
        }
        return kept;
    }

    private void member(Members type, String name, JsonNode told, ObjectNode kept) {
        @Nullable ValueType declared = type.types().get(name);
        if (declared == null) {
            kept.set(Undeclared.checkText(name), Undeclared.check(told));
        } else if (!told.isNull()) {
            // A null of a declared member says nothing: tools print them for whatever they did not find.
            kept.set(name, read(declared, told));
        }
    }
}
