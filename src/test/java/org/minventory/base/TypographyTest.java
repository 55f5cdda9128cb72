package org.minventory.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypographyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Vraiment ? Oui !|Vraiment_? Oui_!",
                "ceci ; cela : voilà|ceci_; cela~: voilà",
                "« mot »|«~mot~»",
                "Thème :|Thème~:",
                "10:05 sur 02:1c:7e|10:05 sur 02:1c:7e",
                "https://acme.example/?a=b;c|https://acme.example/?a=b;c"
            })
    void frenchSpacesDoNotBreak(String plain, String set) {
        assertThat(Typography.set(plain, Locale.FRENCH))
                .isEqualTo(set.replace('_', '\u202f').replace('~', '\u00a0'));
        assertThat(Typography.set(plain, Locale.ENGLISH)).isEqualTo(plain);
        assertThat(Typography.set(Typography.set(plain, Locale.FRENCH), Locale.FRENCH))
                .as("setting it twice changes nothing more")
                .isEqualTo(Typography.set(plain, Locale.FRENCH));
    }
}
