package org.minventory.ui;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.party.Callers;
import org.minventory.testimony.ToldReader;
import tools.jackson.databind.node.ObjectNode;

/**
 * The story that the pages are looked at with: Acme's shop between its wishes and a Monday in November, and a little of
 * Globex, on a clock that the test turns.
 */
final class Boutique implements AutoCloseable {
    static final Instant TODAY = Instant.parse("2026-11-23T09:40:00Z");
    static final String EVIL = "\"><img src=x onerror=alert(1)>";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-09-28T15:31:00Z"));
    final Story story = Story.fresh((InstantSource) now::get);
    final String rescue = story.robot(story.ops, "acme", "relevé lshw", "read:inventory", "testify:*");
    final String evil = robotNamed(EVIL);

    Boutique() {
        wished();
        ordered();
        delivered();
        deployed();
        others();
        at("2026-11-22T19:10:00Z");
        for (int i = 0; i < 15; i++) {
            monitored("shop-db-1", "ok");
            now.set(now.get().plusSeconds(3600));
        }
        at(TODAY.minusSeconds(360).toString());
        for (String name : List.of("shop-web-1", "shop-web-2", "intra-app-1", "bastion")) monitored(name, "ok");
        monitored("mail-relay", "critical");
        at(TODAY.toString());
    }

    private String robotNamed(String name) {
        ObjectNode robot = Json.object().put("role", "robot").put("name", name).put("customer", "acme");
        robot.putObject("token").putArray("scopes").add("read:inventory").add("testify:*");
        return story.send(story.ops, "POST", "/api/v1/witnesses", Json.write(robot))
                .expect(201)
                .at("/token/secret")
                .stringValue();
    }

    Boutique at(String instant) {
        now.set(Instant.parse(instant));
        return this;
    }

    /** Tells, single quotes standing for double ones; what is refused fails the test. */
    Receipt tell(String token, String json) {
        return tellExactly(token, json.replace('\'', '"'));
    }

    Receipt tellExactly(String token, String json) {
        Receipt receipt = story.server()
                .room(Intake.class)
                .take(
                        story.server().room(Callers.class).of(token),
                        List.of(ToldReader.read(Json.read(json.getBytes(StandardCharsets.UTF_8)), now.get())),
                        new Intake.Manner(false, "acme", null))
                .getFirst();
        if (receipt.refusal() != null) throw new AssertionError(json + ": " + receipt.refusal());
        return receipt;
    }

    private void wished() {
        tell(story.ops, """
                {'kind': 'wish', 'element': 'shop-db-1', 'type': 'server', 'note': 'Projet Boutique résiliente ; approuvé.',
                 'facts': {'memory': '64 GiB', 'cpu.cores': 16, 'disks': [{'size': '1.92 TB', 'type': 'nvme'}, {'size': '1.92 TB', 'type': 'nvme'}],
                 'raid': [{'level': 'raid1'}], 'disks.encryption': 'LUKS2', 'os.name': 'Debian', 'os.version': '13',
                 'fqdn': 'shop-db-1.acme.example', 'bandwidth': '1 Gbit/s', 'timezone': 'Europe/Paris', 'postgresql.version': '18',
                 'infrastructure': 'boutique', 'project': 'Boutique résiliente', 'provider': 'OVHcloud', 'site': 'Gravelines',
                 'tags': ['prod', 'bdd'], 'redundant-with': ['shop-db-2'], 'depends-on': ['vpn-shop'],
                 'price.monthly': {'amount': '140.00', 'currency': 'EUR'}}}""");
        tell(story.ops, """
                {'kind': 'wish', 'element': 'shop-db-2', 'type': 'server',
                 'facts': {'memory': '64 GiB', 'infrastructure': 'boutique', 'provider': 'Hetzner', 'tags': ['prod', 'bdd']}}""");
        tell(story.ops, """
                {'kind': 'wish', 'element': 'shop-postgres', 'type': 'service',
                 'facts': {'infrastructure': 'boutique', 'runs-on': ['shop-db-1'], 'tags': ['prod']}}""");
        tell(story.ops, """
                {'kind': 'wish', 'element': 'shop-net-gra', 'type': 'ip-range',
                 'facts': {'range': '203.0.113.40/29', 'infrastructure': 'boutique', 'provider': 'OVHcloud'}}""");
    }

    private void ordered() {
        at("2026-10-12T10:05:00Z");
        tell(story.ops, """
                {'kind': 'order', 'element': 'shop-db-1', 'source': 'commande OVH', 'order': 'OVH-48213377',
                 'facts': {'memory': '64 GiB', 'cpu.cores': 16, 'disks': [{'size': '1.92 TB', 'type': 'nvme'}, {'size': '1.92 TB', 'type': 'nvme'}],
                 'raid': [{'level': 'raid1'}], 'bandwidth': '1 Gbit/s', 'address': '203.0.113.41', 'warranty.ends': '2029-11-02',
                 'price.monthly': {'amount': '119.99', 'currency': 'EUR'}}}""");
    }

    private void delivered() {
        at("2026-11-03T11:40:00Z");
        tell(rescue, """
                {'kind': 'delivery-survey', 'element': 'shop-db-1', 'witnessedAt': '2026-11-03T09:12:00Z', 'source': 'lshw',
                 'note': 'depuis le système de secours',
                 'facts': {'memory': '32 GiB', 'cpu.model': 'AMD EPYC 4344P 8-Core', 'cpu.cores': 16,
                 'disks': [{'size': '1.92 TB', 'type': 'nvme'}, {'size': '1.92 TB', 'type': 'nvme'}], 'raid': [{'level': 'raid1'}],
                 'bandwidth': '1 Gbit/s', 'address': '203.0.113.41', 'serial': 'CZ3048Y1K7', 'vendor': 'ASRockRack'}}""");
        at("2026-11-03T14:00:00Z");
        tellExactly(
                story.ops,
                Json.canonicalText(Json.object()
                        .put("kind", "acceptance")
                        .put("element", "shop-db-1")
                        .put("note", EVIL)
                        .set("facts", Json.object().put("decision", "postpone"))));
    }

    private void deployed() {
        at("2026-11-04T08:00:00Z");
        tell(story.ansible, """
                {'kind': 'survey', 'element': 'shop-db-1', 'source': 'raid', 'facts': {'raid': [{'level': 'raid1'}]}}""");
        at("2026-11-19T16:48:00Z");
        tell(story.ansible, """
                {'kind': 'deployment-report', 'element': 'shop-db-1', 'source': 'ansible', 'note': 'postgresql : paquet 18 introuvable !',
                 'facts': {'deployment.result': 'failed', 'memory': '31.2 GiB', 'os.name': 'Debian', 'os.version': '13.2', 'kernel': '6.12.57',
                 'fqdn': 'shop-db-1.acme.example', 'timezone': 'Europe/Paris', 'postgresql.version': '17.6', 'address': '203.0.113.41',
                 'local_color': 'blue', 'local_owner': {'team': 'shop', 'desk': 4}}}""");
        tell(rescue, """
                {'kind': 'survey', 'element': 'shop-db-1', 'source': 'dmi', 'facts': {'kernel': '6.12.48', 'timezone': 'UTC'}}""");
        at("2026-11-21T08:02:00Z");
        tell(story.ops, """
                {'kind': 'note', 'element': 'shop-db-1', 'note': 'Barrette manquante relancée, ticket CS8841207.'}""");
    }

    private void monitored(String name, String state) {
        tell(story.monitoring, """
                {'kind': 'monitoring-state', 'element': '%s', 'source': 'prometheus', 'facts': {'state': '%s'}}""".formatted(name, state));
    }

    private void found(String name, String type, String infrastructure, String provider, String address) {
        found(name, type, infrastructure, provider, address, now.get().toString());
    }

    private void found(
            String name, String type, String infrastructure, String provider, String address, String witnessedAt) {
        tell(story.ansible, """
                {'kind': 'survey', 'element': '%s', 'type': '%s', 'create': true, 'source': 'ansible', 'witnessedAt': '%s',
                 'facts': {'infrastructure': '%s', 'provider': '%s', 'address': '%s'}}""".formatted(name, type, witnessedAt, infrastructure, provider, address));
    }

    private void others() {
        found("vpn-shop", "firewall", "boutique", "OVHcloud", "203.0.113.46", "2026-11-02T06:00:00Z");
        found("bastion-old", "server", "socle", "Hetzner", "198.51.100.11", "2026-11-02T06:00:00Z");
        found("intra-nas", "server", "intranet", "Scaleway", "192.0.2.30", "2026-11-02T06:00:00Z");
        found("intra-db", "server", "intranet", "Scaleway", "192.0.2.21", "2026-11-12T09:00:00Z");
        at("2026-11-22T06:40:00Z");
        found("shop-web-1", "server", "boutique", "OVHcloud", "203.0.113.42");
        found("shop-web-2", "server", "boutique", "Hetzner", "198.51.100.67");
        found("intra-app-1", "server", "intranet", "Scaleway", "192.0.2.11");
        found("intra-app-2", "server", "intranet", "Scaleway", "192.0.2.12");
        found("bastion", "server", "socle", "Hetzner", "198.51.100.10");
        found("mail-relay", "server", "socle", "OVHcloud", "203.0.113.9");
        found("vitrine-statique-marseille-3", "hosting", "vitrine", "Infomaniak", "192.0.2.130");
        tell(story.ops, "{'kind': 'decommissioning', 'element': 'bastion-old'}");
        for (int i = 1; i <= 45; i++) tell(story.ops, """
                    {'kind': 'wish', 'element': 'zone-%02d.acme.example', 'type': 'domain',
                     'facts': {'infrastructure': 'socle', 'provider': 'Gandi', 'expires': '2027-09-19'}}""".formatted(i));
        tell(story.ops, """
                {'customer': 'globex', 'kind': 'wish', 'element': 'globex-www', 'type': 'server',
                 'facts': {'memory': '16 GiB', 'infrastructure': 'site', 'provider': 'Scaleway', 'address': '192.0.2.200'}}""");
        String evilText = Json.text(EVIL).toString();
        tellExactly(evil, """
                {"kind": "survey", "element": "xss", "type": "server", "create": true, "source": %1$s, "note": %1$s,
                 "facts": {"label": %1$s, "tags": [%1$s], "provider": %1$s, "site": %1$s, "project": %1$s,
                 "local_evil": %1$s, "depends-on": ["shop-web-1"], "local_deep": {%1$s: [%1$s]}}}""".formatted(evilText));
    }

    /** The identifier of an element of Acme. */
    String id(String name) {
        return story.server().room(Tx.class).read(Scope.whole(UUID.fromString(story.acme)), db -> db.sql(
                        "select element_id::text from element where name = ?")
                .param(name)
                .query(String.class)
                .single());
    }

    @Override
    public void close() {
        story.close();
    }
}
