package org.minventory.integration.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.integration.Teller;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The real Ansible reads the inventory, in which strangers have written what it would like to run. Nothing runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InventoryTest {
    private static final Path WRAPPER = RealAnsible.INVENTORY;

    private Path folder;
    private Story story;
    private RealAnsible ansible;
    private Path canary;
    private String template;

    @BeforeAll
    void tell(@TempDir Path given) {
        folder = given;
        story = Story.fresh();
        ansible = new RealAnsible(folder, story);
        canary = folder.resolve("canary");
        template = "{{ lookup('pipe','touch " + canary + "') }}";
        Teller ops = new Teller(story, story.ops);
        Teller robot = new Teller(story, story.ansible);
        Teller cio = new Teller(story, story.cio);

        ops.tell(testimony("wish", "web-1")
                .set(
                        "facts",
                        Json.object()
                                .put("label", template)
                                .put("project", "{% for x in [1] %}" + template + "{% endfor %}")
                                .put("provider", "ovhcloud")
                                .put("memory", "64 GiB")
                                .put("price.monthly", "49.00 EUR")
                                .put("ansible_user", "deploy")
                                .put("ansible_port", 2222)
                                .put("ansible_python_interpreter", "/usr/bin/python3")
                                .set(
                                        "tags",
                                        Json.MAPPER
                                                .createArrayNode()
                                                .add("prod")
                                                .add(template))));
        cio.tell(testimony("wish", "web-1").set("facts", Json.object().put("ansible_user", "root")));
        robot.tell(testimony("delivery-survey", "web-1")
                .set("facts", hostile().put("memory", "32 GiB").put("address", "192.0.2.10")));
        robot.tell(testimony("survey", "web-1").set("facts", hostile()));

        ops.tell("{'customer': 'acme', 'kind': 'wish', 'element': 'web-2', 'facts': {'tags': ['prod.eu', 'prod-eu']}}");
        robot.tell("{'customer': 'acme', 'kind': 'delivery-survey', 'element': 'web-2', 'facts': {'addresses':"
                + " ['127.0.0.1/8', 'fe80::1/64', '2001:db8::5/64']}}");
        ops.tell("{'customer': 'globex', 'kind': 'delivery-notice', 'element': 'web-2', 'create': true,"
                + " 'type': 'virtual-machine', 'facts': {'ansible_user': 'mallory'}}");
        ops.tell("{'customer': 'globex', 'kind': 'delivery-notice', 'element': 'localhost', 'create': true,"
                + " 'type': 'server', 'facts': {}}");
        ops.tell("{'customer': 'acme', 'kind': 'wish', 'element': 'not-yet', 'facts': {'memory': '1 GiB'}}");
        ops.tell("{'customer': 'acme', 'kind': 'delivery-notice', 'element': 'acme.example', 'create': true,"
                + " 'type': 'domain', 'facts': {}}");
    }

    @AfterAll
    void close() {
        story.close();
    }

    private static ObjectNode testimony(String kind, String element) {
        return Json.object().put("customer", "acme").put("kind", kind).put("element", element);
    }

    private ObjectNode hostile() {
        ObjectNode facts = Json.object();
        facts.put("os.name", template);
        facts.put(
                "hostile.header", "#jinja2: variable_start_string: '[['\n[[ lookup('pipe','touch " + canary + "') ]]");
        facts.put("hostile.unicode", "a\nb\u2028c\u0085d 'é' \"" + template + "\" \ud83d\ude00");
        facts.put("hostile.harmless", "a\nb\u2028c\u0085d 'é' \" \ud83d\ude00");
        facts.put("ansible_ssh_common_args", "-o ProxyCommand=\"touch " + canary + "\"");
        facts.put("ansible_connection", "local");
        facts.put("ansible_host", "203.0.113.66");
        facts.put("ansible_become_exe", "touch " + canary);
        facts.put("ansible_user", "mallory");
        facts.put("ansible_python_interpreter", "touch " + canary);
        facts.put("__ansible_vault", "zzz");
        facts.put("__ansible_unsafe", template);
        ObjectNode nested = Json.object();
        nested.put("__ansible_vault", "zzz");
        nested.put(template, "key");
        nested.set("deeper", Json.object().set("__ansible_unsafe", Json.object().put("x", template)));
        nested.set(
                "list",
                Json.MAPPER.createArrayNode().add(template).add(Json.object().put("__ansible_vault", "q")));
        facts.set("hostile.nested", nested);
        return facts;
    }

    @Test
    void ansibleInventoryListsHostsAndGroups() throws Exception {
        JsonNode list = Json.MAPPER.readTree(run(story.ops, "ansible-inventory", "--list", "-i", WRAPPER.toString()));
        JsonNode hosts = list.at("/_meta/hostvars");
        assertThat(hosts.propertyNames())
                .containsExactlyInAnyOrder("web-1", "web-2.acme", "web-2.globex", "localhost.globex");
        JsonNode web = hosts.get("web-1");
        assertThat(web.get("ansible_host").stringValue()).isEqualTo("192.0.2.10");
        assertThat(web.get("ansible_user").stringValue()).isEqualTo("deploy");
        assertThat(web.get("ansible_port").intValue()).isEqualTo(2222);
        assertThat(web.get("ansible_python_interpreter").stringValue()).isEqualTo("/usr/bin/python3");
        assertThat(web.get("minventory_memory").longValue()).isEqualTo(64L << 30);
        assertThat(web.at("/minventory_known/memory/delivered").longValue()).isEqualTo(32L << 30);
        assertThat(web.at("/minventory_price_monthly/amount").stringValue()).isEqualTo("49.00");
        assertThat(web.get("minventory_customer").stringValue()).isEqualTo("acme");
        assertThat(hosts.at("/web-2.acme/ansible_host").stringValue()).isEqualTo("2001:db8::5");
        assertThat(hosts.get("web-2.globex").has("ansible_user")).isFalse();
        assertThat(list.propertyNames())
                .contains(
                        "customer_acme", "customer_globex", "type_virtual_machine", "provider_ovhcloud", "tag_prod_eu")
                .allMatch(group -> group.matches("_meta|[a-z_][a-z0-9_]*"));
        assertThat(list.at("/customer_acme/hosts")).hasSize(2);
        assertThat(list.propertyNames().stream().filter(name -> name.startsWith("tag_prod_eu")))
                .hasSize(2);
        assertThat(canary).doesNotExist();
    }

    @Test
    void noVariableOfAnsiblesOwnComesFromAFact() {
        JsonNode list = story.get(story.ops, "/integrations/ansible/inventory").expect(200);
        list.at("/_meta/hostvars").forEach(host -> assertThat(host.propertyNames())
                .allMatch(name -> name.startsWith("minventory_")
                        || List.of("ansible_host", "ansible_user", "ansible_port", "ansible_python_interpreter")
                                .contains(name)));
        noBareTemplate(list);
    }

    private static void noBareTemplate(JsonNode json) {
        if (json.isString()) assertThat(json.stringValue()).doesNotContain("{{", "{%");
        if (json.isObject() && json.size() == 1 && json.path("__ansible_unsafe").isString()) return;
        if (json.isObject())
            assertThat(json.propertyNames()).noneMatch(name -> name.contains("{") || name.startsWith("__ansible"));
        json.forEach(InventoryTest::noBareTemplate);
    }

    @Test
    void aPlaybookSeesTheRawStringsAndRunsNothing() throws Exception {
        playbook(WRAPPER, story.ansible);
    }

    @Test
    void theStaticFormIsReadTheSame() throws Exception {
        Story.Reply yaml = story.get(story.ansible, "/integrations/ansible/inventory", "Accept", "application/yaml");
        assertThat(yaml.header("Content-Type")).startsWith("application/yaml");
        Path file = folder.resolve("minventory.yml");
        Files.write(file, yaml.bytes());
        assertThat(yaml.text()).contains("!unsafe '{{ lookup(''pipe''");
        playbook(file, story.ansible);
        JsonNode asYaml =
                Json.MAPPER.readTree(run(story.ansible, "ansible-inventory", "--list", "-i", file.toString()));
        JsonNode asJson =
                Json.MAPPER.readTree(run(story.ansible, "ansible-inventory", "--list", "-i", WRAPPER.toString()));
        assertThat(asYaml.at("/_meta/hostvars")).isEqualTo(asJson.at("/_meta/hostvars"));
        assertThat(asYaml.propertyNames()).containsExactlyInAnyOrderElementsOf(asJson.propertyNames());
    }

    private void playbook(Path inventory, String token) throws Exception {
        Path seen = Files.createTempDirectory(folder, "seen");
        Path book = seen.resolve("site.yml");
        Files.writeString(book, """
                - hosts: all
                  gather_facts: false
                  connection: local
                  vars: {ansible_python_interpreter: /usr/bin/python3}
                  tasks:
                    - debug: {msg: "{{ hostvars[inventory_hostname] }}"}
                    - debug: {var: "hostvars[inventory_hostname]"}
                    - debug: {msg: "{{ minventory_known | to_json }} {{ group_names }} {{ groups }}"}
                    - copy: {dest: "SEEN/{{ inventory_hostname }}.label", content: "{{ minventory_label | default('') }}"}
                    - copy: {dest: "SEEN/{{ inventory_hostname }}.known", content: "{{ minventory_known | to_json }}"}
                """.replace("SEEN", seen.toString()));
        run(token, "ansible-playbook", "-i", inventory.toString(), book.toString());
        assertThat(canary).doesNotExist();
        assertThat(seen.resolve("web-1.label")).hasContent(template);
        JsonNode known = Json.MAPPER.readTree(Files.readAllBytes(seen.resolve("web-1.known")));
        ObjectNode told = hostile();
        for (String attribute : List.of("os.name", "hostile.header", "hostile.unicode", "hostile.harmless"))
            assertThat(known.path(attribute).path("deployed").stringValue())
                    .isEqualTo(told.get(attribute).stringValue());
        assertThat(known.at("/minventory__ansible_unsafe/deployed").stringValue())
                .isEqualTo(template);
        assertThat(known.at("/hostile.nested/deployed/list/0").stringValue()).isEqualTo(template);
        assertThat(known.at("/hostile.nested/deployed/deeper/minventory__ansible_unsafe/x")
                        .stringValue())
                .isEqualTo(template);
    }

    /** The trap is one: the same words in an inventory of somebody else's do run. */
    @Test
    void elsewhereItWouldHaveRun() throws Exception {
        Path sprung = folder.resolve("sprung");
        Path inventory = folder.resolve("careless.json");
        ObjectNode vars = Json.object().put("label", template.replace(canary.toString(), sprung.toString()));
        ObjectNode hosts = Json.object();
        hosts.putObject("all").putObject("hosts").set("victim", vars);
        Files.write(inventory, Json.write(hosts));
        run(
                story.ansible,
                "ansible",
                "all",
                "-i",
                inventory.toString(),
                "-c",
                "local",
                "-m",
                "debug",
                "-a",
                "var=label");
        assertThat(sprung).exists();
    }

    /** What runs without any template: arguments of ssh. */
    @Test
    void aConnectionRunsNothingEither() throws Exception {
        process(story.ansible, List.of("ansible", "web-1", "-i", WRAPPER.toString(), "-T", "2", "-m", "ping"));
        assertThat(canary).doesNotExist();
    }

    @Test
    void aServerThatIsAwayFailsTheRunAsTheWrapperSays() throws Exception {
        Map<String, String> away =
                Map.of("MINVENTORY_URL", "http://127.0.0.1:1", "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED", "True");
        assertThat(process(story.ansible, away, List.of("ansible-inventory", "--list", "-i", WRAPPER.toString()))
                        .status())
                .isNotZero();
    }

    @Test
    void theWrapperKeepsWhatItKnowsAndAsksForNews() throws Exception {
        Map<String, String> caching =
                Map.of("MINVENTORY_CACHE", folder.resolve("cache").toString());
        List<String> command = List.of(WRAPPER.toString(), "--list");
        RealAnsible.Outcome first = process(story.ansible, caching, command);
        RealAnsible.Outcome again = process(story.ansible, caching, command);
        assertThat(first.status()).isZero();
        assertThat(again.status()).isZero();
        assertThat(again.out()).isEqualTo(first.out()).contains("\"hostvars\"");
    }

    @Test
    void anUnchangedInventoryIsNotSentAgain() {
        Story.Reply first = story.get(story.ansible, "/integrations/ansible/inventory");
        Story.Reply again =
                story.get(story.ansible, "/integrations/ansible/inventory", "If-None-Match", first.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        Story.Reply yaml = story.get(
                story.ansible, "/integrations/ansible/inventory?format=yaml", "If-None-Match", first.header("ETag"));
        assertThat(yaml.status()).isEqualTo(200);
    }

    @Test
    void groupsAreThoseAskedFor() {
        JsonNode list = story.get(story.ansible, "/integrations/ansible/inventory?group_by=tag,os.name,addresses")
                .expect(200);
        assertThat(list.propertyNames())
                .contains("tag_prod", "addresses_2001_db8__5_64")
                .anyMatch(name -> name.matches("os_name_+lookup__pipe.*"))
                .allMatch(name -> name.matches("_meta|all|(?:tag|os_name|addresses)_[a-z0-9_]+"));
        assertThat(story.get(story.ansible, "/integrations/ansible/inventory?group_by=colour")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void statusWidensAndFiltersNarrow() {
        assertThat(hosts(story.ansible, "?status=wished")).containsExactly("not-yet");
        assertThat(hosts(story.ops, "?customer=globex")).containsExactlyInAnyOrder("localhost.globex", "web-2");
        assertThat(hosts(story.ansible, "?tag=prod")).containsExactly("web-1");
        assertThat(hosts(story.ansible, "?type=domain")).containsExactly("acme.example");
        assertThat(hosts(story.stranger, "")).isEmpty();
        assertThat(story.get(story.stranger, "/integrations/ansible/inventory?customer=acme")
                        .status())
                .isEqualTo(404);
        assertThat(story.get(story.ansible, "/integrations/ansible/inventory?tags=prod")
                        .status())
                .isEqualTo(400);
        assertThat(story.get(story.ansible, "/integrations/ansible/inventory", "Accept", "text/csv")
                        .status())
                .isEqualTo(406);
    }

    private List<String> hosts(String token, String query) {
        JsonNode list =
                story.get(token, "/integrations/ansible/inventory" + query).expect(200);
        return List.copyOf(list.at("/_meta/hostvars").propertyNames());
    }

    // ---- running it

    private String run(String token, String... command) throws IOException, InterruptedException {
        return ansible.run(token, Map.of(), List.of(command)).expect(0).out();
    }

    private RealAnsible.Outcome process(String token, List<String> command) throws IOException, InterruptedException {
        return ansible.run(token, Map.of(), command);
    }

    private RealAnsible.Outcome process(String token, Map<String, String> more, List<String> command)
            throws IOException, InterruptedException {
        return ansible.run(token, more, command);
    }
}
