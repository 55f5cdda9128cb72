package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minventory.Story;
import org.minventory.element.EndOfSupport;
import tools.jackson.databind.JsonNode;

/** A system, a database, a language that its makers let go of is a deadline of whatever runs it. Today is 22 November 2026. */
class EndOfSupportTest {
    private static final String DEADLINES = "/api/v1/deadlines";
    private static final String EVER = "&from=1970-01-01&until=2200-12-31";

    private static final Story.StandingClock CLOCK = new Story.StandingClock();

    private static Story story;
    private String customer;

    @BeforeAll
    static void open() {
        story = Story.fresh(CLOCK);
    }

    @AfterAll
    static void close() {
        story.close();
    }

    @BeforeEach
    void begin() {
        customer = Story.name("keeper");
        story.customer(story.ops, customer, "A keeper");
    }

    private JsonNode survey(String element, String type, String facts) {
        return story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'survey', 'element': '" + element + "', 'type': '" + type
                                + "', 'create': true, 'facts': {" + facts + "}}")
                .expect(201);
    }

    private void server(String name, String os, String version) {
        survey(name, "server", "'os.name': '" + os + "', 'os.version': '" + version + "', 'infrastructure': 'shop'");
    }

    private JsonNode list(String query, String... headers) {
        return story.get(story.ops, DEADLINES + "?customer=" + customer + query, headers)
                .expect(200);
    }

    private static List<String> seen(JsonNode page) {
        List<String> seen = new ArrayList<>();
        for (JsonNode one : page.at("/items"))
            if (one.at("/what").stringValue().equals("end-of-support"))
                seen.add(one.at("/date").stringValue() + " "
                        + one.at("/element/name").stringValue() + " "
                        + one.at("/about").stringValue());
        return seen;
    }

    @Test
    void aSystemThatItsMakersLetGoOfIsLateUntilSomebodySeesToIt() {
        server("old", "Debian GNU/Linux", "11.11");
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'wish', 'element': 'old', 'facts': {'owner': 'Acme', 'payer': 'The shop'}}")
                .expect(201);
        JsonNode found = list("&from=2026-08-01").at("/items/0");
        assertThat(found.at("/what").stringValue()).isEqualTo("end-of-support");
        assertThat(found.at("/date").stringValue()).isEqualTo("2026-08-31");
        assertThat(found.at("/days").longValue()).isEqualTo(-83);
        assertThat(found.at("/about").stringValue()).isEqualTo("Debian 11");
        assertThat(found.at("/owner").stringValue()).isEqualTo("Acme");
        assertThat(found.at("/payer").stringValue()).isEqualTo("The shop");
        assertThat(found.at("/provenOn").isNull()).isTrue();
        assertThat(found.at("/ifItLapses").stringValue())
                .isEqualTo(
                        "Its makers give no more security updates for Debian 11: what is found in it from then on stays open.");
        assertThat(list("&from=2026-08-01", "Accept-Language", "fr")
                        .at("/items/0/ifItLapses")
                        .stringValue())
                .isEqualTo("Ses auteurs ne publient plus de correctifs de sécurité pour Debian 11 :"
                        + " les failles trouvées ensuite y restent ouvertes.");
        server("older", "CentOS Linux", "7 (Core)");
        JsonNode french = story.get(story.ops, "/api/v1/today?customer=" + customer, "Accept-Language", "fr")
                .expect(200);
        assertThat(french.at("/late/items/0/sentence").stringValue())
                .startsWith("older utilise CentOS 7, dont la maintenance prend fin le 2024-06-30. Ses auteurs");
        assertThat(french.at("/late/items/1/sentence").stringValue()).startsWith("old utilise Debian 11,");
        story.get(story.ops, french.at("/late/items/1/link").stringValue()).expect(200);

        server("old", "Debian GNU/Linux", "13.1");
        assertThat(seen(list("&from=2026-08-01"))).isEmpty();
        assertThat(seen(list(EVER))).contains("2030-06-30 old Debian 13");
    }

    @Test
    void databasesAndLanguagesAreFoundWhereverTheirVersionIsTold() {
        survey("db", "service", "'software': 'PostgreSQL', 'version': '14.9-1.pgdg12+1'");
        survey("box", "server", "'postgresql.version': 'v14.20', 'php.version': '8.2.29', 'nginx.version': '1.26.3'");
        survey("maria", "server", "'mariadb.version': '1:10.6.22-0ubuntu0.22.04.1'");
        survey("node", "software", "'software': 'Node.js', 'version': 'v22.11.0'");
        survey("java", "software", "'software': 'OpenJDK', 'version': '1.8.0_392'");
        survey("twice", "service", "'software': 'postgres', 'version': '14.2', 'postgresql.version': '14'");
        assertThat(seen(list(EVER)))
                .containsExactlyInAnyOrder(
                        "2026-11-12 db PostgreSQL 14",
                        "2026-11-12 box PostgreSQL 14",
                        "2026-12-31 box PHP 8.2",
                        "2026-07-06 maria MariaDB 10.6",
                        "2027-04-30 node Node.js 22",
                        "2030-12-31 java Java 1.8",
                        "2026-11-12 twice PostgreSQL 14");
        assertThat(seen(list(""))).containsExactly("2026-12-31 box PHP 8.2", "2027-04-30 node Node.js 22");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Debian | 12.x | 2028-06-30 it Debian 12",
                "DEBIAN | 12 (bookworm) | 2028-06-30 it Debian 12",
                "Ubuntu | 22.04.5 LTS | 2027-06-01 it Ubuntu 22.04",
                "RedHat | 8.10 | 2029-05-31 it Red Hat Enterprise Linux 8",
                "Rocky Linux | 9.4 (Blue Onyx) | 2032-05-31 it Rocky Linux 9",
                "AlmaLinux | 8 | 2029-05-31 it AlmaLinux 8",
                "CentOS Stream | 9 | 2027-05-31 it CentOS Stream 9",
                "Debian | bookworm/sid |",
                "Debian | 120 |",
                "Debian | 1 |",
                "Debian | rolling |",
                "Debian | … |",
                "Debian | : |",
                "Debian | v |",
                "Debian | %_ |",
                "Debian' or 1=1 | 12 |",
                "Debian; | 12 |",
                "Devuan (Debian) | 12 |",
                "Ubuntu | 22.10 |",
                "Gentoo | 2.17 |",
            })
    void oddWordsAreReadAsFarAsTheyAreCertain(String os, String version, String expected) {
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'survey', 'element': 'it', 'type': 'server', 'create': true, 'facts':"
                                + " {'os.name': '" + os.replace("'", "\\u0027") + "', 'os.version': '" + version
                                + "'}}")
                .expect(201);
        assertThat(seen(list(EVER))).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void aVersionWithoutItsProductEndsOnNoDay() {
        survey("a", "server", "'os.version': '11'");
        survey("b", "server", "'os.name': 'Debian'");
        survey("c", "service", "'version': '14'");
        survey("d", "service", "'software': 'nginx', 'version': '14'");
        survey("e", "service", "'software': 'Debian', 'version': '11'");
        assertThat(seen(list(EVER))).isEmpty();
    }

    @Test
    void pagesHoldEachOnceAlsoWhereOneElementEndsTwiceOnADay() {
        for (int i = 0; i < 4; i++)
            survey("box-" + i, "server", "'nodejs.version': '20.1', 'mysql.version': '8.0.36', 'php.version': '7.4'");
        List<String> all = new ArrayList<>();
        for (String query = EVER + "&limit=1"; query != null; ) {
            JsonNode page = list(query);
            all.addAll(seen(page));
            query = page.at("/next").isNull()
                    ? null
                    : EVER + "&limit=1&after=" + page.at("/next").stringValue();
        }
        assertThat(all).hasSize(12).doesNotHaveDuplicates();
        assertThat(all).extracting(one -> one.substring(0, 10)).isSorted();
        assertThat(all.subList(4, 12))
                .allSatisfy(one -> assertThat(one).startsWith("2026-04-30").containsAnyOf("Node.js 20", "MySQL 8.0"));
    }

    @Test
    void whatIsTakenBackOrClosedRunsNoMore() {
        server("it", "Debian", "12");
        JsonNode wrong = survey("it", "server", "'os.version': '11'");
        assertThat(seen(list(EVER))).containsExactly("2026-08-31 it Debian 11");
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'withdrawal', 'testimony': '"
                                + wrong.at("/id").stringValue() + "'}")
                .expect(201);
        assertThat(seen(list(EVER))).containsExactly("2028-06-30 it Debian 12");
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'decommissioning', 'element': 'it'}")
                .expect(201);
        assertThat(seen(list(EVER))).isEmpty();
    }

    @Test
    void whoIsLimitedSeesItsOwnAndAStrangerNothing() {
        server("mine", "Debian", "12");
        survey("theirs", "server", "'os.name': 'Debian', 'os.version': '12', 'infrastructure': 'intranet'");
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'shop', 'customers': ['" + customer + "'], 'infrastructures': ['shop']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        assertThat(seen(story.get(limited, DEADLINES + "?from=2026-01-01&until=2200-12-31")
                        .expect(200)))
                .containsExactly("2028-06-30 mine Debian 12");
        assertThat(seen(story.get(story.stranger, DEADLINES + "?until=2200-12-31")
                        .expect(200)))
                .isEmpty();
        assertThat(story.get(story.stranger, DEADLINES + "?what=end-of-support&customer=" + customer)
                        .text())
                .isEqualTo(story.get(story.stranger, DEADLINES + "?what=end-of-support&customer=nobody")
                        .text());
    }

    @Test
    void onlySomeSortsAreAskedForAndTablesTellWhich() {
        server("it", "Debian", "12");
        survey(
                "shop.example",
                "domain",
                "'expires': '2028-01-01', 'warranty.ends': '2028-02-01', 'php.version': '8.3.1'");
        String only = "&what=end-of-support&what=expiry" + EVER;
        assertThat(list(only).at("/items")).hasSize(3);
        assertThat(story.get(story.ops, DEADLINES + "?customer=" + customer + only, "Accept", "text/csv")
                        .text())
                .startsWith(
                        "date,days,what,customer,element,type,order,mandate,provider,owner,payer,renewal,about,provenOn,ifItLapses")
                .contains("2028-06-30,586,end-of-support," + customer + ",it,server,,,,,,,Debian 12,,");
        assertThat(story.get(story.ops, DEADLINES + "?customer=" + customer + only, "Accept", "application/x-ndjson")
                        .text()
                        .lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("\"about\":\"Debian 12\""));
        story.get(story.ops, DEADLINES + "?what=doom").expect(400);
    }

    @Test
    void anInstanceHasDaysOfItsOwnAndWhoKnewTheOthersIsToldSo() {
        EndOfSupport own = EndOfSupport.shipped().with("""
                debian: {ends: {"11": 2031-06-30, "12": null}}
                shopware: {label: Shopware, is: software, names: [shopware 6], ends: {"6.5": 2027-01-31, "6": 2026-12-01}}
                """);
        try (Story elsewhere = Story.fresh(CLOCK, own)) {
            for (String facts : List.of(
                    "'os.name': 'Debian', 'os.version': '11'",
                    "'os.name': 'Debian', 'os.version': '12'",
                    "'software': 'Shopware', 'version': '6.5.8'",
                    "'software': 'Shopware 6', 'version': '6.4'"))
                elsewhere
                        .post(
                                elsewhere.ops,
                                "/api/v1/testimonies?customer=acme",
                                "{'kind': 'survey', 'element': '" + Story.name("e")
                                        + "', 'type': 'server', 'create': true, 'facts': {" + facts + "}}")
                        .expect(201);
            assertThat(seen(elsewhere
                            .get(elsewhere.ops, DEADLINES + "?until=2200-12-31")
                            .expect(200)))
                    .extracting(one -> one.replaceAll(" e-[0-9]+", ""))
                    .containsExactly("2026-12-01 Shopware 6", "2027-01-31 Shopware 6.5", "2031-06-30 Debian 11");
        }
    }
}
