package org.minventory.integration.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.Tool;
import tools.jackson.databind.JsonNode;

/** The files that are taken out, read by the tools for which they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportsTest {
    private static final String ED25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIDExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTEx";

    private final Story.StandingClock clock = new Story.StandingClock();
    private final Story story = Story.fresh(clock);
    private Path folder;

    @BeforeAll
    void tell(@TempDir Path given) {
        folder = given;
        tell(
                story.ops,
                "{'kind': 'wish', 'element': 'web-1', 'type': 'server', 'facts': {'fqdn': 'www.shop.example',"
                        + " 'ansible_user': 'deploy', 'ansible_port': 2222, 'ssh.jump': 'gate', 'tags': ['web', 'prod'],"
                        + " 'model': 'R640', 'vendor': 'Dell', 'site': 'GRA', 'label': '=1+1', 'project': 'shop $HOME$'}}");
        tell(
                story.ops,
                "{'kind': 'delivery-notice', 'element': 'web-1', 'facts': {'addresses': ['192.0.2.10/24',"
                        + " '2001:db8::10/64'], 'reverse': 'web-1.shop.example'}}");
        tell(
                story.ansible,
                "{'kind': 'delivery-survey', 'element': 'web-1', 'facts': {'fqdn': 'login.bank.example',"
                        + " 'hostkeys': ['ssh-ed25519 " + ED25519 + "', 'ssh-rsa AAAA', 'ssh-ed25519 AAAA\\nx y']}}");
        tell(story.ops, "{'kind': 'wish', 'element': 'gate', 'type': 'server', 'facts': {'address': '192.0.2.1'}}");
        tell(story.ops, "{'kind': 'commissioning', 'element': 'gate'}");
        tell(story.ops, "{'kind': 'wish', 'element': 'db-1.shop.example', 'type': 'virtual-machine', 'facts': {}}");
        tell(
                story.ansible,
                "{'kind': 'delivery-survey', 'element': 'db-1.shop.example', 'facts': {'addresses': ['192.0.2.11/24'],"
                        + " 'memory': '8 GiB', 'cpu.cores': 4, 'disks': [{'size': '50 GB'}], 'runs-on': ['web-1']}}");
        tell(
                story.ops,
                "{'kind': 'wish', 'element': 'shop', 'type': 'service', 'facts': {'runs-on': ['web-1'],"
                        + " 'names': ['shop.example', 'static.shop.example', 'www.shop.example', 'api.shop.example']}}");
        tell(story.ops, "{'kind': 'commissioning', 'element': 'shop'}");
        tell(
                story.ops,
                "{'kind': 'wish', 'element': 'net', 'type': 'ip-range', 'facts': {'range': '198.51.100.1-198.51.100.4'}}");
        tell(story.ops, "{'kind': 'commissioning', 'element': 'net'}");
        tell(
                story.ops,
                "{'kind': 'wish', 'element': 'shop-domain', 'type': 'domain', 'facts': {'fqdn': 'shop.example',"
                        + " 'nameservers': ['ns1.shop.example', 'ns.hoster.example']}}");
        tell(story.ops, "{'kind': 'commissioning', 'element': 'shop-domain'}");
        tell(
                story.ops,
                "{'customer': 'globex', 'kind': 'delivery-notice', 'element': 'gate', 'create': true, 'type': 'server',"
                        + " 'facts': {'address': '203.0.113.1'}}");
    }

    @AfterAll
    void close() {
        story.close();
    }

    private void tell(String token, String testimony) {
        String said =
                testimony.contains("'customer'") ? testimony : testimony.replaceFirst("\\{", "{'customer': 'acme', ");
        Reply reply = story.post(token, "/api/v1/testimonies", said);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    private Reply export(String which) {
        Reply reply = story.get(story.ops, "/exports/" + which);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private Path kept(String name, Reply reply) {
        try {
            Path file = folder.resolve(name);
            Files.write(file, reply.bytes());
            return file;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void sshGoesWhereTheInventorySays() {
        Path config = kept("config", export("ssh-config?customer=acme"));
        String web = ssh(config, "web-1");
        assertThat(web)
                .contains("hostname 192.0.2.10\n", "user deploy\n", "port 2222\n", "proxyjump gate\n")
                .contains("hostkeyalias web-1\n");
        assertThat(ssh(config, "www.shop.example")).contains("hostname 192.0.2.10\n");
        assertThat(ssh(config, "db-1")).contains("hostname 192.0.2.11\n", "hostkeyalias db-1.shop.example\n");
        assertThat(ssh(config, "login.bank.example")).contains("hostname login.bank.example\n");
    }

    /** Two customers' machines are never one. */
    @Test
    void aSharedNameHasItsCustomerBehindIt() {
        Path config = kept("both", export("ssh-config"));
        assertThat(ssh(config, "gate.acme")).contains("hostname 192.0.2.1\n");
        assertThat(ssh(config, "gate.globex")).contains("hostname 203.0.113.1\n");
        assertThat(ssh(config, "gate")).contains("hostname gate\n");
        assertThat(ssh(config, "web-1")).contains("proxyjump gate.acme\n");
    }

    private String ssh(Path config, String host) {
        return Tool.run(folder, "ssh", "-F", config.toString(), "-G", host);
    }

    @Test
    void sshKnowsTheKeysOfHosts() {
        Reply known = export("known-hosts?customer=acme");
        assertThat(known.header("Minventory-Skipped")).isEqualTo("3");
        Path file = kept("known_hosts", known);
        for (String name : List.of("web-1", "www.shop.example", "192.0.2.10", "[192.0.2.10]:2222", "2001:db8::10"))
            assertThat(Tool.run(folder, "ssh-keygen", "-F", name, "-f", file.toString()))
                    .contains(ED25519);
        assertThat(Tool.run(folder, "ssh-keygen", "-l", "-f", file.toString())).contains("(ED25519)");
        assertThat(known.text()).doesNotContain("login.bank.example");
    }

    @Test
    void hostsStandBetweenTheirMarks() {
        assertThat(export("hosts?customer=acme").text()).isEqualTo("""
                # BEGIN Minventory
                192.0.2.11 db-1.shop.example db-1
                192.0.2.1 gate
                192.0.2.10 www.shop.example web-1
                2001:db8::10 www.shop.example web-1
                # left out: 1
                # END Minventory
                """);
    }

    @Test
    void aZoneIsAccepted() {
        Reply reply = export("zone?customer=acme&zone=shop.example");
        String zone = reply.text();
        String checked = checkzone("shop.example", reply);
        assertThat(checked).contains("OK");
        assertThat(zone)
                .contains("www.shop.example. IN A 192.0.2.10\n", "www.shop.example. IN AAAA 2001:db8::10\n")
                .contains("www.shop.example. IN SSHFP 4 2 ", "db-1.shop.example. IN A 192.0.2.11\n")
                .contains("gate.shop.example. IN A 192.0.2.1\n", "shop.example. IN NS ns.hoster.example.\n")
                .contains("static.shop.example. IN CNAME www.shop.example.\n", "shop.example. IN A 192.0.2.10\n")
                .doesNotContain("www.shop.example. IN CNAME", "ns1.shop.example", "bank");
        String asked = export("zone?customer=acme&zone=Shop.Example.&ns=ns1.other.example,gate.shop.example")
                .text();
        assertThat(asked).contains("SOA ns1.other.example. hostmaster.shop.example.");
        assertThat(story.get(story.ops, "/exports/zone?zone=shop.example&ns=ns9.shop.example")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aZoneOfAddressesIsAccepted() {
        Reply four = export("zone?customer=acme&zone=2.0.192.in-addr.arpa");
        assertThat(checkzone("2.0.192.in-addr.arpa", four)).contains("OK");
        assertThat(four.text())
                .contains("10.2.0.192.in-addr.arpa. IN PTR web-1.shop.example.\n")
                .contains("11.2.0.192.in-addr.arpa. IN PTR db-1.shop.example.\n");
        Reply six = export("zone?customer=acme&zone=8.b.d.0.1.0.0.2.ip6.arpa");
        assertThat(checkzone("8.b.d.0.1.0.0.2.ip6.arpa", six)).contains("OK");
        assertThat(six.text())
                .contains("0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. IN PTR"
                        + " www.shop.example.\n");
    }

    private String checkzone(String zone, Reply reply) {
        return Tool.run(
                folder,
                "named-checkzone",
                "-k",
                "fail",
                "-n",
                "fail",
                zone,
                kept("zone", reply).toString());
    }

    @Test
    void theSerialGrowsWithTheRecord() {
        long before = serial();
        clock.pass(Duration.ofSeconds(1));
        tell(story.ops, "{'kind': 'note', 'element': 'gate', 'note': 'a word'}");
        assertThat(serial()).isGreaterThan(before);
    }

    private long serial() {
        String zone = export("zone?zone=shop.example").text();
        return Long.parseLong(zone.replaceAll("(?s).* IN SOA \\S+ \\S+ (\\d+) .*", "$1"));
    }

    @Test
    void firewallsGetFewBlocks() {
        assertThat(export("cidr?customer=acme").text()).isEqualTo("""
                192.0.2.1/32
                192.0.2.10/31
                2001:db8::10/128
                """);
        assertThat(export("cidr?tag=web&family=6").text()).isEqualTo("2001:db8::10/128\n");
        assertThat(export("cidr?type=ip-range").text())
                .isEqualTo("198.51.100.1/32\n198.51.100.2/31\n198.51.100.4/32\n");
        assertThat(story.get(story.ops, "/exports/cidr?family=5").status()).isEqualTo(400);
    }

    @Test
    void tablesComputeNothing() {
        assertThat(export("csv?customer=acme").text().lines().toList())
                .hasSize(7)
                .first()
                .asString()
                .startsWith("customer,id,name,");
        assertThat(export("csv?customer=acme&form=netbox")
                        .text()
                        .lines()
                        .toList()
                        .get(2))
                .startsWith("web-1,server,Dell,R640,,staged,GRA,acme,,'=1+1,Minventory ")
                .endsWith("\"prod,web\"");
        assertThat(export("csv?customer=acme&form=netbox&type=virtual-machine")
                        .text()
                        .lines()
                        .toList()
                        .get(1))
                .startsWith("db-1.shop.example,staged,,acme,,4,8192,50000,,Minventory ");
        assertThat(story.get(story.ops, "/exports/csv?form=excel").status()).isEqualTo(400);
        assertThat(story.get(story.ops, "/exports/csv?form=netbox&type=domain").status())
                .isEqualTo(400);
    }

    @Test
    void jsonIsWholeOrFlat() {
        JsonNode whole = export("json?customer=acme").json();
        assertThat(whole).hasSize(6);
        assertThat(whole.get(0).at("/knowledge/memory/delivered/value").longValue())
                .isEqualTo(8L << 30);
        JsonNode flat = export("json?customer=acme&flat").json();
        assertThat(flat).hasSize(3);
        JsonNode db = flat.get(0);
        assertThat(db.at("/hostname").stringValue()).isEqualTo("db-1.shop.example");
        assertThat(db.at("/parent").stringValue()).isEqualTo("web-1");
        JsonNode web = flat.get(2);
        assertThat(web.at("/address").stringValue()).isEqualTo("192.0.2.10");
        assertThat(web.at("/address6").stringValue()).isEqualTo("2001:db8::10");
        assertThat(web.at("/project").isNull()).as("a macro").isTrue();
        for (JsonNode one : flat)
            assertThat(one.properties())
                    .allMatch(member -> member.getKey().matches("[a-z0-9_]+"))
                    .noneMatch(member -> member.getValue().isContainer());
    }

    @Test
    void onlyWhatIsKnownMayBeAsked() {
        assertThat(story.get(story.ops, "/exports/excel").status()).isEqualTo(404);
        assertThat(story.get(story.ops, "/exports/hosts?zone=shop.example").status())
                .isEqualTo(400);
        assertThat(story.get(story.ops, "/exports/zone").status()).isEqualTo(400);
        assertThat(story.get(story.ops, "/exports/zone?zone=a_b.example").status())
                .isEqualTo(400);
        assertThat(story.get(story.ops, "/exports/hosts", "Accept", "application/json")
                        .status())
                .isEqualTo(406);
        assertThat(story.get(story.stranger, "/exports/hosts").text()).doesNotContain("web-1");
        assertThat(story.get(story.stranger, "/exports/hosts?customer=acme").status())
                .isEqualTo(404);
        Reply hosts = export("hosts");
        assertThat(story.get(story.ops, "/exports/hosts", "If-None-Match", hosts.header("ETag"))
                        .status())
                .isEqualTo(304);
    }
}
