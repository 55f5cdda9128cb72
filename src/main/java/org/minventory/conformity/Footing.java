package org.minventory.conformity;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Index;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import tools.jackson.databind.JsonNode;

/**
 * What an element stands on: its provider, its site, the elements that carry it, and those with which it is told
 * redundant; by its best known words when something was recorded. Other elements are names, born or not.
 */
record Footing(
        UUID id,
        String name,
        boolean closed,
        @Nullable String provider,
        @Nullable String site,
        @Nullable String infrastructure,
        Set<String> redundantWith,
        Set<String> carriers) {
    static final String REDUNDANT_WITH = "redundant-with";

    /** The attributes by which an element falls with another. */
    static final List<String> CARRYING = List.of("runs-on", "part-of", "depends-on");

    private static final Set<String> WATCHED =
            Set.of("provider", "site", "infrastructure", REDUNDANT_WITH, "runs-on", "part-of", "depends-on");

    /** An element of which nothing is told yet. */
    static Footing none(UUID id, String name) {
        return new Footing(id, name, false, null, null, null, Set.of(), Set.of());
    }

    /**
     * That of an element; a closed one stands on nothing any more.
     *
     * @param named the name of an element that is told by its id
     */
    static Footing of(Picture picture, Vocabulary vocabulary, Instant at, UnaryOperator<String> named) {
        if (picture.closedAt() != null)
            return new Footing(picture.id(), picture.name(), true, null, null, null, Set.of(), Set.of());
        Set<String> carriers = new TreeSet<>();
        for (String attribute : CARRYING) carriers.addAll(told(picture, attribute, vocabulary, at, named));
        carriers.remove(picture.name());
        Set<String> partners = told(picture, REDUNDANT_WITH, vocabulary, at, named);
        partners.remove(picture.name());
        return new Footing(
                picture.id(),
                picture.name(),
                false,
                text(picture, "provider", vocabulary, at),
                text(picture, "site", vocabulary, at),
                Knowledge.Card.infrastructure(picture, vocabulary, at),
                partners,
                carriers);
    }

    /** The names that an element tells under an attribute. */
    static Set<String> told(
            Picture picture, String attribute, Vocabulary vocabulary, Instant at, UnaryOperator<String> named) {
        Set<String> names = new TreeSet<>();
        if (!picture.attributes().contains(attribute)) return names;
        JsonNode value = Index.bestKnown(picture, attribute, vocabulary, at);
        if (value == null) return names;
        if (value.isArray()) value.forEach(one -> names.add(named.apply(one.asString(""))));
        else names.add(named.apply(value.asString("")));
        names.remove("");
        return names;
    }

    private static @Nullable String text(Picture picture, String attribute, Vocabulary vocabulary, Instant at) {
        if (!picture.attributes().contains(attribute)) return null;
        JsonNode value = Index.bestKnown(picture, attribute, vocabulary, at);
        return value == null || value.asString("").isBlank() ? null : value.asString("");
    }

    /** Whether an attribute is one of those that it is made of. */
    static boolean isMadeOf(String attribute) {
        return WATCHED.contains(attribute);
    }

    /** Whether it can make nobody diverge. */
    boolean isBare() {
        return provider == null && site == null && redundantWith.isEmpty() && carriers.isEmpty();
    }

    /** One provider is one provider, in whatever case it is written. */
    boolean isAtProviderOf(Footing other) {
        return provider != null && other.provider != null && same(provider, other.provider);
    }

    /** A site is one of its provider; where neither tells a provider, it is their own. */
    boolean isAtSiteOf(Footing other) {
        boolean providers = provider == null ? other.provider == null : isAtProviderOf(other);
        return providers && site != null && other.site != null && same(site, other.site);
    }

    private static boolean same(String one, String other) {
        return one.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
    }
}
