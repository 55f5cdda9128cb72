package org.minventory.integration.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.Tool;
import tools.jackson.databind.JsonNode;

/** Inventories that people wrote for Ansible come in. */
class WrittenInventoryTest {
    private final Story story = Story.told();
    private final String customer = story.customer(story.ops, Story.name("plays"), "Plays");

    private Reply send(String token, String query, String yaml) {
        return story.send(
                token,
                "POST",
                "/api/v1/imports/ansible?customer=" + customer + query,
                yaml.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/yaml");
    }

    private JsonNode take(String query, String yaml) {
        return send(story.ops, query, yaml).expect(200);
    }

    private JsonNode element(String name) {
        return story.get(story.ops, "/api/v1/elements/" + name + "?customer=" + customer)
                .expect(200);
    }

    private static final String INVENTORY = """
            all:
              vars:
                site: GRA
                ansible_user: deploy
                nginx_worker_processes: 4
              hosts:
                lonely.example.net:
              children:
                web:
                  hosts:
                    web[01:03]:
                      memory: 16 GiB
                    web02:
                      ansible_host: 192.0.2.2
                      ansible_port: 2222
                      os_name: Debian
                      dc: two
                      ansible_become_password: hunter2
                      ansible_ssh_common_args: -o ProxyCommand="x"
                      db_password: !vault |
                        $ANSIBLE_VAULT;1.1;AES256
                        3661
                      label: "{{ lookup('pipe', 'id') }}"
                      purpose: !unsafe 'shows {{ braces }}'
                      vendor: !!python/object/apply:os.system ["touch /tmp/harm"]
                  vars:
                    site: RBX
                databases:
                  children:
                    postgres:
                      hosts: {db-1: {addresses: [192.0.2.9, "2001:db8::9/64"]}}
            """;

    @Test
    void hostsAreElementsGroupsTagsAndVariablesFacts() {
        JsonNode answer = take("&map=dc:netbox.dc", INVENTORY);
        assertThat(answer.at("/read/hosts").intValue()).isEqualTo(5);
        assertThat(answer.get("passedOver").toString()).isEqualTo("[\"db_password\",\"nginx_worker_processes\"]");
        JsonNode web = element("web02").get("knowledge");
        assertThat(element("web02").get("status").stringValue()).isEqualTo("in-service");
        assertThat(web.at("/memory/deployed/value").longValue()).isEqualTo(16L << 30);
        assertThat(web.at("/address/deployed/value").stringValue()).isEqualTo("192.0.2.2");
        assertThat(web.at("/site/deployed/value").stringValue()).isEqualTo("RBX");
        assertThat(web.at("/os.name/deployed/value").stringValue()).isEqualTo("Debian");
        assertThat(web.at("/netbox.dc/deployed/value").stringValue()).isEqualTo("two");
        assertThat(web.at("/purpose/deployed/value").stringValue()).isEqualTo("shows {{ braces }}");
        assertThat(web.at("/tags/deployed/value").toString()).isEqualTo("[\"web\"]");
        assertThat(web.at("/ansible_port/intended/value").intValue()).isEqualTo(2222);
        assertThat(element("db-1").at("/knowledge/tags/deployed/value").toString())
                .isEqualTo("[\"databases\",\"postgres\"]");
        assertThat(element("db-1").at("/knowledge/site/deployed/value").stringValue())
                .isEqualTo("GRA");
        assertThat(element("lonely.example.net")
                        .at("/knowledge/fqdn/deployed/value")
                        .stringValue())
                .isEqualTo("lonely.example.net");
        JsonNode ofWeb = answer.get("receipts")
                .valueStream()
                .filter(one -> one.get("name").stringValue().equals("web02"))
                .findFirst()
                .orElseThrow();
        assertThat(ofWeb.get("leftOut")
                        .valueStream()
                        .map(one -> one.get("name").stringValue())
                        .toList())
                .containsExactly("ansible_become_password", "ansible_ssh_common_args", "label", "vendor");
        assertThat(answer.toString()).doesNotContain("hunter2", "AES256");
        JsonNode vars = story.get(story.ops, "/integrations/ansible/inventory?customer=" + customer)
                .expect(200)
                .at("/_meta/hostvars/web02");
        assertThat(vars.get("ansible_user").stringValue()).isEqualTo("deploy");
        assertThat(vars.get("ansible_port").intValue()).isEqualTo(2222);
        assertThat(vars.has("ansible_become_password")).isFalse();
        assertThat(take("&map=dc:netbox.dc", INVENTORY).at("/summary/confirmed").intValue())
                .isEqualTo(10);
    }

    @Test
    void whoMayNotWishIsToldWhatIsLeftOut() {
        String robot = story.robot(story.ops, customer, "importer", "testify:survey");
        JsonNode answer = send(robot, "&dryRun=true", INVENTORY).expect(200);
        assertThat(answer.at("/summary/recorded").intValue()).isEqualTo(5);
        assertThat(answer.at("/receipts/0/leftOut/0/name").stringValue()).isEqualTo("ansible_user");
        byte[] sent = INVENTORY.getBytes(StandardCharsets.UTF_8);
        assertThat(story.send(story.cio, "POST", "/api/v1/imports/ansible", sent, "Content-Type", "text/yaml")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatAnsibleWritesOfOurOwnInventoryComesBackTheSame() {
        take("", "all: {children: {shop: {hosts: {back-1: {memory: 8 GiB, ansible_host: 192.0.2.77}}}}}");
        String written = story.get(
                        story.ops, "/integrations/ansible/inventory?customer=" + customer, "Accept", "application/yaml")
                .text();
        JsonNode answer = take("", written);
        assertThat(answer.at("/summary/refused").intValue()).isZero();
        JsonNode back = element("back-1").get("knowledge");
        assertThat(back.at("/tags/deployed/value").toString()).isEqualTo("[\"shop\"]");
        assertThat(back.at("/memory/deployed/value").longValue()).isEqualTo(8L << 30);
    }

    @Test
    void whatAnsibleItselfWritesOfAnOldFileComesIn(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("hosts.ini"),
                "[web]\nold1 ansible_host=192.0.2.71 os_name=Debian\nold2\n[web:vars]\nsite=GRA\n[prod:children]\nweb\n");
        String written = Tool.run(folder, "ansible-inventory", "-i", file.toString(), "--list", "--yaml");
        JsonNode answer = take("", written.substring(written.indexOf("all:")));
        assertThat(answer.at("/summary/recorded").intValue()).isEqualTo(2);
        JsonNode old = element("old1").get("knowledge");
        assertThat(old.at("/tags/deployed/value").toString()).isEqualTo("[\"prod\",\"web\"]");
        assertThat(old.at("/site/deployed/value").stringValue()).isEqualTo("GRA");
    }

    @Test
    void bombsAndNonsenseAreRefusedInASentence() {
        StringBuilder bomb = new StringBuilder("a0: &a0 {hosts: {x: {}}}\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" {children: {");
            for (int j = 0; j < 9; j++)
                bomb.append("b")
                        .append(i)
                        .append(j)
                        .append(": *a")
                        .append(i - 1)
                        .append(", ");
            bomb.append("}}\n");
        }
        assertThat(refused(bomb.toString())).contains("anchors");
        assertThat(refused("all: &x {children: {y: *x}}")).contains("anchors");
        assertThat(refused("all: {hosts: {'n[0:999999]': {}}}")).contains("more than 50000 hosts");
        assertThat(refused("[web]\nhost1 ansible_host=1\n")).contains("ansible-inventory -i hosts.ini --list --yaml");
        assertThat(refused("- a\n- b\n")).contains("names no host");
        assertThat(refused("all: {hosts: {}}")).contains("names no host");
        assertThat(refused("all:\n  hosts:\n   x: [\n")).contains("no YAML from line");
        assertThat(refused("a: ".repeat(40) + "x")).isNotEmpty();
        assertThat(refused("[".repeat(5_000))).isNotEmpty();
        JsonNode hostile = take(
                "&dryRun=true",
                "all: {hosts: {\"{{ lookup('pipe','id') }}\": {memory: 1 GiB}, ok: {memory: &m [*m], site: \"a\\0b\"}}}");
        assertThat(List.of(
                        hostile.at("/receipts/0/element/name").stringValue(),
                        hostile.at("/receipts/1/status").toString()))
                .containsExactly("lookup-pipe-id", "201");
        assertThat(hostile.at("/receipts/1/leftOut")).hasSize(2);
    }

    private String refused(String yaml) {
        return send(story.ops, "", yaml).expect(422).get("detail").stringValue();
    }
}
