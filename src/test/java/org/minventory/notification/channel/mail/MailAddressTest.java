package org.minventory.notification.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One plain address, of which nobody makes another. */
class MailAddressTest {
    @ParameterizedTest
    @CsvSource({
        "olga@example.org, olga@example.org, o…@example.org",
        "Olga.Martin+minventory@Example.ORG, Olga.Martin+minventory@example.org, O…@example.org",
        "o'neill/x=y@a.b-c.example, o'neill/x=y@a.b-c.example, o…@a.b-c.example",
        "o@example.org, o@example.org, …@example.org",
        "olga@épicerie.example, olga@xn--picerie-9xa.example, o…@xn--picerie-9xa.example",
        "olga@пример.рф, olga@xn--e1afmkfd.xn--p1ai, o…@xn--e1afmkfd.xn--p1ai",
    })
    void anAddressIsReadAndMasked(String told, String text, String masked) {
        MailAddress address = MailAddress.read(told);
        assertThat(address.text()).isEqualTo(text);
        assertThat(address.masked()).isEqualTo(masked);
        assertThat(address).hasToString(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "olga",
                "@example.org",
                "olga@",
                "olga@@example.org",
                "olga@example",
                "olga@localhost",
                "olga@shop.localhost",
                "root@[127.0.0.1]",
                "root@127.0.0.1",
                "root@[IPv6:::1]",
                "Olga <olga@example.org>",
                "<olga@example.org>",
                "olga@example.org, eve@evil.example",
                "olga@example.org;eve@evil.example",
                "olga@example.org eve@evil.example",
                "olga @example.org",
                " olga@example.org",
                "olga@example.org ",
                "olga@example.org\r\nBcc: eve@evil.example",
                "olga\r\nRCPT TO:<eve@evil.example>@example.org",
                "olga\u0000@example.org",
                "\"olga\"@example.org",
                "\"o\u0001a\"@example.org",
                "olga..martin@example.org",
                ".olga@example.org",
                "olga.@example.org",
                "olga(comment)@example.org",
                "élodie@example.org",
                "olga@-example.org",
                "olga@example-.org",
                "olga@exa_mple.org",
                "olga@example..org",
                "olga@example.org.",
                "olga@example.o",
                "olga@example.org?bcc=eve",
                "olga@exam\u202Eple.org",
                "%eve%evil.example@example.org\n",
            })
    void whatIsNoneIsNotRead(String told) {
        assertThat(MailAddress.read(told)).isNull();
    }

    @Test
    void anAddressHasAnEnd() {
        assertThat(MailAddress.read("a".repeat(64) + "@example.org")).isNotNull();
        assertThat(MailAddress.read("a".repeat(65) + "@example.org")).isNull();
        assertThat(MailAddress.read("a@" + "b".repeat(64) + ".org")).isNull();
        assertThat(MailAddress.read("a@" + "b.".repeat(120) + "org")).isNotNull();
        assertThat(MailAddress.read("a@" + "b.".repeat(130) + "org")).isNull();
        assertThat(MailAddress.read("a@" + "é.".repeat(60) + "org"))
                .as("longer in ASCII")
                .isNull();
        assertThat(MailAddress.read("a".repeat(100_000) + "@" + "b".repeat(100_000)))
                .isNull();
    }
}
