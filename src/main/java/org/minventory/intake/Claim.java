package org.minventory.intake;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.minventory.element.Reference;
import org.minventory.knowledge.Space;
import org.minventory.testimony.Told;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What is asked of a range: its next free address, or its next free block. Which one that is, is found while the customer's
 * pen is held; so nobody is ever given what somebody else was given.
 *
 * @param prefixLength of the block; null for an address
 * @param name of the element that is to hold it; null for a name made of what is given
 */
public record Claim(
        @Nullable Integer prefixLength, @Nullable String name) {

    /** The type of the element that is to hold it. */
    public String type() {
        return prefixLength == null ? "ip-address" : "ip-range";
    }

    /** The attribute by which that element holds it. */
    public String attribute() {
        return prefixLength == null ? "address" : Space.RANGE;
    }

    /**
     * What the range has to give next, for whoever holds the pen.
     *
     * @throws Refusal {@link Problem#NO_RANGE}, {@link Problem#RANGE_FULL}, {@link Problem#UNFIT_VALUE}
     */
    IpRange next(JdbcClient db, UUID customer, Subjects.Subject holder) {
        IpRange range = Space.heldBy(db, customer, holder.id());
        if (range == null) throw Refusal.of(Problem.NO_RANGE, holder.name());
        IpRange given = prefixLength == null
                ? alone(Space.nextAddress(db, customer, range))
                : block(db, customer, range, prefixLength);
        if (given == null) throw Refusal.of(Problem.RANGE_FULL, holder.name(), range.text());
        return given;
    }

    private static @Nullable IpRange alone(@Nullable IpAddress address) {
        return address == null ? null : new IpRange(address, address);
    }

    /** A block is smaller than the range that it is cut out of. */
    private static @Nullable IpRange block(JdbcClient db, UUID customer, IpRange range, int length) {
        int longest = range.first().bits();
        int fitting = longest - range.size().bitLength() + 1;
        int shortest = range.prefixLength() < 0 ? fitting : fitting + 1;
        if (shortest > longest) return null;
        if (length < shortest || length > longest)
            throw Refusal.at(
                    Problem.UNFIT_VALUE,
                    "/prefixLength",
                    Sentence.of("org.minventory.intake.said", "unfit-prefix", shortest, longest));
        return Space.nextBlock(db, customer, range, length);
    }

    /** The name told, or one made of what is given: {@code 192.0.2.8}, {@code 192.0.2.8-29}, {@code 2001-db8--1}. */
    String nameOf(IpRange given) {
        if (name != null) return name;
        String text = given.first().text().replace(':', '-');
        String fit = (text.startsWith("-") ? "0" : "") + text + (text.endsWith("-") ? "0" : "");
        return prefixLength == null ? fit : fit + "-" + prefixLength;
    }

    /** The wish for what is given. Where no infrastructure was told, it is that of the range. */
    Told wish(Told told, Subjects.Subject holder, IpRange given, String bearing) {
        SequencedMap<String, JsonNode> facts = new LinkedHashMap<>();
        String text = prefixLength == null ? given.first().text() : given.text();
        facts.put(attribute(), Json.text(text));
        facts.put("part-of", Json.MAPPER.createArrayNode().add(holder.name()));
        if (holder.infrastructure() != null) facts.put("infrastructure", Json.text(holder.infrastructure()));
        facts.putAll(told.facts());
        return told.about(new Reference.Named(bearing), facts);
    }

    /** What was given, as the receipt of its wish tells it. */
    public String given(Receipt receipt) {
        return receipt.changes().stream()
                .filter(change -> change.attribute().equals(attribute()) && change.now() != null)
                .map(change -> change.now().asString())
                .findFirst()
                .orElseThrow();
    }
}
