package org.minventory.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.minventory.element.Bundles;

class PlainTest {
    @Test
    void isOneLineOfWhatIsSeen() {
        assertThat(Plain.line("  a\r\nb\t c\u0000d\u202ee\u200bf\ud83d ", 100)).isEqualTo("a b c def\ufffd");
        assertThat(Plain.line("👩‍👩‍👧 crème \u00a0brûlée", 100)).isEqualTo("👩‍👩‍👧 crème \u00a0brûlée");
        assertThat(Plain.line("\u0000\r\n", 100)).isEmpty();
    }

    @Test
    void isNoLongerThanAsked() {
        assertThat(Plain.line("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Plain.line("abcdef", 5)).isEqualTo("abcde…");
        assertThat(Plain.line("😀😀😀", 2)).isEqualTo("😀😀…");
        assertThat(Plain.line("ab cd", 3)).isEqualTo("ab…");
    }

    @Test
    void callsNobodyAndLeadsNowhere() {
        assertThat(Plain.quiet("@here, see https://evil.example and WWW.evil.example, at 10:30", 100))
                .isEqualTo("@\u2060here, see https:\u2060//evil.example and WWW\u2060.evil.example, at 10:30");
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameWhenDoneAgain(Hostile hostile) {
        String line = Plain.line(hostile.words(), 500);
        assertThat(Plain.line(line, 501)).isEqualTo(line);
        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(501);
    }

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(Bundles.of(Said.BUNDLE, Locale.FRENCH).keySet())
                .isEqualTo(Bundles.of(Said.BUNDLE, Locale.ENGLISH).keySet());
    }
}
