package org.minventory.integration.survey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.minventory.survey.Addresses;
import org.minventory.survey.Devices;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The ports of a machine: what {@code ip -j addr} lists, and what the kernel shows of the hardware behind it.
 *
 * @param links by their name
 * @param hardware the ports made of hardware → their speed (Mbit/s, absent where the kernel does not know)
 */
record NetworkPorts(SortedMap<String, JsonNode> links, Map<String, OptionalLong> hardware) {

    private static final OptionalLong MEGABIT = OptionalLong.of(1_000_000);
    private static final Pattern HARDWARE = Pattern.compile("(\\S{1,64}) hardware=yes speed=(\\d{0,9}|-1)");

    static NetworkPorts read(JsonNode addresses, Stream<String> ports) {
        SortedMap<String, JsonNode> links = new TreeMap<>(Devices.AS_PEOPLE_COUNT);
        for (JsonNode link : addresses) {
            Reading.text(link.path("ifname"))
                    .filter(name -> Devices.isPort(name) && !isLoopback(link))
                    .ifPresent(name -> links.put(name, link));
        }
        Map<String, OptionalLong> hardware = new HashMap<>();
        ports.map(HARDWARE::matcher)
                .filter(port -> port.matches() && links.containsKey(port.group(1)))
                .forEach(port -> hardware.put(port.group(1), speed(port)));
        return new NetworkPorts(links, hardware);
    }

    private static boolean isLoopback(JsonNode link) {
        return link.path("link_type").asString("").equals("loopback");
    }

    private static OptionalLong speed(Matcher port) {
        String told = port.group(2);
        boolean isKnown = !told.isEmpty() && !told.startsWith("-");
        return isKnown ? OptionalLong.of(Long.parseLong(told)) : OptionalLong.empty();
    }

    /** The ports made of hardware; where the kernel shows none (a container), every port that has a MAC. */
    List<JsonNode> ports() {
        List<JsonNode> ports = new ArrayList<>();
        links.forEach((name, link) -> {
            Optional<String> mac = Reading.text(link.path("permaddr"))
                    .or(() -> Reading.text(link.path("address")))
                    .flatMap(Devices::mac);
            if (hardware.isEmpty() ? mac.isPresent() : hardware.containsKey(name)) {
                OptionalLong speed = hardware.getOrDefault(name, OptionalLong.empty());
                ports.add(Devices.port(name, mac, Reading.product(positive(speed), MEGABIT)));
            }
        });
        return ports;
    }

    private static OptionalLong positive(OptionalLong speed) {
        return speed.isPresent() && speed.getAsLong() > 0 ? speed : OptionalLong.empty();
    }

    /** Without those that a machine gives itself for a day, and will not have tomorrow (RFC 8981). */
    List<JsonNode> addresses() {
        NavigableSet<String> addresses = new TreeSet<>(Addresses.IN_ORDER);
        for (JsonNode link : links.values()) {
            for (JsonNode told : link.path("addr_info")) {
                if (!told.path("temporary").asBoolean(false)) {
                    withPrefix(told).ifPresent(addresses::add);
                }
            }
        }
        return addresses.stream()
                .<JsonNode>map(JsonNodeFactory.instance::stringNode)
                .toList();
    }

    private static Optional<String> withPrefix(JsonNode told) {
        OptionalInt prefix = Reading.count(told.path("prefixlen")).stream()
                .filter(bits -> bits <= 128)
                .mapToInt(bits -> (int) bits)
                .findFirst();
        return Reading.text(told.path("local")).flatMap(address -> Addresses.withPrefix(address, prefix));
    }
}
