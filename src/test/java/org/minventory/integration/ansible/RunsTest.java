package org.minventory.integration.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.Story;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/** The real Ansible runs a playbook on hosts of our inventory, and reports how that ended in each of three ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsTest {
    private static final int FAILED_AND_UNREACHABLE = 4;
    private static final List<String> HOSTS = List.of("away", "broken", "calm", "fresh", "stubborn");

    private static final Map<String, String> BY_CALLBACK = Map.of(
            "ANSIBLE_CALLBACKS_ENABLED",
            "testify",
            "ANSIBLE_CALLBACK_PLUGINS",
            RealAnsible.SHIPPED.resolve("plugins/callback").toString());
    private static final Map<String, String> AS_DOCUMENT =
            Map.of("ANSIBLE_STDOUT_CALLBACK", "ansible.posix.json", "ANSIBLE_SHOW_CUSTOM_STATS", "True");

    /** The inventory says port 9 of the one that is away; nothing listens there. */
    private static final String PLAYBOOK = """
            - name: Deploy
              hosts: all
              gather_facts: false
              vars:
                ansible_connection: "{{ 'ssh' if inventory_hostname == 'away' else 'local' }}"
                ansible_host: 127.0.0.1
                ansible_python_interpreter: /usr/bin/python3
                version: 1.26.3
              tasks:
                - name: Reach it
                  ping:
                - name: Change one
                  command: /bin/true
                  changed_when: inventory_hostname == 'fresh'
                  register: change
                - name: Say much
                  command: head -c 300000 /dev/zero
                  changed_when: false
                  when: inventory_hostname == 'calm'
                - name: Hide something
                  command: /bin/sh -c 'echo hunter2hunter2; exit 1'
                  no_log: true
                  ignore_errors: true
                  changed_when: false
                  when: inventory_hostname == 'stubborn'
                - block:
                    - name: Break and mend
                      command: /bin/false
                      changed_when: false
                      when: inventory_hostname == 'calm'
                  rescue:
                    - debug: {msg: mended}
                - name: Break
                  fail: {msg: "{{ '{{' }} lookup('pipe', 'touch CANARY') {{ '}}' }} db://root:hunter2hunter2@db/x password=hunter2hunter2"}
                  when: inventory_hostname == 'broken'
                - name: Declare
                  set_stats:
                    data: {minventory: "{{ {inventory_hostname: {'nginx.version': version}} }}"}
                  when: inventory_hostname == 'fresh'
                - name: Report
                  uri:
                    url: "{{ lookup('env', 'MINVENTORY_URL') }}/api/v1/testimonies"
                    method: POST
                    headers: {Authorization: "Bearer {{ lookup('env', 'MINVENTORY_TOKEN') }}"}
                    body_format: json
                    body:
                      kind: deployment-report
                      element: "{{ inventory_hostname }}"
                      source: ansible
                      facts: "{{ {'deployment.result': 'changed' if change is changed else 'ok'}
                              | combine({'nginx.version': version} if inventory_hostname == 'fresh' else {}) }}"
                    status_code: [200, 201, 202]
                  when: by_uri | default(false)
            """;

    private Path folder;
    private Path canary;
    private Path playbook;
    private Story story;
    private RealAnsible ansible;

    /** A customer with hosts of its own, and who deploys there. */
    private record Scene(String customer, String token) {}

    @BeforeAll
    void write(@TempDir Path given) throws IOException {
        folder = given;
        canary = folder.resolve("canary");
        playbook = folder.resolve("site.yml");
        Files.writeString(playbook, PLAYBOOK.replace("CANARY", canary.toString()));
        story = Story.fresh();
        ansible = new RealAnsible(folder, story);
    }

    @AfterAll
    void close() {
        story.close();
    }

    private Scene scene() {
        String customer = Story.name("scene");
        story.customer(story.ops, customer, "Scene");
        String path = "/api/v1/testimonies?customer=" + customer;
        for (String host : HOSTS) {
            String port = host.equals("away") ? "'ansible_port': 9" : "";
            story.post(story.ops, path, "{'kind': 'wish', 'element': '" + host + "', 'facts': {" + port + "}}")
                    .expect(201);
            story.post(story.ops, path, "{'kind': 'delivery-notice', 'element': '" + host + "', 'facts': {}}")
                    .expect(201);
        }
        return new Scene(
                customer, story.robot(story.ops, customer, "deployer", "read:inventory", "testify:deployment-report"));
    }

    private RealAnsible.Outcome play(Scene scene, Map<String, String> way, String... more) throws Exception {
        return play(scene, RealAnsible.INVENTORY, way, more);
    }

    private RealAnsible.Outcome play(Scene scene, Path inventory, Map<String, String> way, String... more)
            throws Exception {
        Map<String, String> environment = new HashMap<>(way);
        environment.putIfAbsent("MINVENTORY_SPOOL", spool(scene).toString());
        List<String> command =
                new ArrayList<>(List.of("ansible-playbook", "-i", inventory.toString(), playbook.toString()));
        command.addAll(List.of(more));
        return ansible.run(scene.token(), environment, command);
    }

    private Path spool(Scene scene) {
        return folder.resolve("spool-" + scene.customer());
    }

    private List<Path> waiting(Scene scene) throws IOException {
        try (Stream<Path> files = Files.list(spool(scene))) {
            return files.sorted().toList();
        }
    }

    private JsonNode post(Scene scene, String document) {
        return story.send(
                        scene.token(),
                        "POST",
                        "/integrations/ansible/runs",
                        document.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .expect(200)
                .get("receipts");
    }

    /** Element → status and deployed facts. */
    private Map<String, String> known(Scene scene) {
        Map<String, String> known = new TreeMap<>();
        for (String host : HOSTS) {
            JsonNode element =
                    story.get(scene.token(), "/api/v1/elements/" + host).expect(200);
            Map<String, String> facts = new TreeMap<>();
            element.get("knowledge").properties().forEach(one -> {
                JsonNode value = one.getValue().at("/deployed/value");
                if (!value.isMissingNode()) facts.put(one.getKey(), value.asString());
            });
            known.put(host, element.get("status").stringValue() + " " + facts);
        }
        return known;
    }

    private static Map<String, String> expected(String version) {
        return new TreeMap<>(Map.of(
                "away", "delivered {deployment.result=unreachable}",
                "broken", "delivered {deployment.result=failed}",
                "calm", "deployed {deployment.result=ok}",
                "fresh", "deployed {deployment.result=changed, nginx.version=" + version + "}",
                "stubborn", "deployed {deployment.result=ok}"));
    }

    private List<JsonNode> reports(Scene scene, String host) {
        return story.get(scene.token(), "/api/v1/elements/" + host + "/testimonies")
                .expect(200)
                .get("items")
                .valueStream()
                .filter(one -> one.get("kind").stringValue().equals("deployment-report"))
                .toList();
    }

    @Test
    void eachWayTellsTheSameAndAllTogetherTellItOnce() throws Exception {
        Scene byUri = scene();
        play(byUri, Map.of(), "-e", "by_uri=true").expect(FAILED_AND_UNREACHABLE);
        Map<String, String> reachedEnd = new TreeMap<>(expected("1.26.3"));
        reachedEnd.put("away", "delivered {}"); // a task does not run where it cannot
        reachedEnd.put("broken", "delivered {}");
        assertThat(known(byUri)).isEqualTo(reachedEnd);

        Scene byDocument = scene();
        String document =
                play(byDocument, AS_DOCUMENT).expect(FAILED_AND_UNREACHABLE).out();
        post(byDocument, document);
        assertThat(known(byDocument)).isEqualTo(expected("1.26.3"));

        Scene all = scene();
        Map<String, String> ways = new HashMap<>(BY_CALLBACK);
        ways.putAll(AS_DOCUMENT);
        RealAnsible.Outcome outcome = play(all, ways, "-e", "by_uri=true").expect(FAILED_AND_UNREACHABLE);
        assertThat(outcome.errors()).doesNotContain("minventory");
        assertThat(known(all)).isEqualTo(expected("1.26.3"));
        post(all, outcome.out())
                .forEach(receipt -> assertThat(receipt.get("status").intValue()).isEqualTo(200));
        assertThat(known(all)).isEqualTo(expected("1.26.3"));
        for (String host : HOSTS) assertThat(reports(all, host)).as(host).hasSize(1);
        assertThat(canary).doesNotExist();
    }

    @Test
    void ofWhatFailedTheMessageIsKeptAndNoSecret() throws Exception {
        Scene scene = scene();
        play(scene, BY_CALLBACK).expect(FAILED_AND_UNREACHABLE);
        String broken = source(scene, "broken");
        assertThat(broken)
                .contains("\"task\":\"Break\"", "{{ lookup('pipe', 'touch " + canary + "') }}")
                .doesNotContain("hunter2");
        assertThat(source(scene, "stubborn")).contains("no_log: true").doesNotContain("hunter2");
        assertThat(source(scene, "away")).contains("unreachable");
        assertThat(source(scene, "calm").length()).isLessThan(3_000);
        String document = play(scene, AS_DOCUMENT).out();
        JsonNode broke = post(scene, document).get(1);
        assertThat(broke.at("/element/name").stringValue()).isEqualTo("broken");
        assertThat(broke.get("scrubbed")).isNotEmpty();
    }

    private String source(Scene scene, String host) {
        String id = reports(scene, host).getFirst().get("id").stringValue();
        return Json.canonicalText(story.get(scene.token(), "/api/v1/testimonies/" + id + "/source")
                .expect(200));
    }

    @Test
    void aPartSaysThatItIsOne() throws Exception {
        Scene scene = scene();
        play(scene, BY_CALLBACK, "--limit", "fresh", "--check", "--tags", "all,never")
                .expect(0);
        assertThat(known(scene).get("fresh")).startsWith("delivered {deployment.result=partial");
        assertThat(source(scene, "fresh")).contains("\"partial\":[\"check\",\"limit\",\"tags\"]");
        assertThat(reports(scene, "calm")).isEmpty();
    }

    @Test
    void aServerThatIsAwayHarmsNoPlayAndHearsOfItWithTheNextRun() throws Exception {
        Scene scene = scene();
        Path inventory = folder.resolve(scene.customer() + ".yml");
        Files.write(
                inventory,
                story.get(scene.token(), "/integrations/ansible/inventory?format=yaml")
                        .bytes());
        int unharmed = play(scene, inventory, Map.of()).status();
        assertThat(unharmed).isEqualTo(FAILED_AND_UNREACHABLE);

        RealAnsible.Outcome away = play(scene, inventory, with("MINVENTORY_URL", "http://127.0.0.1:1"));
        assertThat(away.expect(unharmed).errors()).contains("is sent with the next one");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Map<String, String> dripping = with("MINVENTORY_URL", "http://127.0.0.1:" + silent.getLocalPort());
            dripping.put("MINVENTORY_TESTIFY_TIMEOUT", "1");
            play(scene, inventory, dripping, "-e", "version=1.27.0").expect(unharmed);
        }
        play(scene, inventory, with("MINVENTORY_TOKEN", "mnv_nobodys"), "-e", "version=1.28.0")
                .expect(unharmed);
        assertThat(waiting(scene)).hasSize(3).allSatisfy(file -> {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(unpacked(file)).contains("1.2").doesNotContain("hunter2", scene.token());
        });
        assertThat(reports(scene, "fresh")).isEmpty();

        play(scene, inventory, BY_CALLBACK, "-e", "version=1.29.0").expect(unharmed);
        assertThat(waiting(scene)).isEmpty();
        assertThat(known(scene)).isEqualTo(expected("1.29.0"));
        assertThat(reports(scene, "fresh")).hasSize(4);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(BY_CALLBACK);
        environment.put(name, value);
        return environment;
    }

    private static String unpacked(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void theCollectionIsOneThatAnsibleInstalls() throws Exception {
        Scene scene = scene();
        ansible.run(
                        scene.token(),
                        Map.of(),
                        List.of(
                                "ansible-galaxy",
                                "collection",
                                "install",
                                "--offline",
                                RealAnsible.SHIPPED.toString(),
                                "-p",
                                folder.resolve("collections").toString()))
                .expect(0);
        Map<String, String> installed = Map.of(
                "ANSIBLE_COLLECTIONS_PATH",
                folder.resolve("collections").toString(),
                "ANSIBLE_CALLBACKS_ENABLED",
                "minventory.minventory.testify");
        play(scene, installed, "--limit", "calm").expect(0);
        assertThat(known(scene).get("calm")).isEqualTo("delivered {deployment.result=partial}");
    }
}
