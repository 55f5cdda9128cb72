package org.minventory.integration.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;

/** The hardware of an offer, as Scaleway lists it: processors, memories and disks by their bytes, one by one. */
final class ServerInfo {
    private static final int MOST = 64;

    private ServerInfo() {}

    static void tell(Sheet facts, JsonNode info) {
        JsonNode cpus = info.path("cpus");
        facts.tell("cpu.model", Reading.joined(names(cpus)))
                .tell("cpu.count", count(cpus))
                .tell("cpu.cores", sum(cpus, cpu -> Reading.positive(cpu.path("core_count"))))
                .tell("cpu.threads", sum(cpus, cpu -> Reading.positive(cpu.path("thread_count"))))
                .tell("memory", sum(info.path("memories"), memory -> Reading.positive(memory.path("capacity"))))
                .tell("disks", disks(info.path("disks")))
                .tell("bandwidth", Reading.positive(info.path("bandwidth")));
    }

    private static Set<String> names(JsonNode cpus) {
        Set<String> names = new TreeSet<>();
        for (JsonNode cpu : cpus) Reading.text(cpu.path("name")).ifPresent(names::add);
        return names;
    }

    private static OptionalLong count(JsonNode list) {
        boolean sensible = list.isArray() && !list.isEmpty() && list.size() <= MOST;
        return sensible ? OptionalLong.of(list.size()) : OptionalLong.empty();
    }

    /** Of all; absent where one of them does not say. */
    private static OptionalLong sum(JsonNode list, Function<JsonNode, OptionalLong> each) {
        if (count(list).isEmpty()) return OptionalLong.empty();
        List<Long> told = new ArrayList<>();
        for (JsonNode one : list) {
            OptionalLong value = each.apply(one);
            if (value.isEmpty()) return OptionalLong.empty();
            told.add(value.getAsLong());
        }
        return Reading.sum(told);
    }

    private static List<JsonNode> disks(JsonNode list) {
        if (count(list).isEmpty()) return List.of();
        List<JsonNode> disks = new ArrayList<>();
        for (JsonNode one : list) {
            OptionalLong size = Reading.positive(one.path("capacity"));
            Optional<String> type = Stream.of("type", "name", "description")
                    .flatMap(name -> Reading.text(one.path(name)).stream())
                    .flatMap(words -> Amounts.diskType(words.toLowerCase(Locale.ROOT)).stream())
                    .findFirst();
            List<JsonNode> disk = Amounts.disks(OptionalLong.of(1), size, type);
            if (disk.isEmpty()) return List.of();
            disks.addAll(disk);
        }
        return disks;
    }
}
