package org.minventory.export;

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
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;

/**
 * An element as far as it is watched: where it is reached, and what of it answers there. What is not certain to be a port,
 * a path or an address is left out: it comes from witnesses.
 */
public record Watched(Inventory.Row row, String customer, Vocabulary vocabulary, Instant now) {
    public static final int LARGEST_PORT = 65_535;

    private static final List<Stance> SAID =
            List.of(Stance.INTENDED, Stance.ORDERED, Stance.DELIVERED, Stance.DEPLOYED);
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]{0,200}");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** An element as far as its reader reaches. */
    public static Watched of(Inventory.Row row, Reach reach, Instant now) {
        return new Watched(row, reach.slug(row.customer()), reach.vocabulary(row.customer()), now);
    }

    public boolean isMachine() {
        return Selection.MACHINES.contains(row.type());
    }

    /** Where it is reached by itself; null where that is not known. */
    public @Nullable IpAddress address() {
        return PrimaryAddress.of(row.picture(), vocabulary, now);
    }

    /** The same, of the addresses that have so many bits. */
    public @Nullable IpAddress address(int bits) {
        return PrimaryAddress.all(row.picture(), vocabulary, now).stream()
                .filter(address -> address.bits() == bits)
                .findFirst()
                .orElse(null);
    }

    /** Where it is reached by itself, as it stands before a port; null where that is not known. */
    public @Nullable String host() {
        IpAddress address = address();
        if (address == null) return null;
        return address.bits() == 32 ? address.text() : "[" + address.text() + "]";
    }

    /** The names of what it runs on. */
    public List<String> runsOn() {
        return names("runs-on");
    }

    /** The names of what it does not work without. */
    public List<String> dependsOn() {
        return names("depends-on");
    }

    private List<String> names(String attribute) {
        JsonNode told = value(attribute);
        List<String> names = new ArrayList<>();
        if (told != null) for (JsonNode each : told) names.add(each.asString(""));
        return names;
    }

    /** The port at which it gives its figures, or null. */
    public @Nullable Integer metricsPort() {
        return port("metrics.port");
    }

    /** The port at which it answers, or null. */
    public @Nullable Integer port() {
        return port("port");
    }

    private @Nullable Integer port(String attribute) {
        JsonNode told = value(attribute);
        int port = told == null ? 0 : told.asInt(0);
        return port < 1 || port > LARGEST_PORT ? null : port;
    }

    public @Nullable String metricsPath() {
        JsonNode told = value("metrics.path");
        return told != null && PATH.matcher(told.asString("")).matches() ? told.asString() : null;
    }

    public @Nullable String metricsScheme() {
        JsonNode told = value("metrics.scheme");
        return told != null && SCHEMES.contains(told.asString("")) ? told.asString() : null;
    }

    /** Its address of the web, or null: nothing but http and https, and nobody's name or password in it. */
    public @Nullable URI url() {
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

    /** What was told of an attribute in one word, or null. */
    public @Nullable String word(String attribute) {
        JsonNode told = value(attribute);
        return told != null && told.isString() ? told.stringValue() : null;
    }

    private @Nullable JsonNode value(String attribute) {
        for (Stance stance : SAID) {
            Picture.Best best = row.picture().best(attribute, stance, vocabulary, now);
            if (best != null) return best.counting().saying().value();
        }
        return null;
    }
}
