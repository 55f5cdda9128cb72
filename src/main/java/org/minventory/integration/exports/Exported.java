package org.minventory.integration.exports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;
import org.minventory.element.Vocabulary;
import org.minventory.export.Connection;
import org.minventory.export.Inventory;
import org.minventory.export.PrimaryAddress;
import org.minventory.knowledge.Index;
import org.minventory.knowledge.Picture;
import org.minventory.party.Role;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;

/**
 * An element as files know it. Names are more than values there: whoever has one is who is connected to. So a machine may say
 * of itself that it is called {@code web-1.example.net} where it is {@code web-1}; that it is called anything else is
 * believed of an ops alone.
 *
 * @param host what it is called in this file, and nobody else; null where its name would mean something else
 */
record Exported(
        Inventory.Row row, String customer, @Nullable String host, Vocabulary vocabulary, Instant now) {
    private static final List<Stance> SAID =
            List.of(Stance.INTENDED, Stance.ORDERED, Stance.DELIVERED, Stance.DEPLOYED);

    /** Names that are told of an attribute: those to be believed, and how many are not. */
    record Told(List<String> names, int doubtful) {
        /** The first one, or null. */
        @Nullable
        String first() {
            return names.isEmpty() ? null : names.getFirst();
        }
    }

    /** The names under which it stands in an attribute, as name servers have them: of what was meant, given, seen. */
    Told names(String attribute) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> doubtful = new LinkedHashSet<>();
        for (Picture.Spoken spoken : spoken(attribute))
            for (String name : texts(spoken.saying().value()))
                (Ldh.isFull(name) && isBelieved(spoken, name) ? names : doubtful).add(name);
        doubtful.removeAll(names);
        return new Told(List.copyOf(names), doubtful.size());
    }

    private boolean isBelieved(Picture.Spoken spoken, String name) {
        return isOps(spoken) || name.equals(row.name()) || name.startsWith(row.name() + ".");
    }

    private static boolean isOps(Picture.Spoken spoken) {
        return spoken.witness().role().equals(Role.OPS.word());
    }

    /** Where it is reached, the primary address first. */
    List<IpAddress> addresses() {
        return PrimaryAddress.all(row.picture(), vocabulary, now);
    }

    /** Those of which an ops says that it has them: that it is reached there makes nobody else's address its own. */
    List<IpAddress> certainAddresses() {
        List<IpAddress> certain = Stream.of("address", "addresses")
                .flatMap(attribute -> spoken(attribute).stream())
                .filter(Exported::isOps)
                .flatMap(spoken -> PrimaryAddress.in(spoken.saying().value()).stream())
                .toList();
        return addresses().stream().filter(certain::contains).toList();
    }

    Connection connection() {
        return new Connection(row.picture(), vocabulary, now);
    }

    /** The keys by which it is recognised. */
    List<HostKey> hostKeys() {
        return texts(known("hostkeys")).stream()
                .flatMap(told -> Stream.ofNullable(HostKey.parse(told)))
                .distinct()
                .toList();
    }

    /** How many keys were told that are none, or of a sort that is not known. */
    int unfitHostKeys() {
        return (int) texts(known("hostkeys")).stream()
                .filter(told -> HostKey.parse(told) == null)
                .count();
    }

    /** The names of what it runs on. */
    List<String> runsOn() {
        return texts(known("runs-on"));
    }

    /** The best known value of an attribute, or null. */
    @Nullable
    JsonNode known(String attribute) {
        return Index.bestKnown(row.picture(), attribute, vocabulary, now);
    }

    /** The same as text; null where it is none, or more than one. */
    @Nullable
    String text(String attribute) {
        JsonNode value = known(attribute);
        return value == null || value.isContainer() || value.isNull() ? null : value.asString();
    }

    /** The texts that a value is, or holds. */
    static List<String> texts(@Nullable JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value != null && value.isString()) texts.add(value.stringValue());
        if (value != null && value.isArray())
            for (JsonNode each : value) if (each.isString()) texts.add(each.stringValue());
        return texts;
    }

    /** All that anybody says of an attribute, what was meant first. */
    private List<Picture.Spoken> spoken(String attribute) {
        List<Picture.Spoken> all = new ArrayList<>();
        for (Stance stance : SAID) {
            Picture.Best best = row.picture().best(attribute, stance, vocabulary, now);
            if (best == null) continue;
            all.add(best.counting());
            all.addAll(best.others());
        }
        return all;
    }
}
