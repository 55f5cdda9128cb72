package org.minventory.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.minventory.element.Quoted.json;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DisplayTest {
    private final Vocabulary vocabulary = Vocabulary.builtIn();

    /** In the French column, {@code _} stands for U+00A0 and {@code ~} for U+202F. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "memory | '64 GiB'      | 64 GiB     | 64_Gio",
                "memory | '62.8 GiB'    | 62.8 GiB   | 62,8_Gio",
                "memory | '24684084 kB' | 23.5 GiB   | 23,5_Gio",
                "memory | '1.5 TiB'     | 1.5 TiB    | 1,5_Tio",
                "memory | '512 MiB'     | 512 MiB    | 512_Mio",
                "memory | 1099511627775 | 1 TiB      | 1_Tio",
                "memory | 0             | 0 B        | 0_o",
                "capacity | '1.92 TB'   | 1.92 TB    | 1,92_To",
                "capacity | 274877906944| 275 GB     | 275_Go",
                "capacity | 512110190592| 512 GB     | 512_Go",
                "capacity | 999999999999| 1 TB       | 1_To",
                "bandwidth | '1 Gbps'   | 1 Gbit/s   | 1_Gbit/s",
                "bandwidth | 2500000000 | 2.5 Gbit/s | 2,5_Gbit/s",
                "cpu.cores | 8          | 8          | 8",
                "cpu.frequency | '3.5 GHz' | 3.5 GHz | 3,5_GHz",
                "schedule | 'P1D'       | 1 d        | 1_j",
                "schedule | 'PT6H'      | 6 h        | 6_h",
                "schedule | 90          | 90 s       | 90_s",
                "commitment | 12        | 12 months  | 12_mois",
                "commitment | 1         | 1 month    | 1_mois",
                "encrypted | true       | yes        | oui",
                "encrypted | false      | no         | non",
                "state | 'warning'      | warning    | alerte",
                "expires | '2026-12-02' | 2026-12-02 | 2026-12-02",
                "price.monthly | '119.99 EUR' | €119.99 | 119,99_€",
                "price.monthly | '1078.8 EUR' | €1,078.80 | 1~078,80_€",
                "price.monthly | '-5 EUR'     | -€5.00 | -5,00_€",
                "price.monthly | '12 CHF'     | CHF 12.00 | 12,00_CHF",
                "disks | [{'size':'512 GB','type':'NVMe'},{'size':512110190592,'type':'nvme','serial':'X'}]"
                        + " | 2 × 512 GB NVMe | 2_×_512_Go NVMe",
                "disks | [{'size':'1.92 TB','type':'nvme'},{'size':'4 TB','type':'hdd'},{'size':'4 TB','type':'hdd'}]"
                        + " | 1.92 TB NVMe, 2 × 4 TB HDD | 1,92_To NVMe, 2_×_4_To HDD",
                "disks | []             | none       | aucun",
                "disks | [{'wwn':'x'}]  | {\"wwn\":\"x\"} | {\"wwn\":\"x\"}",
                "raid | [{'level':1}]   | RAID 1     | RAID 1",
                "addresses | ['192.0.2.10/24','fd00::2'] | 192.0.2.10/24, fd00::2 | 192.0.2.10/24, fd00::2",
                "runs-on | 'hv-1'       | hv-1       | hv-1",
                "rack | {'row':[3]}     | {\"row\":[3]} | {\"row\":[3]}",
                "rack | 'A12'           | A12        | A12",
                "rack | 1.5             | 1.5        | 1,5",
                "rack | true            | yes        | oui",
            })
    void shows_values_as_people_of_that_language_read_them(
            String attribute, String told, String english, String french) {
        JsonNode value = vocabulary.normalise(attribute, json(told)).value();
        assertThat(vocabulary.display(attribute, value, Locale.UK)).isEqualTo(english);
        assertThat(vocabulary.display(attribute, value, Locale.FRANCE))
                .isEqualTo(french.replace('_', '\u00a0').replace('~', '\u202f'));
    }

    @Test
    void shows_what_was_told_before_it_was_declared() {
        for (Attribute attribute : vocabulary.attributes()) {
            for (String odd :
                    new String[] {"'x'", "1", "1.5", "true", "null", "[]", "[1,'x',{}]", "{}", "{'amount':1}"}) {
                assertThat(Display.of(attribute, json(odd), Locale.FRENCH)).isNotNull();
            }
        }
    }

    @Property
    void what_is_shown_can_be_told_again(@ForAll @LongRange(min = 1, max = 1L << 58) long bytes) {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.FRENCH}) {
            for (String attribute : new String[] {"memory", "capacity", "bandwidth"}) {
                String shown = vocabulary.display(attribute, Nodes.number(bytes), locale);
                double again = vocabulary
                        .normalise(attribute, Nodes.text(shown))
                        .value()
                        .doubleValue();
                assertThat(again).isCloseTo((double) bytes, withinPercentage(0.51));
            }
        }
    }

    @Property
    void no_text_breaks_reading(@ForAll @StringLength(max = 12) String told) {
        for (Attribute attribute : vocabulary.attributes()) {
            try {
                JsonNode value =
                        vocabulary.normalise(attribute.name(), Nodes.text(told)).value();
                assertThat(vocabulary.normalise(attribute.name(), value).value())
                        .isEqualTo(value);
                assertThat(Display.of(attribute, value, Locale.FRENCH)).isNotNull();
            } catch (UnfitValue unfit) {
                assertThat(unfit.sentence(Locale.FRENCH)).isNotBlank();
            }
        }
    }
}
