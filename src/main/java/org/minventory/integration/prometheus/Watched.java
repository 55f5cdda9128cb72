package org.minventory.integration.prometheus;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;
import org.minventory.element.Vocabulary;
import org.minventory.export.Inventory;
import org.minventory.export.PrimaryAddress;
import org.minventory.export.Selection;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;

/**
 * An element as far as it is watched: where it is reached, and what of it answers there. What is not certain to be a port,
 * a path or an address is left out: it comes from witnesses.
 */
record Watched(Inventory.Row row, String customer, Vocabulary vocabulary, Instant now) {
    static final int LARGEST_PORT = 65_535;

    private static final List<Stance> SAID =
            List.of(Stance.INTENDED, Stance.ORDERED, Stance.DELIVERED, Stance.DEPLOYED);
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]{0,200}");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    boolean isMachine() {
        return Selection.MACHINES.contains(row.type());
    }

    /** Where it is reached by itself, as it stands before a port; null where that is not known. */
    @Nullable
    String host() {
        IpAddress address = PrimaryAddress.of(row.picture(), vocabulary, now);
        if (address == null) return null;
        return address.bits() == 32 ? address.text() : "[" + address.text() + "]";
    }

    /** The names of what it runs on. */
    List<String> runsOn() {
        JsonNode told = value("runs-on");
        List<String> names = new ArrayList<>();
        if (told != null) for (JsonNode each : told) names.add(each.asString(""));
        return names;
    }

    /** The port at which it gives its figures, or null. */
    @Nullable
    Integer metricsPort() {
        JsonNode told = value("metrics.port");
        int port = told == null ? 0 : told.asInt(0);
        return port < 1 || port > LARGEST_PORT ? null : port;
    }

    @Nullable
    String metricsPath() {
        JsonNode told = value("metrics.path");
        return told != null && PATH.matcher(told.asString("")).matches() ? told.asString() : null;
    }

    @Nullable
    String metricsScheme() {
        JsonNode told = value("metrics.scheme");
        return told != null && SCHEMES.contains(told.asString("")) ? told.asString() : null;
    }

    /** Its address of the web, or null: nothing but http and https, and nobody's name or password in it. */
    @Nullable
    URI url() {
        JsonNode told = value("url");
        if (told == null || !told.isString()) return null;
        try {
            URI url = new URI(told.stringValue());
            boolean fit = url.getScheme() != null
                    && SCHEMES.contains(url.getScheme())
                    && url.getHost() != null
                    && url.getUserInfo() == null;
            return fit ? url : null;
        } catch (URISyntaxException unfit) {
            return null;
        }
    }

    private @Nullable JsonNode value(String attribute) {
        for (Stance stance : SAID) {
            Picture.Best best = row.picture().best(attribute, stance, vocabulary, now);
            if (best != null) return best.counting().saying().value();
        }
        return null;
    }
}
