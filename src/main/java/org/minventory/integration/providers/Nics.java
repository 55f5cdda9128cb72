package org.minventory.integration.providers;

import java.util.List;
import java.util.stream.Stream;
import org.minventory.base.Json;
import org.minventory.survey.Devices;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;

/** Network interfaces, of which a provider knows the hardware addresses alone. */
final class Nics {
    private static final int MOST = 64;

    private Nics() {}

    /** Those that have an address, each once. */
    static List<JsonNode> of(Stream<JsonNode> macs) {
        return macs.flatMap(mac -> Reading.text(mac).stream())
                .flatMap(mac -> Devices.mac(mac).stream())
                .distinct()
                .sorted()
                .limit(MOST)
                .map(mac -> (JsonNode) Json.object().put("mac", mac))
                .toList();
    }
}
