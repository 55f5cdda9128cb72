package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minventory.element.ElementName;
import org.minventory.element.IpRange;

/** What was given of a range is an entry like any other: the record alone gives it back. */
class ClaimTest {
    private static Receipt claim(Acme acme, UUID range, Claim claim) {
        String wish = "{'kind':'wish','element':'" + range + "','type':'" + claim.type() + "'}";
        return acme.intake.take(acme.ops, acme.told(wish), claim, Intake.Manner.PLAIN);
    }

    @Test
    void aRebuildGivesBackWhatWasGivenAndFreed() {
        try (Acme acme = new Acme()) {
            UUID range = acme.tell(
                            acme.ops,
                            "{'kind':'wish','element':'lan','type':'ip-range','facts':{'range':'192.0.2.0/27','network':'192.0.2.0/24',"
                                    + "'gateway':'192.0.2.1','withheld':['192.0.2.2','192.0.2.2/31']}}")
                    .element()
                    .id();
            Claim address = new Claim(null, null);
            assertThat(address.given(claim(acme, range, address))).isEqualTo("192.0.2.4");
            Claim named = new Claim(null, "web-ip");
            assertThat(named.given(claim(acme, range, named))).isEqualTo("192.0.2.5");
            Claim block = new Claim(29, null);
            assertThat(block.given(claim(acme, range, block))).isEqualTo("192.0.2.8/29");
            assertThat(acme.count("select count(*) from address_range")).isEqualTo(6);
            acme.at("2026-11-22T11:00:00Z").tell(acme.ops, "{'kind':'decommissioning','element':'192.0.2.4'}");
            assertThat(address.given(claim(acme, range, address))).isEqualTo("192.0.2.4");
            SpineTest.same(acme);
            assertThat(address.given(claim(acme, range, address))).isEqualTo("192.0.2.6");
        }
    }

    @Test
    void aNameThatNobodyChoseGivesWay() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'192.0.2.1','type':'server'}");
            UUID range = acme.tell(
                            acme.ops,
                            "{'kind':'wish','element':'lan','type':'ip-range','facts':{'range':'192.0.2.0/27'}}")
                    .element()
                    .id();
            assertThat(claim(acme, range, new Claim(null, null)).element().name())
                    .isEqualTo("192.0.2.1-2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7/32, , 192.0.2.7",
        "192.0.2.8/29, 29, 192.0.2.8-29",
        "2001:db8::1/128, , 2001-db8--1",
        "2001:db8::/64, 64, 2001-db8--0-64",
        "::1/128, , 0--1",
        "::/64, 64, 0--0-64",
    })
    void whatIsGivenMakesAName(String given, Integer prefixLength, String name) {
        assertThat(new Claim(prefixLength, null).nameOf(IpRange.parse(given))).isEqualTo(name);
        assertThat(ElementName.fits(name)).isTrue();
    }
}
