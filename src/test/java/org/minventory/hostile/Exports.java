package org.minventory.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.Tool;
import org.minventory.base.Json;
import org.minventory.integration.RealIcinga;
import org.minventory.integration.ansible.RealAnsible;
import tools.jackson.databind.JsonNode;

/**
 * What tools read, read by the tools themselves: a new export has to be added here, or the test fails. Each has one line in
 * {@link #all}.
 */
final class Exports {
    private static final String INVENTORY = "/integrations/ansible/inventory";

    private final Story story;
    private final Path folder;
    private final int count;

    Exports(Story story, Path folder, int count) {
        this.story = story;
        this.folder = folder;
        this.count = count;
    }

    /** Who reads an export, of the answer and of the file in which it was kept. */
    interface Reading {
        void read(Reply reply, Path file) throws IOException, InterruptedException;
    }

    /** Path → who reads it. */
    Map<String, Reading> all() {
        Map<String, Reading> all = new LinkedHashMap<>();
        all.put(INVENTORY, this::inventory);
        all.put(INVENTORY + "?format=yaml", this::inventory);
        all.put(INVENTORY + "?group_by=label,os.name,owner,tag", this::inventory);
        all.put("/integrations/prometheus/targets?port=9100", this::targets);
        all.put("/integrations/prometheus/targets?probe=true", this::targets);
        all.put("/integrations/icinga2/config", this::icinga);
        all.put("/integrations/survey/survey.sh", (reply, file) -> Tool.run(folder, "sh", "-n", file.toString()));
        all.put("/exports/ssh-config", this::sshConfig);
        all.put("/exports/known-hosts", this::knownHosts);
        all.put("/exports/hosts", this::hosts);
        all.put("/exports/zone?zone=shop.example", (reply, file) -> zone("shop.example", file));
        all.put("/exports/zone?zone=2.0.192.in-addr.arpa", (reply, file) -> zone("2.0.192.in-addr.arpa", file));
        all.put("/exports/cidr", (reply, file) -> lines(file, "[0-9a-f.:]+/[0-9]{1,3}"));
        all.put("/exports/csv", (reply, file) -> assertThat(Readers.cells(reply.bytes()))
                .hasSizeGreaterThan(count));
        all.put("/exports/csv?form=netbox", (reply, file) -> assertThat(Readers.cells(reply.bytes()))
                .hasSizeGreaterThan(count / 2));
        all.put("/exports/json", (reply, file) -> assertThat(reply.json()).hasSizeGreaterThanOrEqualTo(count));
        all.put("/exports/json?flat", this::flat);
        return all;
    }

    void read(String path, Reading reading) throws IOException, InterruptedException {
        Reply reply = story.get(story.ops, path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        Readers.read(path, reply);
        boolean isYaml = reply.header("Content-Type").contains("yaml");
        Path file = folder.resolve(path.replaceAll("[^a-z0-9]+", "_") + (isYaml ? ".yml" : ""));
        Files.write(file, reply.bytes());
        reading.read(reply, file);
    }

    /** Ansible lists it, and prints every variable of every host, which runs whatever can be run. */
    private void inventory(Reply reply, Path file) throws IOException, InterruptedException {
        RealAnsible ansible = new RealAnsible(folder, story);
        Path source = reply.header("Content-Type").contains("yaml") ? file : script(file);
        String listed = ansible.run(
                        story.ops, Map.of(), List.of("ansible-inventory", "-i", source.toString(), "--list"))
                .expect(0)
                .out();
        JsonNode list = Json.MAPPER.readTree(listed);
        assertThat(list.at("/_meta/hostvars")).hasSizeGreaterThanOrEqualTo(count);
        assertThat(list.at("/_meta/hostvars").propertyNames()).allMatch(host -> host.matches("[a-z0-9.-]+"));
        assertThat(list.propertyNames()).allMatch(group -> group.matches("_meta|[a-z_][a-z0-9_]*"));
        String printed = ansible.run(
                        story.ops,
                        Map.of(),
                        List.of(
                                "ansible",
                                "all",
                                "-i",
                                source.toString(),
                                "-c",
                                "local",
                                "-e",
                                "ansible_python_interpreter=/usr/bin/python3",
                                "-m",
                                "debug",
                                "-a",
                                "msg={{ hostvars[inventory_hostname] }}{{ group_names }}{{ inventory_hostname }}"))
                .expect(0)
                .out();
        assertThat(printed).contains(Cast.BOX + (count - 1) + " | SUCCESS");
    }

    private static Path script(Path document) throws IOException {
        Path script = Path.of(document + ".sh");
        Files.writeString(script, "#!/bin/sh\nexec cat '" + document + "'\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private void targets(Reply reply, Path file) {
        assertThat(reply.json()).isNotEmpty();
        for (JsonNode group : reply.json()) {
            assertThat(group.propertyNames()).containsExactlyInAnyOrder("targets", "labels");
            for (JsonNode target : group.get("targets"))
                assertThat(target.stringValue()).matches("(?:[a-z0-9.-]+|\\[[0-9a-f:]+]):[0-9]+");
            group.get("labels").properties().forEach(label -> {
                assertThat(label.getKey()).matches("[a-zA-Z_][a-zA-Z0-9_]*");
                assertThat(label.getValue().isString()).isTrue();
            });
        }
    }

    /** Icinga takes it, with the objects that we write and no other. */
    private void icinga(Reply reply, Path file) throws IOException {
        String quoted = "\"(?:[^\"\\\\]|\\\\.)*\"";
        lines(
                file,
                "|}|// [\\w .,:]+|object (?:Host|Service|HostGroup|Dependency) " + quoted + " \\{"
                        + "|apply ScheduledDowntime \"minventory-maintenance\" to (?:Host|Service) \\{"
                        + "|  assign where (?:host|service)[a-z._ ]+== \"maintenance\"(?: \\|\\| service[a-z._ ]+== \"maintenance\")?"
                        + "|  [a-z_.0-9]+ = (?:" + quoted + "|[0-9.a-z]+|\\[ (?:" + quoted + "(?:, )?)* ?]|\\{ (?:"
                        + quoted + " = " + quoted
                        + "(?:, )?)* })");
        assertThat(new RealIcinga(folder).check(reply.text())).contains("Instantiated " + count + " Hosts.");
    }

    private void sshConfig(Reply reply, Path file) throws IOException {
        lines(
                file,
                "|# .*|Host [a-z0-9. -]+|    (?:HostName [a-z0-9.:-]+|HostKeyAlias [a-z0-9.-]+|User [A-Za-z0-9_.-]+|Port [0-9]+"
                        + "|ProxyJump [a-z0-9][a-z0-9.-]*)");
        for (int n = 0; n < count; n++) {
            String read = Tool.run(folder, "ssh", "-F", file.toString(), "-G", Cast.BOX + n);
            assertThat(read)
                    .contains("\nhostname 192.0.2." + (n + 1) + "\n")
                    .doesNotContain("\nproxycommand ", "\nlocalcommand ", "permitlocalcommand yes");
        }
    }

    private void knownHosts(Reply reply, Path file) throws IOException {
        lines(file, "# .*|[a-z0-9.:,\\[\\]-]+ ssh-ed25519 [A-Za-z0-9+/=]+");
        assertThat(Tool.run(folder, "ssh-keygen", "-l", "-f", file.toString()).lines())
                .hasSizeGreaterThan(count / 2)
                .allMatch(line -> line.endsWith("(ED25519)"));
        assertThat(Tool.run(folder, "ssh-keygen", "-F", Cast.BOX + "0", "-f", file.toString()))
                .contains("found");
    }

    private void hosts(Reply reply, Path file) throws IOException {
        lines(file, "# .*|[0-9a-f.:]+(?: [a-z0-9][a-z0-9.-]*)+");
        assertThat(reply.text()).doesNotContain("bank.example");
    }

    private void zone(String zone, Path file) throws IOException {
        lines(
                file,
                "; .*|\\$TTL 3600|[a-z0-9.-]+\\. IN (?:SOA [a-z0-9.-]+ [a-z0-9.-]+ [0-9 ]+|NS [a-z0-9.-]+\\.|A [0-9.]+|AAAA [0-9a-f:]+"
                        + "|CNAME [a-z0-9.-]+\\.|PTR [a-z0-9.-]+\\.|SSHFP [0-9] 2 [0-9a-f]{64})");
        assertThat(Tool.run(folder, "named-checkzone", "-k", "fail", "-n", "fail", zone, file.toString()))
                .contains("OK");
    }

    private void flat(Reply reply, Path file) {
        assertThat(reply.json()).hasSizeGreaterThanOrEqualTo(count);
        for (JsonNode host : reply.json())
            host.properties().forEach(member -> assertThat(member.getValue().asString(""))
                    .as(member.getKey())
                    .doesNotContain("$")
                    .matches("\\P{Cntrl}*"));
    }

    /** Nothing but lines that we write. */
    private static void lines(Path file, String allowed) throws IOException {
        assertThat(Files.readString(file)).endsWith("\n");
        assertThat(Files.readAllLines(file)).isNotEmpty().allMatch(line -> line.matches(allowed));
    }
}
