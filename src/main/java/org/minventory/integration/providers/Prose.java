package org.minventory.integration.providers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;

/**
 * Reads the lines in which a provider describes a product to people: {@code 6x RAM 4096 MB DDR3}, {@code 2x HDD 1,5 TB SATA},
 * {@code RISE-3 | Intel Xeon-E 2386G - 6c/12t}. Only what can be read in one way is taken: a line about memory or disks
 * that could mean something else makes all of the memory, or all disks, unknown. Who is told half of the disks would
 * think the other half missing.
 */
final class Prose {
    private static final Pattern BETWEEN = Pattern.compile("[|;\\r\\n\\u2022]|\\s[-\\u2013/+]\\s|,\\s");

    /** Numbers that are not about how much: generations, buses, speeds, form factors, levels. */
    private static final Pattern NOISE =
            Pattern.compile("(?i)\\bDDR\\d[a-z]?\\b(?:-\\d{3,5})?|\\b[MU]\\.[23]\\b|\\bPC\\d-\\d+\\b"
                    + "|\\bRAID[ -]?\\d+\\b|\\bgen ?\\d\\b|\\bPCIe ?\\d(?:\\.\\d)?"
                    + "|\\b\\d{1,6}(?:[.,]\\d{1,3})? ?(?:MHz|GHz|MT/s|[MG]b(?:it)?/s|[MG]bps|rpm|U/min|tr/min)"
                    + "|\\b[23][.,]5 ?(?:\"|''|in\\b|inch\\b|pouces\\b|Zoll\\b)?");

    private static final Pattern MEMORY = Pattern.compile(
            "(?i)\\b(?:RAM|DDR\\d?[a-z]?|ECC|DIMM|SDRAM|memory|m\u00e9moire|Arbeitsspeicher)(?![a-z\u00e9])");
    private static final Pattern DISK =
            Pattern.compile("(?i)\\b(?:HDD|SSD|NVMe|SATA|SAS|disks?|disques?|Festplatten?|hard drives?)(?![a-z])");
    private static final Pattern DOUBT =
            Pattern.compile("(?i)\\b(?:up to|jusqu|bis zu|max|or|ou|oder|upgrade|extension|additional"
                    + "|suppl\u00e9mentaire|extra|backup|sauvegarde|cache|swap|GPU|VRAM|graphics|per|par|pro)\\b");

    private static final Pattern SIZE =
            Pattern.compile("(?i)(?<![\\p{Alnum}.,])(\\d{1,6}(?:[.,]\\d{1,3})?) ?([MGT](?:i?B|o))(?![\\p{Alnum}/])");
    private static final Pattern COUNT =
            Pattern.compile("(?i)(?<![\\p{Alnum}.,])(\\d{1,3}) ?[x\u00d7*] ?(?=[\\p{Alnum}])");

    private static final Pattern SPACED_COUNT = Pattern.compile("(?<![\\p{Alnum}.,])(\\d{1,3}) x ");

    private static final Pattern CPU = Pattern.compile("(?i)(?:(\\d) ?[x\u00d7] ?)?((?:Intel|AMD|Ampere)\\b.{2,80})");
    private static final Pattern AFTER_CPU = Pattern.compile(
            "(?i)\\s+(?:\\S{1,10}-Core\\b|\\d{1,3} ?(?:cores?|c\u0153urs|threads|vCores?)\\b|incl\\b|with\\b|avec\\b|\\(|@|\\d{1,3}c/).*|\\s*[\"(@].*");
    private static final Pattern CORES =
            Pattern.compile("(?i)(?:.*\\s)?(\\d{1,3}) ?c(?:ores|\u0153urs)? ?/ ?(\\d{1,4}) ?t(?:hreads)?");
    private static final Pattern BANDWIDTH = Pattern.compile(
            "(?i)(\\d{1,4}(?:[.,]\\d{1,2})?) ?([MG])(?:bit/s|bps|b/s)(?:[ -](?:port|bandwidth|bande passante|uplink))?");

    private final List<OptionalLong> memories = new ArrayList<>();
    private final List<JsonNode> disks = new ArrayList<>();
    private final List<OptionalLong> bandwidths = new ArrayList<>();
    private final List<Matcher> processors = new ArrayList<>();
    private final List<Matcher> cores = new ArrayList<>();
    private boolean disksAreCertain = true;

    /**
     * Reads a line.
     *
     * @param once whether it stands for itself once; of a product that was ordered twice nothing is certain
     */
    void read(String line, boolean once) {
        for (String segment : BETWEEN.split(line, -1)) {
            String text = segment.strip();
            if (!text.isEmpty()) readSegment(text, once);
        }
    }

    private void readSegment(String text, boolean once) {
        boolean aboutMemory = MEMORY.matcher(text).find();
        boolean aboutDisks = DISK.matcher(text).find();
        String plain = NOISE.matcher(text).replaceAll(" ");
        boolean sized = SIZE.matcher(spaced(plain)).find();
        boolean certain =
                once && !(aboutMemory && aboutDisks) && !DOUBT.matcher(text).find();
        if (aboutMemory && sized) memories.add(certain ? memory(spaced(plain)) : OptionalLong.empty());
        if (aboutDisks && sized) readDisks(certain ? disks(spaced(plain), text) : List.of());
        if (aboutMemory || aboutDisks || !once) return;
        remember(CPU, text, processors);
        remember(CORES, text, cores);
        Matcher bandwidth = BANDWIDTH.matcher(text);
        if (bandwidth.matches()) bandwidths.add(bandwidth(bandwidth));
    }

    private static void remember(Pattern pattern, String text, List<Matcher> into) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.matches()) into.add(matcher);
    }

    /** {@code 2x512GB} is 2 × 512 GB: the size begins after the sign. */
    private static String spaced(String text) {
        return COUNT.matcher(text).replaceAll("$1 x ");
    }

    /** How many times how much, where the text says one size, at most one number of them, and no other number. */
    private record Measure(OptionalLong count, BigDecimal size, String unit) {
        static Optional<Measure> of(String text) {
            Matcher size = SIZE.matcher(text);
            if (!size.find()) return Optional.empty();
            String before = text.substring(0, size.start());
            String after = text.substring(size.end());
            Matcher count = SPACED_COUNT.matcher(before);
            boolean counted = count.find();
            String rest =
                    (counted ? before.substring(0, count.start()) + before.substring(count.end()) : before) + after;
            BigDecimal value = Amounts.decimal(size.group(1));
            if (value == null || rest.chars().anyMatch(Character::isDigit)) return Optional.empty();
            OptionalLong times = counted ? OptionalLong.of(Long.parseLong(count.group(1))) : OptionalLong.empty();
            return Optional.of(new Measure(times, value, size.group(2)));
        }
    }

    private static OptionalLong memory(String text) {
        return Measure.of(text)
                .map(one ->
                        Reading.product(OptionalLong.of(one.count().orElse(1)), Amounts.memory(one.size(), one.unit())))
                .filter(bytes -> bytes.isPresent() && bytes.getAsLong() > 0)
                .orElse(OptionalLong.empty());
    }

    /** How many there are has to be said: one line may stand for one disk or for all. */
    private static List<JsonNode> disks(String text, String told) {
        return Measure.of(text)
                .map(one -> Amounts.disks(one.count(), Amounts.disk(one.size(), one.unit()), Amounts.diskType(told)))
                .orElse(List.of());
    }

    private void readDisks(List<JsonNode> found) {
        disks.addAll(found);
        disksAreCertain &= !found.isEmpty() && disks.size() <= Amounts.MOST_DISKS;
    }

    private static OptionalLong bandwidth(Matcher told) {
        BigDecimal value = Amounts.decimal(told.group(1));
        BigDecimal unit = BigDecimal.TEN.pow(told.group(2).equalsIgnoreCase("g") ? 9 : 6);
        return value == null || value.signum() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(value.multiply(unit).longValue());
    }

    // ---- what is certain --------------------------------------------------------------------------------------------

    /** Bytes; absent where no line says so for certain, or several do. */
    OptionalLong memory() {
        return only(memories);
    }

    /** All disks; none where one line is uncertain. */
    List<JsonNode> disks() {
        return disksAreCertain ? disks : List.of();
    }

    OptionalLong bandwidth() {
        return only(bandwidths);
    }

    /** The processor's name, without what follows it for the eye. */
    Optional<String> processor() {
        return processors.size() == 1
                ? Reading.text(AFTER_CPU.matcher(processors.getFirst().group(2)).replaceFirst(""))
                : Optional.empty();
    }

    /** Sockets, where their number is written before the processor. */
    OptionalLong processorCount() {
        return processors.size() == 1 && processors.getFirst().group(1) != null
                ? OptionalLong.of(Long.parseLong(processors.getFirst().group(1)))
                : OptionalLong.empty();
    }

    /** Cores of all processors; of which one they are is not said where there are several. */
    OptionalLong cores() {
        return ofProcessor(1);
    }

    OptionalLong threads() {
        return ofProcessor(2);
    }

    private OptionalLong ofProcessor(int group) {
        return cores.size() == 1 && processorCount().orElse(1) == 1
                ? OptionalLong.of(Long.parseLong(cores.getFirst().group(group)))
                : OptionalLong.empty();
    }

    /** Tells all of it. */
    void tell(Sheet sheet) {
        sheet.tell("memory", memory())
                .tell("disks", disks())
                .tell("cpu.model", processor())
                .tell("cpu.count", processorCount())
                .tell("cpu.cores", cores())
                .tell("cpu.threads", threads())
                .tell("bandwidth", bandwidth());
    }

    private static OptionalLong only(List<OptionalLong> told) {
        return told.size() == 1 ? told.getFirst() : OptionalLong.empty();
    }
}
