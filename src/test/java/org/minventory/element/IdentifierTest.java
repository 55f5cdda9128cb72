package org.minventory.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minventory.element.Quoted.json;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {
    private final Vocabulary vocabulary = Vocabulary.builtIn();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fqdn | 'Shop-DB-1.acme.example.' | FQDN | shop-db-1.acme.example",
                "address | '192.0.2.10/24' | ADDRESS | 192.0.2.10",
                "address | '192.0.2.117/32' | ADDRESS | 192.0.2.117",
                "address | '192.0.2.0/31' | ADDRESS | 192.0.2.0",
                "addresses | ['127.0.0.1', '2001:DB8::10/64', 'fe80::1', '2001:db8::10'] | ADDRESS | 2001:db8::10",
                "nics | [{'name':'lo','mac':'00:00:00:00:00:00'},{'name':'eth0','mac':'02-FC-00-00-00-01'}]"
                        + " | MAC | 02:fc:00:00:00:01",
                "serial | ' CZ3404YVEB ' | SERIAL | CZ3404YVEB",
                "providerRef | 'ovh:ns3204511.ip-192-0-2.eu' | PROVIDER_REF | ovh:ns3204511.ip-192-0-2.eu",
            })
    void finds_what_identifies(String attribute, String told, IdentifierKind kind, String value) {
        assertThat(identifiers(attribute, told)).containsExactly(new Identifier(kind, value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "addresses | ['127.0.0.1/8', '::1', '0.0.0.0', '::', '169.254.1.1', 'fe80::fc:ff:fe00:1/64']",
                "addresses | ['224.0.0.1', 'ff02::1', '255.255.255.255', '192.0.2.0/24', '2001:db8:302:8a75::/64']",
                "serial | 'NA'",
                "serial | 'N/A'",
                "serial | 'To be filled by O.E.M.'",
                "serial | 'Default string'",
                "serial | '0123456789'",
                "serial | '00000000'",
                "serial | ''",
                "fqdn | 'localhost'",
                "fqdn | 'localhost.localdomain'",
                "fqdn | 'vm'",
                "fqdn | '*.acme.example'",
                "nics | [{'name':'eth0'}]",
                "hostname | 'shop-db-1'",
                "range | '192.0.2.0/24'",
                "anything | 'x'",
            })
    void leaves_out_what_many_share(String attribute, String told) {
        assertThat(identifiers(attribute, told)).isEmpty();
    }

    @Test
    void finds_each_once() {
        assertThat(identifiers("addresses", "['192.0.2.1/24','192.0.2.1/32','192.0.2.2']"))
                .extracting(Identifier::value)
                .containsExactly("192.0.2.1", "192.0.2.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "shop-db-1", "0", "a.b-c.d", "shop-db-1.acme.example"})
    void names_fit(String name) {
        assertThat(ElementName.check(name)).isSameAs(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", ".a", "a.", "A", "a b", "a_b", "é", "a/b", "{{x}}", "a\n"})
    void names_do_not_fit(String name) {
        assertThat(ElementName.fits(name)).isFalse();
    }

    @Test
    void names_are_not_endless() {
        assertThat(ElementName.fits("a".repeat(253))).isTrue();
        assertThat(ElementName.fits("a".repeat(254))).isFalse();
    }

    private List<Identifier> identifiers(String attribute, String told) {
        return vocabulary.identifiers(
                attribute, vocabulary.normalise(attribute, json(told)).value());
    }
}
