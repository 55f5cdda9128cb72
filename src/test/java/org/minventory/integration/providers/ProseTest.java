package org.minventory.integration.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Lines that providers wrote for people: what is certain is read, what is not stays unknown. */
class ProseTest {
    private static Prose prose(String lines) {
        Prose prose = new Prose();
        for (String line : lines.split("\\\\n", -1)) prose.read(line, true);
        return prose;
    }

    private static String disks(Prose prose) {
        return prose.disks().stream().map(ProseTest::disk).collect(Collectors.joining(" "));
    }

    private static String disk(JsonNode disk) {
        return disk.get("size").longValue() / 1_000_000_000 + disk.path("type").asString("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            6x RAM 4096 MB DDR3              ; 24576
            64 GB DDR4 RAM                   ; 65536
            64GB DDR4 ECC 3200MHz            ; 65536
            4x RAM 16384 MB DDR4 ECC reg.    ; 65536
            2 x 32 Go DDR5 ECC 5600 MHz      ; 65536
            128 GB ECC RAM                   ; 131072
            1,5 TB DDR4 ECC                  ; 1572864
            mémoire 32 Go                    ; 32768
            RAM                              ; -
            up to 128 GB DDR4                ; -
            64 GB or 128 GB DDR4             ; -
            64 GB DDR4\\n32 GB DDR4          ; -
            + 32 GB DDR4 upgrade             ; -
            64 GB                            ; -
            999999 TB RAM                    ; -
            0 GB RAM                         ; -
            GPU with 24 GB memory            ; -
            128 GB NVMe cache, 64 GB RAM     ; 65536
            SSD cache with 64 GB RAM         ; -
            """)
    void memoryIsBinaryAndOnlyToldWhereItIsCertain(String lines, Long mebibytes) {
        Prose prose = prose(lines);
        assertThat(prose.memory().isPresent() ? prose.memory().getAsLong() >> 20 : null)
                .isEqualTo(mebibytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            2x HDD 1,5 TB SATA                       ; 1500hdd 1500hdd
            2 x 512 GB NVMe SSD                      ; 512nvme 512nvme
            2x SSD M.2 NVMe 512 GB                   ; 512nvme 512nvme
            4x HDD 4,0 TB SATA Enterprise 7.200 rpm  ; 4000hdd 4000hdd 4000hdd 4000hdd
            2x SSD SATA 240 GB\\n1x HDD 2,0 TB SATA  ; 240ssd 240ssd 2000hdd
            2x480GB SSD + 2x4TB HDD                  ; 480ssd 480ssd 4000hdd 4000hdd
            2 × 1.92 TB NVMe, Soft RAID 1            ; 1920nvme 1920nvme
            1x 600 GB SAS 6 Gb/s                     ; 600sas
            512 GB NVMe SSD                          ; -
            2x SSD 480 GB\\n2 TB HDD                 ; -
            2x 1 TB or 2x 2 TB SATA                  ; -
            100000x 1 TB SATA                        ; -
            999x 1 TB SATA                           ; -
            RAID Controller 4-Port SATA              ; -
            500 GB FTP storage                       ; -
            """)
    void disksAreDecimalAndAllOfThemOrNone(String lines, String expected) {
        assertThat(disks(prose(lines))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            RISE-3 | Intel Xeon-E 2386G - 6c/12t - location pour 1 mois ; Intel Xeon-E 2386G ; 6
            AMD Ryzen 5 3600                                            ; AMD Ryzen 5 3600   ; -
            AMD Ryzen 5 3600 Hexa-Core "Matisse" (Zen2)                 ; AMD Ryzen 5 3600   ; -
            Intel® Core™ i5-13500 14 Core Raptor Lake                   ; Intel® Core™ i5-13500 ; -
            2x Intel Xeon Gold 6226R - 32c/64t                          ; Intel Xeon Gold 6226R ; -
            Intel Xeon or AMD EPYC\\nAMD EPYC 7502P                     ; -                  ; -
            """)
    void aProcessorIsToldByItsName(String lines, String model, Long cores) {
        Prose prose = prose(lines);
        assertThat(prose.processor().orElse(null)).isEqualTo(model);
        assertThat(prose.cores().isPresent() ? prose.cores().getAsLong() : null).isEqualTo(cores);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            1 Gbit/s       ; 1000000000
            1 GBit/s-Port  ; 1000000000
            100 Mbit/s     ; 100000000
            2,5 Gbps       ; 2500000000
            2x 10 Gbit/s   ; -
            """)
    void bandwidthIsReadWhereTheLineSaysNothingElse(String line, Long bits) {
        Prose prose = prose(line);
        assertThat(prose.bandwidth().isPresent() ? prose.bandwidth().getAsLong() : null)
                .isEqualTo(bits);
    }
}
