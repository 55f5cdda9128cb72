package org.minventory.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.minventory.element.Quoted.json;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class UnfitValueTest {
    private final Vocabulary vocabulary = Vocabulary.builtIn();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "memory | '64 parsecs'      | - | unit",
                "memory | '64 Gbit/s'       | - | unit",
                "memory | 'much'            | - | not-a-number",
                "memory | ''                | - | not-a-number",
                "memory | '-5 GB'           | - | negative",
                "memory | -5                | - | negative",
                "memory | true              | - | number",
                "memory | []                | - | number",
                "memory | {'value':5}       | - | number",
                "memory | null              | - | null",
                "memory | '99999999999 TB'  | - | too-large",
                "memory | 99999999999999999999 | - | too-large",
                "memory | 1e300             | - | too-large",
                "memory | '1e3 GB'          | - | unit",
                "capacity | '1,920 GB'      | - | ambiguous",
                "bandwidth | '1 GB'         | - | unit",
                "cpu.cores | 8.5            | - | not-whole",
                "cpu.cores | 'eight'        | - | not-a-number",
                "cpu.cores | '8 cores'      | - | no-unit",
                "cpu.cores | 9007199254740992 | - | too-large",
                "encrypted | 'perhaps'      | - | boolean",
                "expires | '02/12/2026'     | - | date",
                "expires | '2026-02-30'     | - | date",
                "expires | 20261202         | - | date",
                "expires | '0001-01-01'     | - | year",
                "expires | '9999-12-31'     | - | year",
                "last.success | '2026-01-12 12:54:01' | - | instant",
                "last.success | '9999-12-31T00:00:00Z' | - | year",
                "address | '192.0.2.300'    | - | address",
                "address | 'shop-db-1'      | - | address",
                "address | '192.0.2.1/33'   | - | prefix",
                "address | {}               | - | address",
                "addresses | '192.0.2.1'    | - | list",
                "addresses | ['192.0.2.1', 'x'] | /1 | address",
                "range | '192.0.2.20-192.0.2.10' | - | range",
                "range | '192.0.2.0/24/3'   | - | range",
                "nics | [{'mac':'02:1c'}]   | /0/mac | mac",
                "nics | [{'speed':-1}]      | /0/speed | negative",
                "disks | [{'size':'1 TB'},{'size':'big'}] | /1/size | not-a-number",
                "disks | ['1 TB']           | /0 | record",
                "disks | [null]             | /0 | null",
                "disks | [{'a/b~c':[[[[[[[[[1]]]]]]]]]}] | /0/a~1b~0c/0/0/0/0/0/0/0/0 | depth",
                "fqdn | 'two words'         | - | host-name",
                "fqdn | 'a..b'              | - | host-name",
                "runs-on | 'Not A Name'     | - | name",
                "runs-on | ['ok', {}]       | /1 | reference",
                "state | 'fine'             | - | choice",
                "price.monthly | 120        | - | money",
                "price.monthly | '120'      | - | money",
                "price.monthly | '120 bananas' | - | currency",
                "price.monthly | {'amount':'x','currency':'EUR'} | /amount | not-a-number",
                "price.monthly | {'amount':'1','currency':'EURO'} | /currency | currency",
                "price.monthly | {'amount':'1','currency':'EUR','vat':true} | /vat | money",
                "label | ['a']              | - | text",
                "rack | [[[[[[[[[1]]]]]]]]] | /0/0/0/0/0/0/0/0 | depth",
            })
    void says_what_is_unfit_and_where(String attribute, String told, String pointer, String reason) {
        UnfitValue unfit = refused(attribute, json(told));
        assertThat(unfit.pointer()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(unfit.sentence().key()).isEqualTo(reason);
        assertThat(unfit.sentence(Locale.ENGLISH)).isNotBlank().doesNotContain("{0}", "{1}");
        assertThat(unfit.sentence(Locale.FRENCH)).isNotBlank().isNotEqualTo(unfit.sentence(Locale.ENGLISH));
    }

    @Test
    void refuses_texts_that_no_database_and_no_reader_of_utf8_takes() {
        assertThat(refused("label", Nodes.text("a\0b")).sentence().key()).isEqualTo("nul");
        assertThat(refused("anything", Nodes.text("a\0b")).sentence().key()).isEqualTo("nul");
        assertThat(refused("label", Nodes.text("a\ud800b")).sentence().key()).isEqualTo("surrogate");
        assertThat(refused("tags", json("['ok', 'a\\udc00']")).pointer()).isEqualTo("/1");
        assertThat(refused("rack", json("{'a\\u0000':1}")).sentence().key()).isEqualTo("nul");
        assertThat(refused("a\0b", json("1")).sentence().key()).isEqualTo("nul");
        assertThat(refused("", json("1")).sentence().key()).isEqualTo("attribute-name");
    }

    @Test
    void speaks_both_languages() {
        UnfitValue unfit = refused("memory", json("'64 Gx'"));
        assertThat(unfit.sentence(Locale.ENGLISH))
                .isEqualTo("The unit “Gx” is not known here; use one of B, MB, GB, TB, MiB, GiB, TiB, Mo, Go, To, Mio,"
                        + " Gio, Tio.");
        assertThat(unfit.sentence(Locale.CANADA_FRENCH)).startsWith("L’unité «\u00a0Gx\u00a0» n’est pas connue ici");
        assertThat(refused("price.monthly", json("1")).sentence(Locale.ENGLISH))
                .contains("{\"amount\": \"12.34\", \"currency\": \"EUR\"}");
        assertThat(refused("expires", json("'" + "x".repeat(1000) + "'")).getMessage())
                .hasSizeLessThan(150);
    }

    @Test
    void every_sentence_exists_in_both_languages() {
        assertThat(Bundles.of("org.minventory.element.sentences", Locale.FRENCH).keySet())
                .isEqualTo(Bundles.of("org.minventory.element.sentences", Locale.ENGLISH)
                        .keySet());
    }

    private UnfitValue refused(String attribute, JsonNode told) {
        UnfitValue unfit = catchThrowableOfType(UnfitValue.class, () -> vocabulary.normalise(attribute, told));
        assertThat(unfit).as("%s %s", attribute, told).isNotNull();
        return unfit;
    }
}
