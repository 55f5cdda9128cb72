package org.minventory.conformity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;
import tools.jackson.databind.JsonNode;

/**
 * The same disks, in any order: as many, each of the same size within 3 %, and of the same type and model where both
 * sides tell them. A size told with a decimal prefix is tried as decimal first, then as binary: "256.00 GB" of Ansible
 * is 256 GiB.
 */
final class DisksRule implements Rule {
    private static final double SHARE = 0.03;
    /** Beyond this, disks are paired in the order of their sizes instead of in the best order. */
    private static final int MOST_TO_MATCH = 64;

    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        if (!expected.value().isArray() || !seen.value().isArray()) {
            return Finding.unknown("vague");
        }
        if (expected.value().size() != seen.value().size()) {
            return Finding.DIVERGES;
        }
        List<Disk> measures = disks(expected.readings(attribute));
        List<Disk> found = disks(seen.readings(attribute));
        return match(measures, found, pair) ? Finding.agrees("disks") : Finding.DIVERGES;
    }

    private static boolean match(List<Disk> expected, List<Disk> seen, Pair pair) {
        if (expected.size() > MOST_TO_MATCH) {
            return matchInOrder(expected, seen, pair);
        }
        int[] takenBy = new int[seen.size()];
        Arrays.fill(takenBy, -1);
        for (int at = 0; at < expected.size(); at++) {
            if (!place(at, expected, seen, pair, takenBy, new boolean[seen.size()])) {
                return false;
            }
        }
        return true;
    }

    /** Finds a disk for an expected one, moving those placed before where they have another (Kuhn's algorithm). */
    private static boolean place(
            int at, List<Disk> expected, List<Disk> seen, Pair pair, int[] takenBy, boolean[] tried) {
        for (int candidate = 0; candidate < seen.size(); candidate++) {
            if (tried[candidate] || !expected.get(at).fits(seen.get(candidate), pair)) {
                continue;
            }
            tried[candidate] = true;
            if (takenBy[candidate] < 0 || place(takenBy[candidate], expected, seen, pair, takenBy, tried)) {
                takenBy[candidate] = at;
                return true;
            }
        }
        return false;
    }

    private static boolean matchInOrder(List<Disk> expected, List<Disk> seen, Pair pair) {
        Comparator<Disk> bySize =
                Comparator.<Disk>comparingDouble(disk -> disk.size().bytes()).thenComparing(Disk::type);
        List<Disk> measures = expected.stream().sorted(bySize).toList();
        List<Disk> found = seen.stream().sorted(bySize).toList();
        for (int at = 0; at < measures.size(); at++) {
            if (!measures.get(at).fits(found.get(at), pair)) {
                return false;
            }
        }
        return true;
    }

    private static List<Disk> disks(List<JsonNode> readings) {
        JsonNode first = readings.getFirst();
        JsonNode second = readings.getLast();
        List<Disk> disks = new ArrayList<>(first.size());
        for (int at = 0; at < first.size(); at++) {
            JsonNode disk = first.get(at);
            double bytes = disk.path("size").asDouble(Double.NaN);
            Size size = new Size(bytes, second.path(at).path("size").asDouble(bytes));
            disks.add(new Disk(size, text(disk, "type"), text(disk, "model")));
        }
        return disks;
    }

    private static String text(JsonNode disk, String member) {
        @Nullable JsonNode told = disk.get(member);
        return told == null || !told.isString() ? "" : told.stringValue();
    }

    /**
     * A disk as told.
     *
     * @param size not a number where it was not told
     * @param type empty where it was not told, as the model
     */
    private record Disk(Size size, String type, String model) {

        boolean fits(Disk seen, Pair pair) {
            return sizeFits(seen) && typeFits(type, seen.type, pair) && modelFits(seen);
        }

        private boolean sizeFits(Disk seen) {
            return !isSized() || !seen.isSized() || size.fits(seen.size, SHARE);
        }

        private boolean isSized() {
            return !Double.isNaN(size.bytes());
        }

        private boolean modelFits(Disk seen) {
            return model.isEmpty() || seen.model.isEmpty() || TextRule.sameTokens(model, seen.model);
        }

        /** An SSD may be one on NVMe; whoever ordered NVMe does not get it with another SSD. */
        private static boolean typeFits(String expected, String seen, Pair pair) {
            if (expected.isEmpty() || seen.isEmpty() || expected.equals(seen) || isBus(expected) || isBus(seen)) {
                return !(isBus(expected) && seen.equals("nvme")) && !(isBus(seen) && expected.equals("nvme"));
            }
            boolean wider = expected.equals("ssd") && seen.equals("nvme");
            boolean widerSeen = pair.isEven() && expected.equals("nvme") && seen.equals("ssd");
            return wider || widerSeen;
        }

        /** SATA and SAS say how a disk is plugged in, not what it is. */
        private static boolean isBus(String type) {
            return type.equals("sata") || type.equals("sas");
        }
    }
}
