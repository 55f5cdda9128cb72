package org.minventory.integration.survey;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.minventory.survey.Devices;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;

/** The disks among what {@code lsblk -J -b} lists: the devices that stand on no other. */
final class BlockDevices {

    private BlockDevices() {}

    /**
     * All disks with their sizes, or none: a list without one of its disks would read as a machine that was
     * delivered with a disk too few.
     *
     * @param devices what stands under {@code blockdevices}
     */
    static List<JsonNode> disks(JsonNode devices, boolean isGuest) {
        SortedMap<String, JsonNode> candidates = new TreeMap<>(Devices.AS_PEOPLE_COUNT);
        for (JsonNode device : devices) {
            Reading.text(device.path("name"))
                    .filter(name -> isDisk(name, device))
                    .ifPresent(name -> candidates.putIfAbsent(name, device));
        }
        List<JsonNode> disks = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (var candidate : candidates.entrySet()) {
            OptionalLong size = Reading.count(candidate.getValue().path("size"));
            if (size.isEmpty()) {
                return List.of();
            }
            boolean isEmptySlot = size.getAsLong() == 0;
            if (!isEmptySlot && !isOtherPath(candidate.getValue(), seen)) {
                disks.add(told(candidate.getKey(), size.getAsLong(), candidate.getValue(), isGuest));
            }
        }
        return disks;
    }

    private static boolean isDisk(String name, JsonNode device) {
        boolean isOfTypeDisk = device.path("type").asString("disk").equals("disk");
        boolean isRemovable = flag(device.path("rm")).orElse(0) == 1;
        return isOfTypeDisk && !isRemovable && Devices.isDisk(name);
    }

    private static boolean isOtherPath(JsonNode device, Set<String> seen) {
        return Reading.text(device.path("wwn")).filter(wwn -> !seen.add(wwn)).isPresent();
    }

    private static JsonNode told(String name, long size, JsonNode device, boolean isGuest) {
        Optional<String> model = Reading.text(device.path("model"));
        Optional<String> type = Devices.typeOfDisk(name, model, isGuest, flag(device.path("rota")));
        return Devices.disk(name, size, type, model, Reading.text(device.path("serial")));
    }

    /** Older versions write "1" where newer ones write true. */
    private static OptionalLong flag(JsonNode value) {
        return value.isBoolean() ? OptionalLong.of(value.booleanValue() ? 1 : 0) : Reading.count(value);
    }
}
