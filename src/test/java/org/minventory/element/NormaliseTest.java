package org.minventory.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minventory.element.Quoted.json;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class NormaliseTest {
    private final Vocabulary vocabulary = Vocabulary.builtIn();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // memory: every prefix is binary
                "memory | '64 GiB'        | 68719476736",
                "memory | '64 GB'         | 68719476736",
                "memory | '64GB'          | 68719476736",
                "memory | '64 Go'         | 68719476736",
                "memory | '64\u00a0Gio'   | 68719476736",
                "memory | '64\u202fGo'    | 68719476736",
                "memory | '64\u2009Go'    | 68719476736",
                "memory | '64G'           | 68719476736",
                "memory | '64Gi'          | 68719476736",
                "memory | 68719476736     | 68719476736",
                "memory | '68719476736'   | 68719476736",
                "memory | 68719476736.0   | 68719476736",
                "memory | '32768 MB'      | 34359738368",
                "memory | '24684084 kB'   | 25276502016",
                "memory | '62.8 GiB'      | 67430986547",
                "memory | '62,8 Gio'      | 67430986547",
                "memory | '1,5 To'        | 1649267441664",
                "memory | '0,5 Go'        | 536870912",
                "memory | '1 024 Mo'      | 1073741824",
                "memory | '1\u202f024 Mo' | 1073741824",
                "memory | '512 octets'    | 512",
                "memory | '2 gigaoctets'  | 2147483648",
                "memory | {'value':32768,'unit':'MB'} | 34359738368",
                "memory | 0               | 0",
                // disks and other data: decimal first
                "capacity | '1.92 TB'     | 1920000000000",
                "capacity | '1,92 To'     | 1920000000000",
                "capacity | '960 Go'      | 960000000000",
                "capacity | '256 GiB'     | 274877906944",
                "capacity | '256.00 GB'   | 256000000000",
                "capacity | '0,125 To'    | 125000000000",
                "capacity | '1 920 GB'    | 1920000000000",
                "capacity | '1.234,5 GB'  | 1234500000000",
                "capacity | '1,234,567 kB'| 1234567000",
                "traffic  | '20 TB'       | 20000000000000",
                // rates
                "bandwidth | '1 Gbit/s'   | 1000000000",
                "bandwidth | '1Gbps'      | 1000000000",
                "bandwidth | '100 Mbps'   | 100000000",
                "bandwidth | '2,5 Gbit/s' | 2500000000",
                "bandwidth | '10G'        | 10000000000",
                "bandwidth | '125 MB/s'   | 1000000000",
                "bandwidth | '125 Mo/s'   | 1000000000",
                "bandwidth | '1 Gibit/s'  | 1073741824",
                "bandwidth | 1000000000   | 1000000000",
                // time
                "schedule | '1 d'         | 86400",
                "schedule | '1 jour'      | 86400",
                "schedule | 'PT6H'        | 21600",
                "schedule | '1500 ms'     | 1.5",
                "retention | '30 j'       | 2592000",
                "commitment | '12 mois'   | 12",
                "commitment | '2 ans'     | 24",
                "commitment | 'P1Y'       | 12",
                "cpu.frequency | '3,5 GHz'| 3500000000",
                // numbers, words, truths
                "cpu.cores | 8            | 8",
                "cpu.cores | '8'          | 8",
                "cpu.cores | 8.0          | 8",
                "cpu.cores | -1           | -1",
                "encrypted | 'oui'        | true",
                "encrypted | false        | false",
                "architecture | 'amd64'   | 'x86_64'",
                "architecture | 'RISCV64' | 'riscv64'",
                "state | 'CRITICAL'       | 'critical'",
                "state | 'down'           | 'critical'",
                "renewal | 'auto'         | 'automatic'",
                "serial | 4242            | '4242'",
                "board | '  0PHY8D '      | '0PHY8D'",
                "os.version | 12          | '12'",
                "os.version | 12.11       | '12.11'",
                "nginx.version | '1.28.0' | '1.28.0'",
                // dates, instants
                "expires | '2026-12-02'   | '2026-12-02'",
                "last.success | '2026-01-12T12:54:01+01:00' | '2026-01-12T11:54:01Z'",
                "last.success | '2026-01-12T11:54:01Z'      | '2026-01-12T11:54:01Z'",
                // network
                "address | '192.0.2.10'        | '192.0.2.10'",
                "address | '192.0.2.10/24'     | '192.0.2.10/24'",
                "address | '192.0.2.10/255.255.255.0' | '192.0.2.10/24'",
                "address | '2001:DB8:0::1/64'  | '2001:db8::1/64'",
                "addresses | ['192.0.2.10/24', 'FD00::2'] | ['192.0.2.10/24', 'fd00::2']",
                "range | '192.0.2.10/24'       | '192.0.2.0/24'",
                "range | '192.0.2.0-192.0.2.255' | '192.0.2.0/24'",
                "range | '192.0.2.10 – 192.0.2.20' | '192.0.2.10-192.0.2.20'",
                "range | '203.0.113.41'        | '203.0.113.41/32'",
                "range | '2001:db8:302:8a75:0::/64' | '2001:db8:302:8a75::/64'",
                "fqdn | 'Shop-DB-1.Acme.Example.' | 'shop-db-1.acme.example'",
                "fqdn | 'café.example'         | 'xn--caf-dma.example'",
                "names | ['*.acme.example']    | ['*.acme.example']",
                "nics | [{'name':'eth0','mac':'02-1C-7E-4A-90-B1','speed':'1 Gbit/s'}]"
                        + " | [{'name':'eth0','mac':'02:1c:7e:4a:90:b1','speed':1000000000}]",
                "nics | [{'mac':'021c.7e4a.90b1'}] | [{'mac':'02:1c:7e:4a:90:b1'}]",
                // money
                "price.monthly | {'amount':'119.99','currency':'EUR'} | {'amount':'119.99','currency':'EUR'}",
                "price.monthly | {'amount':84.9,'currency':'eur'}     | {'amount':'84.90','currency':'EUR'}",
                "price.monthly | {'amount':'0.0070000000','currency':'EUR'} | {'amount':'0.007','currency':'EUR'}",
                "price.monthly | '119,99 €'    | {'amount':'119.99','currency':'EUR'}",
                "price.monthly | '€119.99'     | {'amount':'119.99','currency':'EUR'}",
                "price.monthly | 'EUR 1 078,80'| {'amount':'1078.80','currency':'EUR'}",
                "price.monthly | '500 JPY'     | {'amount':'500','currency':'JPY'}",
                // records and relations
                "disks | [{'size':'1.92 TB','type':'NVMe'}] | [{'size':1920000000000,'type':'nvme'}]",
                "disks | [{'size':512110190592,'model':null,'wwn':{'x':[1]}}] | [{'size':512110190592,'wwn':{'x':[1]}}]",
                "raid | [{'level':'RAID 1','members':['sda','sdb']}] | [{'level':'raid1','members':['sda','sdb']}]",
                "raid | [{'level':1}]          | [{'level':'raid1'}]",
                "runs-on | 'hv-1'              | ['hv-1']",
                "depends-on | ['db','vpn']     | ['db','vpn']",
                "tags | ['prod','bdd']         | ['prod','bdd']",
            })
    void brings_what_was_told_into_one_form(String attribute, String told, String kept) {
        Reading reading = vocabulary.normalise(attribute, json(told));
        assertThat(reading).isEqualTo(new Reading(json(kept), true));
        assertThat(vocabulary.normalise(attribute, reading.value()).value())
                .as("what is normal stays")
                .isEqualTo(reading.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "capacity | '256 GB'      | 274877906944",
                "capacity | '1,92 To'     | 2111062325330",
                "capacity | '256G'        | 274877906944",
                "disks | [{'size':'256.00 GB','type':'ssd'},{'size':512}]"
                        + " | [{'size':274877906944,'type':'ssd'},{'size':512}]",
            })
    void a_disk_told_with_a_decimal_prefix_has_a_second_reading(String attribute, String told, String second) {
        assertThat(vocabulary.secondReading(attribute, json(told))).isEqualTo(json(second));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "capacity | '256 GiB'",
                "capacity | 256000000000",
                "memory   | '64 GB'",
                "disks    | [{'size':512110190592}]",
                "cpu.cores| 8",
                "disks    | 'no disks'",
                "anything | '256 GB'",
            })
    void everything_else_has_one(String attribute, String told) {
        assertThat(vocabulary.secondReading(attribute, json(told))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ansible_ssh_common_args | '-o ProxyCommand=x'",
                "rack | {'row':3,'unit':[1,2.5,null,true]}",
                "rack | null",
                "rack | [[[[[[[[1]]]]]]]]",
                "größe | ''",
            })
    void what_nobody_declared_is_kept_as_told(String attribute, String told) {
        assertThat(vocabulary.normalise(attribute, json(told))).isEqualTo(new Reading(json(told), false));
    }

    @Property
    void every_size_survives_being_told_in_bytes(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long bytes) {
        JsonNode told = Nodes.text(bytes + " B");
        assertThat(vocabulary.normalise("memory", told).value()).isEqualTo(Nodes.number(bytes));
        assertThat(vocabulary
                        .normalise("memory", Nodes.text(Long.toString(bytes)))
                        .value())
                .isEqualTo(Nodes.number(bytes));
    }

    @Test
    void sixteen_kibibytes_are_kept_and_not_one_more() {
        JsonNode fits = Nodes.text("x".repeat(16 * 1024 - 2));
        assertThat(vocabulary.normalise("notes", fits).value()).isSameAs(fits);
        JsonNode large = Nodes.text("x".repeat(16 * 1024 - 1));
        assertThatThrownBy(() -> vocabulary.normalise("notes", large)).isInstanceOf(UnfitValue.class);
    }
}
