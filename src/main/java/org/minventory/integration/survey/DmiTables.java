package org.minventory.integration.survey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.minventory.survey.Reading;

/**
 * The firmware's tables (SMBIOS) as {@code dmidecode} prints them for people. Only their fields are read; lists of
 * features, dumps of what a vendor keeps to himself and whatever else stands between them are passed over.
 */
record DmiTables(List<Structure> structures) {

    private static final int SYSTEM = 1;
    private static final int BOARD = 2;
    private static final int MEMORY_ARRAY = 16;
    private static final int MEMORY_DEVICE = 17;

    private static final Pattern HANDLE =
            Pattern.compile("Handle (0x[0-9A-Fa-f]{1,8}), DMI type (\\d{1,3}), \\d{1,5} bytes\\.?\\s*");
    private static final Pattern FIELD = Pattern.compile("\\t(?!\\t)([^:\\t]{1,100}):(?: (.*))?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12}) ?([kKMGT]?)i?B(?:ytes)?|(\\d{1,15}) bytes");
    private static final String UNITS = "KMGT";

    /** A slot of these has nothing in it. */
    private static final Set<String> EMPTY = Set.of("no module installed", "not installed", "none", "not present");

    /**
     * One thing that the tables describe.
     *
     * @param handle by which others refer to it
     * @param type of the standard (1 the system, 2 a board, 17 a memory module)
     */
    record Structure(String handle, int type, Map<String, String> fields) {

        Optional<String> text(String field) {
            return Reading.text(raw(field));
        }

        String raw(String field) {
            return fields.getOrDefault(field, "").strip();
        }
    }

    DmiTables {
        structures = List.copyOf(structures);
    }

    /** Reads any text at all: what dmidecode prints where it may not look tells of nothing. */
    static DmiTables read(String printed) {
        List<Structure> structures = new ArrayList<>();
        printed.lines().forEach(line -> {
            Matcher handle = HANDLE.matcher(line);
            Matcher field = FIELD.matcher(line);
            if (handle.matches()) {
                structures.add(new Structure(handle.group(1), Integer.parseInt(handle.group(2)), new HashMap<>()));
            } else if (field.matches() && !structures.isEmpty()) {
                String value = field.group(2) == null ? "" : field.group(2);
                structures.getLast().fields().putIfAbsent(field.group(1), value);
            }
        });
        return new DmiTables(structures);
    }

    /** A field of the machine as a whole. */
    Optional<String> system(String field) {
        return of(SYSTEM).findFirst().flatMap(system -> system.text(field));
    }

    /** A field of the main board: those of risers and interconnects come after it. */
    Optional<String> board(String field) {
        return of(BOARD).findFirst().flatMap(board -> board.text(field));
    }

    /** What the modules hold together, in bytes; absent where one of them does not say, for a part of it would read as less. */
    OptionalLong memory() {
        Set<String> otherArrays = otherArrays();
        List<Long> sizes = new ArrayList<>();
        for (Structure module : of(MEMORY_DEVICE).toList()) {
            if (!isMemory(module, otherArrays)) {
                continue;
            }
            OptionalLong size = bytes(module.raw("Size"));
            if (size.isEmpty()) {
                return OptionalLong.empty();
            }
            sizes.add(size.getAsLong());
        }
        OptionalLong sum = Reading.sum(sizes);
        return sum.isPresent() && sum.getAsLong() > 0 ? sum : OptionalLong.empty();
    }

    /** Firmware has memory of its own, and describes its chips the same way. */
    private Set<String> otherArrays() {
        Set<String> handles = new HashSet<>();
        of(MEMORY_ARRAY)
                .filter(array ->
                        !array.raw("Use").isEmpty() && !array.raw("Use").equals("System Memory"))
                .forEach(array -> handles.add(array.handle()));
        return handles;
    }

    private static boolean isMemory(Structure module, Set<String> otherArrays) {
        String kind = (module.raw("Type") + " " + module.raw("Memory Technology")).toLowerCase(Locale.ROOT);
        boolean isLasting = Stream.of("flash", "rom", "non-volatile", "nvdimm", "persistent")
                .anyMatch(kind::contains);
        boolean isEmpty = EMPTY.contains(module.raw("Size").toLowerCase(Locale.ROOT));
        return !isLasting && !isEmpty && !otherArrays.contains(module.raw("Array Handle"));
    }

    /** "8192 MB" and "16 GiB" are powers of 1024 either way; "Unknown" is none. */
    private static OptionalLong bytes(String told) {
        Matcher size = SIZE.matcher(told);
        if (!size.matches()) {
            return OptionalLong.empty();
        }
        if (size.group(3) != null) {
            return OptionalLong.of(Long.parseLong(size.group(3)));
        }
        int power = UNITS.indexOf(size.group(2).toUpperCase(Locale.ROOT))
                + (size.group(2).isEmpty() ? 0 : 1);
        return Reading.product(OptionalLong.of(Long.parseLong(size.group(1))), OptionalLong.of(1L << (10 * power)));
    }

    private Stream<Structure> of(int type) {
        return structures.stream().filter(structure -> structure.type() == type);
    }
}
