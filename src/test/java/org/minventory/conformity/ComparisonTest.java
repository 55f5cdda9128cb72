package org.minventory.conformity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minventory.conformity.Pair.DELIVERED_ORDERED;
import static org.minventory.conformity.Pair.DEPLOYED_INTENDED;
import static org.minventory.element.Quoted.json;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.element.Attribute;
import org.minventory.element.Bundles;
import org.minventory.element.Vocabulary;
import tools.jackson.databind.JsonNode;

class ComparisonTest {
    private static final String NO_BREAK = "\u00a0";

    private final Vocabulary vocabulary = Vocabulary.builtIn();

    /** One row per thing a rule promises: attribute, expected, seen, verdict. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "memory | '64 GiB' | '64 GB'       | AGREES",
                "memory | '64 GiB' | '62.8 GiB'    | AGREES",
                "memory | '64 GiB' | '59.6 GiB'    | AGREES",
                "memory | '64 GiB' | '59.4 GiB'    | DIVERGES",
                "memory | '62.8 GiB' | '64 GiB'    | AGREES",
                "memory | '64 GiB' | '32 GiB'      | DIVERGES",
                "memory | '64 GiB' | '128 GiB'     | DIVERGES",
                "memory | '32 Go'  | '31,2 Gio'    | AGREES",
                "memory | 0        | '1 GiB'       | DIVERGES",
                "cpu.cores | 8     | '8'           | AGREES",
                "cpu.cores | 8     | 4             | DIVERGES",
                "bandwidth | '1 Gbit/s' | '1000 Mbps' | AGREES",
                "bandwidth | '1 Gbit/s' | '10 Gbit/s' | AGREES",
                "bandwidth | '1 Gbit/s' | '100 Mbit/s'| DIVERGES",
                "price.monthly | '140 EUR' | '119.99 EUR' | AGREES",
                "price.monthly | '140 EUR' | '140.01 EUR' | DIVERGES",
                "price.monthly | '140 EUR' | '100 USD'    | UNKNOWN",
                "capacity | '4 TB' | '3.9 TB'      | AGREES",
                "capacity | '4 TB' | '3.6 TB'      | AGREES",
                "capacity | '4 TB' | '3.2 TB'      | DIVERGES",
                "capacity | '4 TB' | '3.64 TiB'    | AGREES",
                "capacity | '4 TB' | 4398046511104 | AGREES",
                // disks
                "disks | [{'size':'960 GB'},{'size':'960 GB'}] | [{'size':'894 GiB'},{'size':'894 GiB'}] | AGREES",
                "disks | [{'size':'512 GB'},{'size':'4 TB'}] | [{'size':'4 TB'},{'size':'512 GB'}] | AGREES",
                "disks | [{'size':'512 GB'},{'size':'512 GB'}] | [{'size':'512 GB'}] | DIVERGES",
                "disks | [{'size':'512 GB'}] | [{'size':'512 GB'},{'size':'512 GB'}] | DIVERGES",
                "disks | [{'size':'512 GB'},{'size':'512 GB'}] | [{'size':'512 GB'},{'size':'1 TB'}] | DIVERGES",
                "disks | [{'size':'1.92 TB'}] | [{'size':'1.6 TB'}] | DIVERGES",
                "disks | [{'size':'512 GB'}] | [{'size':'480 GB'}] | DIVERGES",
                "disks | [{'size':'1 TB'}] | [{'size':'960 GB'}] | DIVERGES",
                "disks | [{'size':'960 GB'}] | [{'size':'894.25 GB'}] | AGREES",
                "disks | [{'size':'1.92 TB'}] | [{'size':'1.7T'}] | AGREES",
                "disks | [{'size':'256 GB'}] | [{'size':274877906944}] | AGREES",
                "disks | [{'size':274877906944}] | [{'size':'256.00 GB'}] | AGREES",
                "disks | [{'size':256000000000}] | [{'size':274877906944}] | DIVERGES",
                "disks | [{'size':'512 GB','type':'nvme'}] | [{'size':'512 GB'}] | AGREES",
                "disks | [{'size':'512 GB','type':'nvme'}] | [{'size':'512 GB','type':'ssd'}] | DIVERGES",
                "disks | [{'size':'512 GB','type':'ssd'}] | [{'size':'512 GB','type':'nvme'}] | AGREES",
                "disks | [{'size':'512 GB','type':'ssd'}] | [{'size':'512 GB','type':'hdd'}] | DIVERGES",
                "disks | [{'size':'512 GB','type':'sata'}] | [{'size':'512 GB','type':'ssd'}] | AGREES",
                "disks | [{'size':'512 GB','type':'sata'}] | [{'size':'512 GB','type':'nvme'}] | DIVERGES",
                "disks | [{'size':'512 GB','type':'nvme'},{'size':'512 GB'}]"
                        + " | [{'size':'512 GB','type':'hdd'},{'size':'512 GB','type':'nvme'}] | AGREES",
                "disks | [{'size':'500 GB'},{'size':'514 GB'}] | [{'size':'525 GB'},{'size':'510 GB'}] | AGREES",
                "disks | [{'size':'2 TB','model':'INTEL SSDPE2KX020T8'}]"
                        + " | [{'size':'2 TB','model':'INTEL_SSDPE2KX020T8'}] | AGREES",
                "disks | [{'size':'2 TB','model':'INTEL SSDPE2KX020T8'}]"
                        + " | [{'size':'2 TB','model':'SAMSUNG MZQL21T9HCJR'}] | DIVERGES",
                "disks | [] | [{'size':'2 TB'}] | DIVERGES",
                "raid  | [{'level':'RAID 1'}] | [{'level':'raid1','members':['sda','sdb']}] | AGREES",
                "raid  | [{'level':1}] | [{'level':0}] | DIVERGES",
                // addresses
                "addresses | ['192.0.2.117/32'] | ['192.0.2.117/24','172.17.0.1/16','fd00::2/64'] | AGREES",
                "addresses | ['192.0.2.117'] | ['192.0.2.118/24'] | DIVERGES",
                "addresses | ['192.0.2.117','192.0.2.118'] | ['192.0.2.117'] | DIVERGES",
                "addresses | ['192.0.2.117/32','2001:db8:302:8a75::/64'] | ['192.0.2.117','2001:db8:302:8a75::1/64'] | AGREES",
                "addresses | ['192.0.2.117/32','2001:db8:302:8a75::/64'] | ['192.0.2.117'] | AGREES",
                "addresses | ['2001:db8:302:8a75::/64'] | ['192.0.2.117'] | UNKNOWN",
                "addresses | ['192.0.2.117'] | [] | UNKNOWN",
                "addresses | [] | ['192.0.2.117'] | AGREES",
                "address | '192.0.2.117/32' | '192.0.2.117/24' | AGREES",
                "address | '2001:db8::0:1' | '2001:DB8::1/64' | AGREES",
                "address | '192.0.2.117' | '192.0.2.118' | DIVERGES",
                "network | '192.0.2.0/24' | '192.0.2.64/26' | AGREES",
                "network | '192.0.2.0/24' | '198.51.100.0/26' | DIVERGES",
                "network | '192.0.2.64/26' | '192.0.2.0/24' | DIVERGES",
                "nameservers | ['a.ns.example','b.ns.example'] | ['B.ns.example.','a.ns.example'] | AGREES",
                "nameservers | ['a.ns.example','b.ns.example'] | ['a.ns.example'] | DIVERGES",
                "names | ['acme.example'] | ['acme.example','www.acme.example'] | AGREES",
                "names | ['acme.example'] | ['www.acme.example'] | DIVERGES",
                "runs-on | 'hv-1' | ['hv-1'] | AGREES",
                "runs-on | 'hv-1' | 'hv-2' | DIVERGES",
                // names and versions
                "hostname | 'shop-db-1' | 'shop-db-1.acme.example' | AGREES",
                "hostname | 'shop-db-1' | 'shop-db-10' | DIVERGES",
                "fqdn | 'Shop-DB-1.acme.example' | 'shop-db-1.acme.example.' | AGREES",
                "postgresql.version | 18 | '18.1' | AGREES",
                "postgresql.version | 18 | '17.6' | DIVERGES",
                "postgresql.version | '18' | '180' | DIVERGES",
                "postgresql.version | '1.1' | '1.10' | DIVERGES",
                "postgresql.version | '17.6' | '17.6 (Debian 17.6-1.pgdg12+1)' | AGREES",
                "postgresql.version | '18' | '2:18.1-1.pgdg120+1' | AGREES",
                "postgresql.version | '18.0' | '18' | AGREES",
                "openssh.version | '9.2' | '9.2p1' | AGREES",
                "app.version | 'v1.2' | '1.2.3' | AGREES",
                "os.version | '12.11' | '12' | UNKNOWN",
                "os.version | '12' | '12 (bookworm)' | AGREES",
                "os.version | '13' | '12.11' | DIVERGES",
                "os.name | 'Debian' | 'Debian GNU/Linux' | AGREES",
                "os.name | 'Debian' | 'Ubuntu' | DIVERGES",
                "vendor | 'Dell' | 'Dell Inc.' | AGREES",
                "model | 'PowerEdge M630' | 'poweredge m630' | AGREES",
                "model | 'PowerEdge M630' | 'PowerEdge M640' | DIVERGES",
                "architecture | 'amd64' | 'x86_64' | AGREES",
                // processors
                "cpu.model | 'XeonE-2386G' | 'Intel(R) Xeon(R) E-2386G CPU @ 3.50GHz' | AGREES",
                "cpu.model | 'Intel Xeon-E 2386G' | 'XeonE-2386G' | AGREES",
                "cpu.model | 'Intel Xeon-E 2386G - 6c/12t' | 'Intel(R) Xeon(R) E-2386G CPU @ 3.50GHz' | AGREES",
                "cpu.model | 'Xeon-E 2388G' | 'XeonE-2386G' | DIVERGES",
                "cpu.model | 'Xeon E-2386' | 'XeonE-2386G' | DIVERGES",
                "cpu.model | 'Epyc7763' | 'AMD EPYC 7763 64-Core Processor' | AGREES",
                "cpu.model | 'AMD EPYC 7763' | 'AMD EPYC 7713 64-Core Processor' | DIVERGES",
                "cpu.model | 'AMD Ryzen 5 3600' | 'AMD Ryzen 5 3600 6-Core Processor' | AGREES",
                "cpu.model | 'AMD Ryzen 5 3600' | 'AMD Ryzen 7 3700X 8-Core Processor' | DIVERGES",
                "cpu.model | 'AMD Ryzen 5 3600' | 'AMD Ryzen 5 3600X 6-Core Processor' | DIVERGES",
                "cpu.model | 'Ryzen 9 5950X' | 'AMD Ryzen 9 5950X 16-Core Processor' | AGREES",
                "cpu.model | 'Ryzen 7 5700G' | 'AMD Ryzen 7 5700G with Radeon Graphics' | AGREES",
                "cpu.model | 'Xeon E5-2683 v3' | 'Intel(R) Xeon(R) CPU E5-2683 v3 @ 2.00GHz' | AGREES",
                "cpu.model | 'Xeon E5-2683v3' | 'Intel(R) Xeon(R) CPU E5-2683 v3 @ 2.00GHz' | AGREES",
                "cpu.model | 'Xeon E5-2683 v4' | 'Intel(R) Xeon(R) CPU E5-2683 v3 @ 2.00GHz' | DIVERGES",
                "cpu.model | 'Xeon E5-2683' | 'Intel(R) Xeon(R) CPU E5-2683 v3 @ 2.00GHz' | DIVERGES",
                "cpu.model | '2x Xeon E5-2620' | ' Intel(R) Xeon(R) CPU E5-2620 0 @ 2.00GHz   ' | AGREES",
                "cpu.model | 'Xeon Gold 6226R' | 'Intel(R) Xeon(R) Gold 6226R CPU @ 2.90GHz' | AGREES",
                "cpu.model | 'Xeon Gold 5218' | 'Intel(R) Xeon(R) Gold 5218R CPU @ 2.10GHz' | DIVERGES",
                "cpu.model | 'Xeon Gold 6226R' | 'Intel(R) Xeon(R) Silver 6226R' | DIVERGES",
                "cpu.model | 'Core i7-6700' | 'Intel(R) Core(TM) i7-6700 CPU @ 3.40GHz' | AGREES",
                "cpu.model | 'i9-13900' | '13th Gen Intel(R) Core(TM) i9-13900' | AGREES",
                "cpu.model | 'i7-6700' | 'Intel(R) Core(TM) i7-6700K CPU @ 4.00GHz' | DIVERGES",
                "cpu.model | 'Intel Xeon X5650 2.67 GHz' | 'Intel(R) Xeon(R) CPU           X5650  @ 2.67GHz' | AGREES",
                "cpu.model | 'XeonE-2386G' | 'Intel(R) Xeon(R) Processor' | UNKNOWN",
                "cpu.model | 'XeonE-2386G' | 'Intel Xeon Processor (Skylake, IBRS)' | UNKNOWN",
                "cpu.model | 'XeonE-2386G' | 'QEMU Virtual CPU version 2.5+' | UNKNOWN",
                "cpu.model | 'XeonE-2386G' | 'Common KVM processor' | UNKNOWN",
                "cpu.model | 'XeonE-2386G' | 'AMD EPYC Processor' | DIVERGES",
                "cpu.model | 'XeonE-2386G' | 'AMD EPYC 7763 64-Core Processor' | DIVERGES",
                "cpu.model | 'Ampere Altra Q80-30' | 'Ampere(R) Altra(R) Processor Q80-30' | AGREES",
                // state
                "state | 'ok' | 'ok'       | AGREES",
                "state | 'ok' | 'critical' | DIVERGES",
                "state | 'ok' | 'warning'  | DIVERGES",
                "state | 'ok' | 'unknown'  | UNKNOWN",
            })
    void judges(String attribute, String expected, String seen, Verdict verdict) {
        Outcome outcome = Comparison.compare(
                vocabulary.attribute(attribute), DELIVERED_ORDERED, side(attribute, expected), side(attribute, seen));
        assertThat(outcome.verdict()).as(outcome.sentence().in(Locale.ENGLISH)).isEqualTo(verdict);
        assertThat(outcome.sentence().in(Locale.ENGLISH)).doesNotContain("{", "null");
        assertThat(outcome.sentence().in(Locale.FRENCH)).doesNotContain("{", "null");
    }

    /** Two witnesses of one stance: neither is the measure, and each may have seen a part. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "memory | '24 GiB' | '24684084 kB' | AGREES",
                "memory | '32 GiB' | '64 GiB' | DIVERGES",
                "bandwidth | '1 Gbit/s' | '10 Gbit/s' | DIVERGES",
                "addresses | ['192.0.2.2'] | ['192.0.2.2/24','fd00::2/64'] | AGREES",
                "addresses | ['192.0.2.2','192.0.2.3'] | ['192.0.2.3','192.0.2.4'] | AGREES",
                "addresses | ['192.0.2.2'] | ['192.0.2.3'] | DIVERGES",
                "addresses | ['192.0.2.2'] | [] | UNKNOWN",
                "names | ['a.example','b.example'] | ['a.example'] | AGREES",
                "names | ['a.example'] | ['b.example'] | DIVERGES",
                "os.version | '12.11' | '12' | AGREES",
                "os.version | '12' | '12.11' | AGREES",
                "hostname | 'vm.acme.example' | 'vm' | AGREES",
                "network | '192.0.2.64/26' | '192.0.2.0/24' | AGREES",
                "disks | [{'size':'512 GB','type':'nvme'}] | [{'size':'512 GB','type':'ssd'}] | AGREES",
                "cpu.model | 'Intel(R) Xeon(R) Processor' | 'XeonE-2386G' | UNKNOWN",
                "state | 'ok' | 'critical' | DIVERGES",
            })
    void judges_witnesses_evenly(String attribute, String first, String second, Verdict verdict) {
        Attribute known = vocabulary.attribute(attribute);
        Side one = side(attribute, first);
        Side other = side(attribute, second);
        assertThat(Comparison.compareWitnesses(known, one, "lshw", other, "ansible")
                        .verdict())
                .isEqualTo(verdict);
        assertThat(Comparison.compareWitnesses(known, other, "ansible", one, "lshw")
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DELIVERED_ORDERED | memory | '64 GiB' | '32 GiB'"
                        + " | 32 GiB delivered where 64 GiB were ordered"
                        + " | Livré avec 32_Gio alors que 64_Gio étaient commandés",
                "DEPLOYED_INTENDED | postgresql.version | '18' | '17.6'"
                        + " | PostgreSQL 17.6 is installed where 18 is wished"
                        + " | PostgreSQL 17.6 est installé alors que la version 18 est souhaitée",
                "DEPLOYED_INTENDED | nginx.version | '1.28' | '1.22.1'"
                        + " | nginx 1.22.1 is installed where 1.28 is wished"
                        + " | nginx 1.22.1 est installé alors que la version 1.28 est souhaitée",
                "DELIVERED_ORDERED | cpu.cores | 8 | 4"
                        + " | Cores: 4 delivered where 8 was ordered"
                        + " | Cœurs_: 4 à la livraison alors que la commande dit 8",
                "DELIVERED_ORDERED | disks | [{'size':'512 GB','type':'nvme'},{'size':'512 GB','type':'nvme'}]"
                        + " | [{'size':'512 GB','type':'nvme'}]"
                        + " | 512 GB NVMe delivered where 2 × 512 GB NVMe were ordered"
                        + " | Livré avec 512_Go NVMe alors que la commande dit 2_×_512_Go NVMe",
                "MONITORED_EXPECTED | state | 'ok' | 'critical'"
                        + " | State: monitoring says critical where OK is expected"
                        + " | État_: la supervision dit critique alors que l’on attend OK",
                "ORDERED_INTENDED | price.monthly | '100 EUR' | '119.99 EUR'"
                        + " | Monthly price: €119.99 ordered where €100.00 was wished"
                        + " | Prix mensuel_: la commande dit 119,99_€ alors que le souhait dit 100,00_€",
                "DEPLOYED_INTENDED | memory | '64 GiB' | '62.8 GiB'"
                        + " | Memory: 62.8 GiB deployed for 64 GiB wished; a kernel counts what it may use of it"
                        + " | Mémoire_: 62,8_Gio au déploiement pour 64_Gio au souhait_;"
                        + " un noyau compte ce qu’il peut en utiliser",
                "DELIVERED_ORDERED | cpu.cores | 8 | 8"
                        + " | Cores: 8 delivered as ordered"
                        + " | Cœurs_: 8 à la livraison comme à la commande",
            })
    void says_it_in_both_languages(
            Pair pair, String attribute, String expected, String seen, String english, String french) {
        Outcome outcome = Comparison.compare(
                vocabulary.attribute(attribute), pair, side(attribute, expected), side(attribute, seen));
        assertThat(outcome.sentence().in(Locale.ENGLISH)).isEqualTo(english);
        assertThat(outcome.sentence().in(Locale.FRENCH)).isEqualTo(french.replace("_", NO_BREAK));
    }

    @Test
    void names_the_witnesses_who_contradict_one_another() {
        Outcome outcome = Comparison.compareWitnesses(
                vocabulary.attribute("memory"),
                side("memory", "'64 GiB'"),
                "Claire Morel",
                side("memory", "'32 GiB'"),
                "ansible@bastion");
        assertThat(outcome.verdict()).isEqualTo(Verdict.DIVERGES);
        assertThat(outcome.sentence().in(Locale.ENGLISH))
                .isEqualTo("Memory: Claire Morel says 64 GiB, ansible@bastion says 32 GiB");
    }

    @ParameterizedTest
    @EnumSource
    void what_nobody_witnessed_is_unknown(Pair pair) {
        Outcome outcome = Comparison.compare(vocabulary.attribute("memory"), pair, side("memory", "'64 GiB'"), null);
        assertThat(outcome.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(outcome.sentence().in(Locale.ENGLISH)).contains("64 GiB");
        assertThat(outcome.sentence().in(Locale.FRENCH)).contains("64" + NO_BREAK + "Gio");
    }

    @Test
    void an_unknown_rule_judges_nothing() {
        Attribute odd = Vocabulary.parseAttribute(json("{'name':'odd','type':'text','rule':'by-smell'}"));
        Outcome outcome = Comparison.compare(odd, DEPLOYED_INTENDED, new Side(json("'a'")), new Side(json("'b'")));
        assertThat(Comparison.compares(odd)).isFalse();
        assertThat(outcome.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tolerance 5%", "tolerance 0.5%", "tolerance 100%", "equal", "disks"})
    void knows_its_rules(String rule) {
        assertThat(Comparison.knows(rule)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tolerance", "tolerance %", "tolerance 5", "tolerance 101%", "tolerance -5%", "Equal"})
    void knows_no_others(String rule) {
        assertThat(Comparison.knows(rule)).isFalse();
    }

    @Test
    void every_rule_of_the_vocabulary_exists_and_every_rule_is_used() {
        Set<String> named = new TreeSet<>();
        for (Attribute attribute : vocabulary.attributes()) {
            if (attribute.rule() != null) {
                assertThat(Comparison.knows(attribute.rule()))
                        .as(attribute.name())
                        .isTrue();
                named.add(attribute.rule());
            }
        }
        assertThat(named).containsAll(Comparison.ruleNames());
    }

    /** A definition may come after the facts: whatever was kept until then must not break a rule. */
    @Test
    void no_value_breaks_a_rule() {
        String[] odd = {
            "'x'", "''", "1", "-1.5", "true", "null", "[]", "[1,'x',{},[]]", "{}", "{'amount':'a','currency':1}"
        };
        for (Attribute attribute : vocabulary.attributes()) {
            if (Comparison.compares(attribute)) {
                for (String left : odd) {
                    for (String right : odd) {
                        Side expected = new Side(json(left), json(left));
                        Side seen = new Side(json(right), json(right));
                        Outcome outcome = Comparison.compare(attribute, DELIVERED_ORDERED, expected, seen);
                        assertThat(outcome.sentence().in(Locale.FRENCH)).isNotBlank();
                        assertThat(Comparison.compareWitnesses(attribute, expected, "a", seen, "b"))
                                .isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void every_sentence_exists_in_both_languages_with_the_same_places() {
        Map<String, String> english = Bundles.of("org.minventory.conformity.sentences", Locale.ENGLISH);
        Map<String, String> french = Bundles.of("org.minventory.conformity.sentences", Locale.FRENCH);
        assertThat(french.keySet()).isEqualTo(english.keySet());
        english.forEach(
                (key, sentence) -> assertThat(places(french.get(key))).as(key).isEqualTo(places(sentence)));
        Set<String> general = Arrays.stream(Pair.values())
                .flatMap(pair -> Arrays.stream(
                                new String[] {"diverges.", "agrees.", "agrees.because.", "unknown.because.", "missing."
                                })
                        .map(kind -> kind + pair.word()))
                .collect(Collectors.toSet());
        assertThat(english.keySet()).containsAll(general);
    }

    private static Set<String> places(String sentence) {
        Set<String> places = new TreeSet<>();
        for (int at = sentence.indexOf('{'); at >= 0; at = sentence.indexOf('{', at + 1)) {
            places.add(sentence.substring(at, at + 3));
        }
        return places;
    }

    @Test
    void pairs_are_found_by_their_stances() {
        assertThat(Pair.of("delivered", "ordered")).isEqualTo(DELIVERED_ORDERED);
        assertThat(Pair.of("ordered", "delivered")).isNull();
        assertThat(Pair.of("witness", "witness")).isNull();
        assertThat(Verdict.AGREES.worse(Verdict.UNKNOWN)).isEqualTo(Verdict.UNKNOWN);
        assertThat(Verdict.UNKNOWN.worse(Verdict.DIVERGES)).isEqualTo(Verdict.DIVERGES);
    }

    private Side side(String attribute, String told) {
        JsonNode json = json(told);
        return new Side(vocabulary.normalise(attribute, json).value(), json);
    }
}
