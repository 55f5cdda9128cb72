package org.minventory.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.WallClock;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.minventory.notification.channel.Outcome.Verdict;

/** No address leads inside: neither as it is written, nor by where it leads. */
class DestinationTest {
    /** The special-purpose registries of IANA for IPv4 and IPv6, and what is no unicast. */
    private static final List<String> SPECIAL = List.of(
            "0.0.0.0/8",
            "0.0.0.0/32",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.0.0/29",
            "192.0.0.8/32",
            "192.0.0.9/32",
            "192.0.0.10/32",
            "192.0.0.170/32",
            "192.0.0.171/32",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.88.99.2/32",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "255.255.255.255/32",
            "::1/128",
            "::/128",
            "::/96",
            "::ffff:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "100:0:0:1::/64",
            "2001::/23",
            "2001::/32",
            "2001:1::1/128",
            "2001:1::2/128",
            "2001:1::3/128",
            "2001:2::/48",
            "2001:3::/32",
            "2001:4:112::/48",
            "2001:10::/28",
            "2001:20::/28",
            "2001:30::/28",
            "2001:db8::/32",
            "2002::/16",
            "2620:4f:8000::/48",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    private static final List<String> INSIDE = List.of(
            "127.0.0.1",
            "0.0.0.0",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "168.63.129.16",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "fd00:ec2::254",
            "fe80::1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "2001:0:7f00:1::");

    private final Map<String, List<String>> names = Map.of(
            "hooks.example.org", List.of("93.184.215.14", "2606:2800:21f:cb07::1"),
            "xn--hks-0na1b.example.org", List.of("93.184.215.14"),
            "mixed.example.org", List.of("93.184.215.14", "127.0.0.1"),
            "six.example.org", List.of("2606:2800:21f:cb07::1", "fd00:ec2::254"),
            "empty.example.org", List.of(),
            "localhost.example.org", List.of("127.0.0.1"),
            "localhost", List.of("127.0.0.1"));

    private final List<String> asked = new ArrayList<>();

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        asked.add(name);
        List<String> machines = names.get(name);
        if (machines == null) throw new UnknownHostException(name);
        List<InetAddress> addresses = new ArrayList<>();
        for (String machine : machines) addresses.add(InetAddress.getByName(machine));
        return addresses;
    }

    private Destination check(String url, Target... allowed) {
        return Destination.check(url, new Outward(null, List.of(allowed), null), this::resolve);
    }

    private static List<String> special() {
        return SPECIAL;
    }

    private static Stream<String> inside() {
        return INSIDE.stream().map(address -> address.contains(":") ? "[" + address + "]" : address);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.org, /",
        "https://hooks.example.org/, /",
        "HTTPS://Hooks.Example.ORG:443/a/b?c=d&e=%20, /a/b?c=d&e=%20",
        "https://hooks.example.org?x=1, /?x=1",
        "https://xn--hks-0na1b.example.org//a, //a",
        "https://93.184.215.14/x, /x",
        "https://[2606:2800:21f:cb07::1]/x, /x",
        "https://[2606:2800:21F:CB07::1]/x, /x",
    })
    void thePublicInternetIsReached(String url, String path) {
        Destination destination = check(url);
        assertThat(destination.scheme()).isEqualTo("https");
        assertThat(destination.port()).isEqualTo(443);
        assertThat(destination.path()).isEqualTo(path);
        assertThat(destination.addresses()).isNotEmpty();
    }

    @Test
    void allMachinesOfANameAreKept() throws UnknownHostException {
        assertThat(check("https://hooks.example.org").addresses())
                .containsExactly(
                        InetAddress.getByName("93.184.215.14"), InetAddress.getByName("2606:2800:21f:cb07::1"));
        assertThat(asked).containsExactly("hooks.example.org");
    }

    @ParameterizedTest
    @MethodSource("inside")
    void noAddressLeadsInside(String host) {
        assertRefused("https://" + host + "/");
        assertRefused("https://" + host + ":443/");
        assertRefused("http://" + host + "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hooks.example.org",
                "//hooks.example.org/",
                "https:hooks.example.org",
                "https:/hooks.example.org",
                "https:///hooks.example.org",
                "https://",
                " https://hooks.example.org",
                "https://hooks.example.org/ ",
                "https://hooks.example.org/\r\nX: y",
                "https://hooks.example.org/\u0000",
                "https://hooks.example.org/é",
                "https://hooks.example.org/#x",
                "https://hooks.example.org/%",
                "https://hooks.example.org/%zz",
                "https://hooks.example.org/[",
                "https://hooks.example.org\\@127.0.0.1/",
                "https://hooks.example.org\\.127.0.0.1/",
                "https://hooks.example.org/\\..",
                "http://hooks.example.org/",
                "ftp://hooks.example.org/",
                "file:///etc/passwd",
                "file://hooks.example.org/etc/passwd",
                "gopher://hooks.example.org:70/_x",
                "dict://hooks.example.org/",
                "javascript:alert(1)",
                "jar:https://hooks.example.org!/",
                "https://user@hooks.example.org/",
                "https://user:pass@hooks.example.org/",
                "https://hooks.example.org@127.0.0.1/",
                "https://127.0.0.1@hooks.example.org/",
                "https://hooks.example.org:80@127.0.0.1/",
                "https://hooks.example.org:/",
                "https://hooks.example.org:0/",
                "https://hooks.example.org:0443/",
                "https://hooks.example.org:22/",
                "https://hooks.example.org:8443/",
                "https://hooks.example.org:65979/",
                "https://hooks.example.org:99999/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://017700000001/",
                "https://0x7f.1/",
                "https://0x7f.0.0.0x1/",
                "https://127.1/",
                "https://127.0.1/",
                "https://0177.0.0.1/",
                "https://127.000.000.001/",
                "https://127.0.0.1./",
                "https://1.2.3.4.5/",
                "https://256.256.256.256/",
                "https://0/",
                "https://[::ffff:7f00:1]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://[2606:2800:021f:cb07::1]/",
                "https://[2606:2800:21f:cb07:0:0:0:1]/",
                "https://[::1%25lo]/",
                "https://[fe80::1%eth0]/",
                "https://[2606:2800:21f:cb07::1%25eth0]/",
                "https://[v1.x]/",
                "https://[127.0.0.1]/",
                "https://[hooks.example.org]/",
                "https://[]/",
                "https://::1/",
                "https://localhost/",
                "https://hooks/",
                "https://hooks.example.org./",
                "https://.hooks.example.org/",
                "https://hooks..example.org/",
                "https://-hooks.example.org/",
                "https://hooks-.example.org/",
                "https://hooks_x.example.org/",
                "https://hooks.example.0x1/",
                "https://hooks.example.1/",
                "https://höoks.example.org/",
                "https://hooks。example。org/",
                "https://①②⑦.⓪.⓪.①/",
                "https://１２７.0.0.1/",
                "https://hooks%2eexample.org/",
                "https://127.0.0.1%2f.example.org/",
                "https://mixed.example.org/",
                "https://six.example.org/",
                "https://empty.example.org/",
                "https://localhost.example.org/",
                "https://nobody.example.org/"
            })
    void whateverItsDisguise(String url) {
        assertRefused(url);
    }

    /** Refused when it is kept, and again when something is to be sent. */
    private void assertRefused(String url) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> check(url));
        assertThat(refusal).as(url).isNotNull();
        assertThat(refusal.problem()).isEqualTo(Problem.UNFIT_TARGET);
        assertThat(refusal.places()).extracting(Refusal.Place::pointer).containsExactly("/channel/url");
        assertThat(refusal.sentence().in(Locale.FRENCH)).startsWith("Aucun avis ne peut être envoyé");
        try (HttpSender sender = new HttpSender(Outward.USUAL, this::resolve, WallClock.MICROSECONDS)) {
            Outcome outcome =
                    sender.post(url, new HttpSender.Post(Locale.ENGLISH, "text/plain", Map.of(), new byte[0], ""));
            assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
            assertThat(outcome.told()).isEqualTo(refusal.sentence().in(Locale.ENGLISH));
        }
    }

    @Test
    void aLongAddressIsNone() {
        assertRefused("https://hooks.example.org/" + "x".repeat(2_000));
        assertRefused("https://" + "hooks.".repeat(50) + "example.org/");
    }

    @Test
    void whichNamesThereAreInsideIsNotTold() {
        Refusal inside = catchThrowableOfType(Refusal.class, () -> check("https://localhost.example.org/"));
        Refusal nowhere = catchThrowableOfType(Refusal.class, () -> check("https://nobody.example.org/"));
        assertThat(inside.sentence().in(Locale.ENGLISH).replace("localhost.", "nobody."))
                .isEqualTo(nowhere.sentence().in(Locale.ENGLISH));
    }

    @ParameterizedTest
    @MethodSource("special")
    void noMachineOfTheInternetIsInASpecialBlock(String block) throws UnknownHostException {
        IpRange range = IpRange.parse(block);
        for (IpAddress address : List.of(range.first(), range.last()))
            assertThat(PublicInternet.holds(InetAddress.getByName(address.text())))
                    .as(address.text())
                    .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2000::1",
                "2001:200::1",
                "2001:db7:ffff::1",
                "2001:db9::1",
                "2003::1",
                "2a00::1",
                "3ffe::1",
                "3fff:1000::1"
            })
    void itsNeighboursAreOnTheInternet(String address) throws UnknownHostException {
        assertThat(PublicInternet.holds(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void anOperatorAllowsWhatIsInside() {
        assertThat(check("http://127.0.0.1:9000/x", new Target("127.0.0.1", 9_000))
                        .port())
                .isEqualTo(9_000);
        assertThat(check("https://localhost:9000/x", new Target("localhost", 9_000))
                        .addresses())
                .hasSize(1);
        assertThat(check("http://LOCALHOST/x", new Target("localhost", 80)).scheme())
                .isEqualTo("http");
        assertThat(check("http://[0::1]:9000", new Target("::1", 9_000)).host()).isEqualTo("0::1");
    }

    @Test
    void andNothingBesideIt() {
        Target one = new Target("127.0.0.1", 9_000);
        for (String url : List.of(
                "http://127.0.0.1:9001/",
                "http://127.0.0.1/",
                "https://127.0.0.1/",
                "http://localhost:9000/",
                "http://localhost.example.org:9000/",
                "http://[::ffff:127.0.0.1]:9000/",
                "http://127.1:9000/",
                "http://2130706433:9000/",
                "http://user@127.0.0.1:9000/",
                "ftp://127.0.0.1:9000/"))
            assertThat(catchThrowableOfType(Refusal.class, () -> check(url, one)))
                    .as(url)
                    .isNotNull();
    }

    @Test
    void aNameThatIsUnknownIsUnknownThoughItIsAllowed() {
        assertThat(catchThrowableOfType(
                        Refusal.class,
                        () -> check("http://nobody.example.org:9000/", new Target("nobody.example.org", 9_000))))
                .isNotNull();
    }
}
