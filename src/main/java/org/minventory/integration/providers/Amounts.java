package org.minventory.integration.providers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.survey.Addresses;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Numbers, sizes, days and addresses as providers write them. What is out of any sensible range is silence. */
final class Amounts {
    /** More disks in one machine are a mistake. */
    static final int MOST_DISKS = 64;

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}(?:[.,][0-9]{1,16})?");
    private static final int LONGEST_DECIMAL = 32;
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Reading.LARGEST);
    private static final Pattern DAY = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[T ].*)?");

    private static final Map<String, Integer> THOUSANDS =
            Map.of("", 0, "k", 1, "m", 2, "g", 3, "t", 4, "ki", 1, "mi", 2, "gi", 3, "ti", 4);

    private Amounts() {}

    /** The number that stands here, as a number or as text with a decimal point or comma; null for none, or a negative one. */
    static @Nullable BigDecimal decimal(JsonNode told) {
        if (told.isString()) return decimal(told.stringValue().strip());
        if (!told.isNumber()) return null;
        BigDecimal number = told.decimalValue();
        boolean sensible = number.signum() >= 0
                && number.precision() <= LONGEST_DECIMAL
                && Math.abs((long) number.scale()) <= LONGEST_DECIMAL;
        return sensible && number.compareTo(LARGEST) <= 0 ? number : null;
    }

    static @Nullable BigDecimal decimal(String told) {
        return DECIMAL.matcher(told).matches() ? new BigDecimal(told.replace(',', '.')) : null;
    }

    /** Memory in bytes: whatever a provider calls its units, they are binary. */
    static OptionalLong memory(@Nullable BigDecimal value, String unit) {
        return size(value, unit, 1024);
    }

    /** A disk in bytes: decimal units, unless they are said to be binary. */
    static OptionalLong disk(@Nullable BigDecimal value, String unit) {
        String lower = unit.toLowerCase(Locale.ROOT);
        return size(value, unit, lower.contains("i") ? 1024 : 1000);
    }

    private static OptionalLong size(@Nullable BigDecimal value, String unit, int thousand) {
        String prefix = unit.strip().toLowerCase(Locale.ROOT).replaceFirst("(?:b|o|bytes?|octets?)$", "");
        Integer power = THOUSANDS.get(prefix);
        if (value == null || power == null) return OptionalLong.empty();
        BigDecimal bytes =
                value.multiply(BigDecimal.valueOf(thousand).pow(power)).setScale(0, RoundingMode.HALF_UP);
        boolean sensible = bytes.signum() > 0 && bytes.compareTo(LARGEST) <= 0;
        return sensible ? OptionalLong.of(bytes.longValueExact()) : OptionalLong.empty();
    }

    /** So many disks of one size; none where their number or size is not known, or is out of any sensible range. */
    static List<JsonNode> disks(OptionalLong count, OptionalLong size, Optional<String> type) {
        List<JsonNode> disks = new ArrayList<>();
        if (count.isEmpty() || size.isEmpty() || count.getAsLong() > MOST_DISKS) return disks;
        for (int i = 0; i < count.getAsLong(); i++) {
            ObjectNode disk = Json.object().put("size", size.getAsLong());
            type.ifPresent(told -> disk.put("type", told));
            disks.add(disk);
        }
        return disks;
    }

    /** Which kind of disk these words mean, as far as they say. */
    static Optional<String> diskType(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        for (String type : List.of("nvme", "ssd", "hdd", "sata", "sas"))
            if (lower.contains(type)) return Optional.of(type);
        return Optional.empty();
    }

    /** So many megabits a second. */
    static OptionalLong megabits(JsonNode told) {
        return Reading.product(Reading.positive(told), OptionalLong.of(1_000_000));
    }

    /** The day, by the provider's own calendar: what follows it is the hour there. */
    static Optional<String> day(JsonNode told) {
        var matcher = DAY.matcher(Reading.text(told).orElse(""));
        if (!matcher.matches()) return Optional.empty();
        try {
            return Optional.of(LocalDate.parse(matcher.group(1)).toString());
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** An address of a machine; one that is written as a block of one is an address, any other block is none. */
    static Optional<String> address(JsonNode told) {
        String text = Reading.text(told).orElse("");
        int slash = text.indexOf('/');
        if (slash < 0) return Addresses.reachable(text);
        String prefix = text.substring(slash + 1);
        boolean isOne = prefix.equals(text.indexOf(':') < 0 ? "32" : "128");
        return isOne ? Addresses.reachable(text.substring(0, slash)) : Optional.empty();
    }

    /** A block of addresses ({@code 2001:db8::/64}); absent for an address alone. */
    static Optional<String> block(JsonNode told) {
        String text = Reading.text(told).orElse("");
        int slash = text.indexOf('/');
        if (slash < 0 || address(told).isPresent()) return Optional.empty();
        String prefix = text.substring(slash + 1);
        return prefix.matches("\\d{1,3}") ? block(text.substring(0, slash), prefix) : Optional.empty();
    }

    /** The same where its prefix, or its netmask, stands apart. */
    static Optional<String> block(String address, String mask) {
        if (!mask.matches("[0-9.]{1,15}")) return Optional.empty();
        OptionalInt prefix =
                mask.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(mask)) : Addresses.prefixOfNetmask(mask);
        return Addresses.withPrefix(address, prefix).filter(block -> block.indexOf('/') > 0);
    }
}
