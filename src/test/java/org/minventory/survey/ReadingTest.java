package org.minventory.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ReadingTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "7.0, 7",
        "'\"7\"', 7",
        "'\" 7 \"', 7",
        "0, 0",
        "9007199254740992, 9007199254740992",
        "7e3, 7000"
    })
    void aWholeNumberIsReadAsANumberOrAsItsDigits(String json, long expected) {
        assertThat(Reading.count(JSON.readTree(json))).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "7.5",
                "9007199254740994",
                "1e300",
                "null",
                "true",
                "[7]",
                "{}",
                "\"7 GB\"",
                "\"\"",
                "\"-7\"",
                "\"99999999999999999999\"",
                "\"٧\""
            })
    void anythingElseIsSilence(String json) {
        assertThat(Reading.count(JSON.readTree(json))).isEmpty();
    }

    @Test
    void whatIsTooLargeToBeTrueIsSilence() {
        OptionalLong large = OptionalLong.of(Reading.LARGEST);

        assertThat(Reading.product(large, OptionalLong.of(1))).isEqualTo(large);
        assertThat(Reading.product(large, OptionalLong.of(2))).isEmpty();
        assertThat(Reading.product(large, large)).isEmpty();
        assertThat(Reading.product(large, OptionalLong.empty())).isEmpty();
        assertThat(Reading.sum(List.of(Reading.LARGEST, 1L))).isEmpty();
        assertThat(Reading.sum(List.of())).isEmpty();
        assertThat(Reading.sum(List.of(1L, 2L))).hasValue(3);
    }

    @Test
    void spacesAndControlCharactersAreMended() {
        assertThat(Reading.text("  Xeon(R)  CPU \u0000\t E5 ")).contains("Xeon(R) CPU E5");
        assertThat(Reading.text("half \uD83D")).isEmpty();
        assertThat(Reading.text("x".repeat(1001))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.10, 24, 192.0.2.10/24",
        "192.0.2.10, 33, 192.0.2.10",
        "FD00::2, 64, fd00::2/64",
        "2001:db8::1, 129, 2001:db8::1"
    })
    void anAddressIsToldWithTheNetworkItIsIn(String address, int prefix, String expected) {
        assertThat(Addresses.withPrefix(address, OptionalInt.of(prefix))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "169.254.1.1",
                "fe80::1",
                "fe80::1%eth0",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "localhost",
                "",
                "[::2]",
                "2130706433",
                "1:2"
            })
    void anAddressNobodyElseCanReachIsNotTold(String address) {
        assertThat(Addresses.reachable(address)).isEmpty();
    }

    @Test
    void addressesStandInTheOrderOfTheirBytes() {
        assertThat(Stream.of(
                                "fd00::2/64",
                                "203.0.113.10/25",
                                "10.0.0.5/24",
                                "203.0.113.2",
                                "203.0.113.2/32",
                                "2001:db8::1")
                        .sorted(Addresses.IN_ORDER))
                .containsExactly(
                        "10.0.0.5/24", "203.0.113.2/32", "203.0.113.2", "203.0.113.10/25", "2001:db8::1", "fd00::2/64");
    }

    @ParameterizedTest
    @CsvSource({"255.255.255.0, 24", "255.255.255.255, 32", "0.0.0.0, 0", "255.255.254.0, 23"})
    void aNetmaskIsAPrefix(String netmask, int prefix) {
        assertThat(Addresses.prefixOfNetmask(netmask)).hasValue(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"255.0.255.0", "0.0.0.255", "x", "", "255.255.255"})
    void aNetmaskWithAGapIsNone(String netmask) {
        assertThat(Addresses.prefixOfNetmask(netmask)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sda", "vdb", "xvda", "nvme0n1", "mmcblk0", "pmem0", "dasda", "hda"})
    void disksOfTheMachine(String name) {
        assertThat(Devices.isDisk(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loop0",
                "ram15",
                "zram0",
                "dm-3",
                "md127",
                "sr0",
                "fd0",
                "nbd1",
                "zd16",
                "nvme0",
                "nvme0c1n1",
                "mmcblk0boot0",
                "hwmon1",
                "ng0n1",
                ""
            })
    void devicesThatAreNone(String name) {
        assertThat(Devices.isDisk(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eth0",
                "eno1",
                "enp1s0f0",
                "ens3",
                "bond0",
                "vmbr0",
                "eno1.100",
                "wg0",
                "tun0",
                "ib0",
                "lan0",
                "br0"
            })
    void portsOfTheMachine(String name) {
        assertThat(Devices.isPort(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lo",
                "docker0",
                "veth1a2b",
                "br-12ab34",
                "ifb0",
                "virbr0",
                "vnet3",
                "cni0",
                "cali12",
                "flannel.1",
                "kube-ipvs0",
                "tunl0",
                "sit0",
                ""
            })
    void portsThatAreNone(String name) {
        assertThat(Devices.isPort(name)).isFalse();
    }

    @Test
    void namesStandInTheOrderInWhichPeopleCount() {
        assertThat(Stream.of("nvme10n1", "sdb", "nvme2n1", "sdaa", "eth01", "eth1", "eth" + "9".repeat(50))
                        .sorted(Devices.AS_PEOPLE_COUNT))
                .containsExactly("eth01", "eth1", "eth" + "9".repeat(50), "nvme2n1", "nvme10n1", "sdaa", "sdb");
    }
}
