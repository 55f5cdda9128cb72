package org.minventory.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minventory.base.Languages;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Pair;
import org.minventory.conformity.Verdict;
import org.minventory.element.Bundles;
import org.minventory.element.Status;
import org.minventory.knowledge.Freshness;
import org.minventory.party.Role;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Stance;

/** Every word of the product's tables stands in both languages, and with a shape where it has one. */
class WordsTest {
    private static final List<String> SHAPES =
            List.of("ok", "bad", "warn", "late", "info", "down", "wait", "dont", "unk", "never");
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    static List<Locale> languages() {
        return Languages.ALL;
    }

    @Test
    void bothLanguagesSayTheSameThingsWithTheSamePlaces() {
        Map<String, String> english = Bundles.of(Words.BUNDLE, Locale.ENGLISH);
        Map<String, String> french = Bundles.of(Words.BUNDLE, Locale.FRENCH);
        assertThat(french.keySet()).isEqualTo(english.keySet());
        english.forEach(
                (key, text) -> assertThat(places(french.get(key))).as(key).isEqualTo(places(text)));
    }

    private static List<String> places(String text) {
        List<String> places = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) places.add(matcher.group());
        return places.stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyWordOfTheTablesIsThere(Locale language) {
        Words words = new Words(language);
        for (Status status : Status.values()) {
            shaped(words.statusMark(status));
            assertThat(words.did(status)).isNotBlank();
        }
        for (Kind kind : Kind.values()) {
            assertThat(words.kind(kind)).isNotBlank();
            String tone = words.tone(kind);
            if (!tone.isEmpty()) assertThat(SHAPES).contains(tone);
        }
        for (Stance stance : Stance.values()) assertThat(words.stance(stance)).isNotBlank();
        for (Freshness freshness : Freshness.values()) shaped(words.freshness(freshness));
        for (Verdict verdict : Verdict.values()) shaped(words.verdict(verdict));
        for (Divergence.State state : Divergence.State.values())
            assertThat(words.state(state)).isNotBlank();
        for (Pair pair : Pair.values()) {
            shaped(words.nature(pair));
            assertThat(words.pair(pair)).contains(pair == Pair.WITNESSES ? " " : "≠");
        }
        for (Role role : Role.values())
            assertThat(words.say("role." + role.word())).isNotBlank();
    }

    private static void shaped(Mark mark) {
        assertThat(mark.word()).isNotBlank();
        assertThat(SHAPES).contains(mark.tone());
    }

    @Test
    void agesAreSaidInTheLargestUnitThatFits() {
        Words english = new Words(Locale.ENGLISH);
        Words french = new Words(Locale.FRENCH);
        Instant now = Instant.parse("2026-11-23T09:40:00Z");
        assertThat(english.ago(now.minus(Duration.ofMinutes(6)), now).words()).isEqualTo("6 min ago");
        assertThat(french.ago(now.minus(Duration.ofHours(25)), now).words()).isEqualTo("il y a 1\u00a0j");
        assertThat(english.ago(now.minus(Duration.ofDays(90)), now).words()).isEqualTo("25 Aug");
        assertThat(french.day(Instant.parse("2025-11-04T00:00:00Z"), now).words())
                .isEqualTo("4 nov. 2025");
        assertThat(english.ago(now, now).title()).isEqualTo("2026-11-23 09:40 UTC");
        assertThat(english.count("inventory.elements", 0)).isEqualTo("0 elements");
        assertThat(french.count("inventory.elements", 0)).isEqualTo("0 élément");
        assertThat(french.number(12_345)).isEqualTo("12\u202f345");
    }
}
