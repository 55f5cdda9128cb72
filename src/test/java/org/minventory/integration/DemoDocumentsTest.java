package org.minventory.integration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minventory.integration.ansible.SetupFacts;
import org.minventory.integration.lshw.LshwSurvey;
import org.minventory.survey.Surveyed;

/** What the demo posts says what its story needs. */
class DemoDocumentsTest {

    private static final String DEMO = "/org/minventory/cli/demo/";

    @Test
    void theDatabaseServerCameWithHalfItsMemory() {
        Surveyed survey = LshwSurvey.read(Samples.read(DEMO + "lshw-shop-db-1.json"), null);

        assertThat(survey.name()).isEqualTo("shop-db-1");
        assertThat(survey.scrubbed()).isEmpty();
        assertThat(survey.facts().get("memory").longValue()).isEqualTo(32L << 30);
        assertThat(survey.facts().get("cpu.cores").intValue()).isEqualTo(8);
        assertThat(survey.facts().get("address").stringValue()).isEqualTo("203.0.113.41");
        assertThat(survey.facts().get("disks")).isEqualTo(Samples.json("""
                                [{"name": "nvme0n1", "size": 512110190592, "type": "nvme", "model": "NVMe SSD 512GB",
                                  "serial": "DEMO-DB1-NVME0"},
                                 {"name": "nvme1n1", "size": 512110190592, "type": "nvme", "model": "NVMe SSD 512GB",
                                  "serial": "DEMO-DB1-NVME1"}]
                                """));
    }

    @ParameterizedTest
    @CsvSource({"shop-web-1, 203.0.113.42, 203.0.113.42/24", "shop-db-2, 198.51.100.66, 198.51.100.66/24"})
    void theOthersAreAsOrderedOnceTheKernelTookItsShare(String name, String address, String withPrefix) {
        Surveyed survey = (Surveyed) SetupFacts.read(Samples.read(DEMO + "ansible-" + name + ".json"), null)
                .getFirst();

        assertThat(survey.name()).isEqualTo(name);
        assertThat(survey.facts().get("memory").longValue()).isEqualTo(64_307L << 20);
        assertThat(survey.facts().get("cpu.cores").intValue()).isEqualTo(8);
        assertThat(survey.facts().get("address").stringValue()).isEqualTo(address);
        assertThat(survey.facts().get("addresses").get(0).stringValue()).isEqualTo(withPrefix);
        assertThat(survey.facts().get("disks")).hasSize(2).allSatisfy(disk -> {
            assertThat(disk.get("size").longValue()).isEqualTo(512_110_190_592L);
            assertThat(disk.get("type").stringValue()).isEqualTo("nvme");
        });
        assertThat(survey.facts()).doesNotContainKey("virtualization");
    }

    @Test
    void theApplicationServerIsTheRealMachine() {
        assertThat(Samples.read(DEMO + "ansible-intra-app-1.json")).isEqualTo(Samples.read(Samples.ANSIBLE));
        assertThat(Samples.read(DEMO + "lshw-intra-app-1.json")).isEqualTo(Samples.read(Samples.LSHW));
    }
}
