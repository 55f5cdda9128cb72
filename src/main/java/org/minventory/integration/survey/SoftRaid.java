package org.minventory.integration.survey;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/**
 * The groups of disks that {@code /proc/mdstat} tells. A hoster cuts the two disks of one "RAID 1" into an array for
 * {@code /boot}, one for the rest and one to swap: arrays of one level over the same disks are one group.
 */
record SoftRaid(String level, SortedSet<String> disks) {

    private static final Pattern ARRAY =
            Pattern.compile("md\\S* : active (?:\\([a-z-]+\\) )?(linear|multipath|raid(?:0|1|4|5|6|10)) (\\S.*)");
    private static final Pattern PARTITION =
            Pattern.compile("(nvme\\d+n\\d+|mmcblk\\d+)p\\d+|((?:sd|hd|vd|xvd)[a-z]+)\\d+");

    /** As many levels as there are groups. */
    static List<JsonNode> told(Stream<String> lines) {
        Set<SoftRaid> groups = new LinkedHashSet<>();
        lines.map(ARRAY::matcher)
                .filter(Matcher::matches)
                .forEach(array -> groups.add(new SoftRaid(array.group(1), disks(array.group(2)))));
        return groups.stream()
                .map(SoftRaid::level)
                .sorted()
                .<JsonNode>map(level -> Json.object().put("level", level))
                .toList();
    }

    private static SortedSet<String> disks(String members) {
        SortedSet<String> disks = new TreeSet<>();
        for (String member : members.split(" ", -1)) {
            String name = member.replaceFirst("\\[.*", "");
            Matcher partition = PARTITION.matcher(name);
            disks.add(
                    !partition.matches() ? name : partition.group(1) == null ? partition.group(2) : partition.group(1));
        }
        return disks;
    }
}
