package org.minventory.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.minventory.base.Languages;
import org.minventory.base.Refusal;
import org.minventory.notification.channel.Outcome.Verdict;

/** What holds for every channel that sends; each has a test that extends this one and brings a receiver. */
public abstract class ChannelContract {
    /** Zero-width joiners belong to words and emoji; the word joiner is how chats are kept from calling. */
    private static final List<Integer> JOINERS = List.of(0x200C, 0x200D, 0x2060);

    /**
     * What a receiver got.
     *
     * @param id by what it knows a second attempt
     * @param text all that is read there, decoded
     */
    public record Arrived(String id, String text, byte[] raw) {}

    protected abstract Channel.Sent channel();

    /** Settings that lead to a receiver which takes everything, every field filled. */
    protected abstract Settings settings();

    /** Settings that lead to a receiver which refuses, or to none. */
    protected abstract Settings deaf();

    /** What the receiver got so far, in order. */
    protected abstract List<Arrived> arrived();

    /** Bytes that no message may be longer than. */
    protected abstract int limit();

    /** Values that do not fit, by field. */
    protected abstract Map<String, List<String>> unfit();

    /** What this format would take for markup, calls or links is none in what arrived. */
    protected abstract void assertHarmless(Arrived arrived);

    static List<Locale> languages() {
        return Languages.ALL;
    }

    @Test
    void isCalledAsItsFolder() {
        assertThat(channel().getClass().getPackageName())
                .endsWith("." + channel().word());
    }

    @Test
    void saysOnceWhatItHasToKnow() {
        List<Channel.Field> fields = channel().fields();
        assertThat(fields)
                .extracting(Channel.Field::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z][a-zA-Z]*"));
        assertThat(settings().values().keySet())
                .containsAll(fields.stream().map(Channel.Field::name).toList());
        assertThat(unfit().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        fields.stream().map(Channel.Field::name).toList());
    }

    @Test
    void takesWhatFits() {
        assertThatCode(() -> channel().check(settings())).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatDoesNotFitInBothLanguages() {
        unfit().forEach((field, values) -> values.forEach(value -> {
            Refusal refusal = catchThrowableOfType(
                    Refusal.class, () -> channel().check(settings().with(field, value)));
            assertThat(refusal).as("%s %s", field, value).isNotNull();
            assertThat(refusal.problem().status()).isEqualTo(422);
            assertThat(refusal.places()).extracting(Refusal.Place::pointer).containsExactly("/channel/" + field);
            String english = refusal.sentence().in(Locale.ENGLISH);
            assertThat(refusal.sentence().in(Locale.FRENCH)).isNotBlank().isNotEqualTo(english);
        }));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void saysWhatHappenedWhyAndWhereToReadMore(Locale language) {
        Outcome outcome = channel().send(Messages.one(language), settings());
        assertThat(outcome.verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(outcome.told()).isEmpty();
        assertThat(arrived()).singleElement().satisfies(got -> assertThat(got.text())
                .contains("Acme", "shop-db-1", "memory number 1 is 32 GiB instead of 64 GiB.", "raid is missing too")
                .contains("Ada", "You follow all of Acme.", Messages.link(1), Messages.MANAGE)
                .doesNotContain("{0}"));
    }

    @Test
    void speaksTheLanguageOfItsReader() {
        channel().send(Messages.one(Locale.ENGLISH), settings());
        channel().send(Messages.one(Locale.FRENCH), settings());
        List<Arrived> both = arrived();
        assertThat(both.get(0).text()).isNotEqualTo(both.get(1).text());
        String english = channel().send(Messages.one(Locale.ENGLISH), deaf()).told();
        assertThat(channel().send(Messages.one(Locale.FRENCH), deaf()).told())
                .isNotBlank()
                .isNotEqualTo(english);
    }

    @Test
    void isKnownAgainAtASecondAttempt() {
        channel().send(Messages.one(Locale.FRENCH), settings());
        channel().send(Messages.one(Locale.FRENCH), settings());
        assertThat(arrived())
                .hasSize(2)
                .extracting(Arrived::id)
                .containsOnly(arrived().getFirst().id());
    }

    @Test
    void saysSeveralPiecesOfNewsInOneMessage() {
        assertThat(channel()
                        .send(Messages.several(Locale.ENGLISH, 3), settings())
                        .verdict())
                .isEqualTo(Verdict.DELIVERED);
        assertThat(arrived()).singleElement().satisfies(got -> assertThat(got.text())
                .contains("memory number 1 is", "memory number 2 is", "memory number 3 is")
                .contains("shop-web-1", "shop-web-2", "shop-web-3", "You follow all of Acme.", Messages.MANAGE));
    }

    @Test
    void countsWhatThereIsNoRoomFor() {
        channel().send(Messages.several(Locale.ENGLISH, 700), settings());
        assertThat(arrived()).singleElement().satisfies(got -> {
            assertThat(got.raw().length).isLessThanOrEqualTo(limit());
            long said = Pattern.compile("memory number \\d+")
                    .matcher(got.text())
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .count();
            assertThat(said).isPositive();
            assertThat(got.text()).containsPattern("\\b" + (700 - said) + "\\b");
        });
    }

    @ParameterizedTest
    @EnumSource
    void isReadAndDoesNothing(Hostile hostile) {
        for (int news : List.of(1, 30)) {
            Outcome outcome = channel().send(Messages.of(hostile.words(), news), settings());
            assertThat(outcome.verdict()).isEqualTo(Verdict.DELIVERED);
            Arrived got = arrived().getLast();
            assertThat(got.raw().length).isLessThanOrEqualTo(limit());
            assertThat(got.text()).contains("memory");
            assertThat(got.text().codePoints().filter(ChannelContract::isUnseen))
                    .isEmpty();
            assertHarmless(got);
        }
        assertThat(arrived()).hasSize(2);
    }

    private static boolean isUnseen(int character) {
        int type = Character.getType(character);
        boolean line = character == '\n' || character == '\r';
        return (type == Character.CONTROL && !line)
                || (type == Character.FORMAT && !JOINERS.contains(character))
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    @Test
    void showsItsSecretsToNobody() {
        Outcome taken = channel().send(Messages.one(Locale.ENGLISH), settings());
        Outcome refused = channel().send(Messages.one(Locale.ENGLISH), deaf());
        assertThat(taken.request()).isNotBlank();
        assertThat(refused.verdict()).isNotEqualTo(Verdict.DELIVERED);
        for (Outcome outcome : List.of(taken, refused))
            for (Channel.Field field : channel().fields()) {
                if (!field.secret()) continue;
                assertThat(outcome.request() + outcome.told())
                        .doesNotContain(settings().get(field.name()), deaf().get(field.name()));
            }
    }

    protected static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
