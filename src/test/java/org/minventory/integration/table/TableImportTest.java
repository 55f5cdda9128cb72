package org.minventory.integration.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** Spreadsheets come in: what people write, and what hostile ones do. */
class TableImportTest {
    private final Story story = Story.told();
    private final String customer = story.customer(story.ops, Story.name("sheet"), "Sheet");

    private Reply send(String query, String type, byte[] table, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = type;
        return story.send(story.ops, "POST", "/api/v1/imports/csv?customer=" + customer + query, table, all);
    }

    private JsonNode take(String query, String table) {
        return send(query, "text/csv", table.getBytes(StandardCharsets.UTF_8)).expect(200);
    }

    private JsonNode element(String name) {
        return story.get(story.ops, "/api/v1/elements/" + name + "?customer=" + customer)
                .expect(200);
    }

    private JsonNode value(String name, String attribute) {
        return element(name).at("/knowledge/" + attribute + "/deployed/value");
    }

    private static List<Integer> statuses(JsonNode answer) {
        return answer.get("receipts")
                .valueStream()
                .map(receipt -> receipt.get("status").intValue())
                .toList();
    }

    private static String problem(JsonNode answer, int place) {
        return answer.at("/receipts/" + place + "/problem/errors/0/pointer").asString("") + ": "
                + answer.at("/receipts/" + place + "/problem/detail").stringValue();
    }

    @Test
    void aFrenchSpreadsheetIsUnderstoodAsItStands() {
        JsonNode answer = take("&dates=dmy", """
                Nom du serveur;RAM (Go);Nb cœurs;Disques;Adresse IP;Hébergeur;Prix mensuel (€);Échéance;Mot de passe;Rôle
                Web 01;32;8;2x 1,92 To NVMe;192.0.2.10;OVH;119,99;31/12/2026;hunter2;web, prod
                DB-01;64 Go;16;;192.0.2.11;Hetzner;-;01/02/2027;;base
                """);
        assertThat(statuses(answer)).containsExactly(201, 201);
        assertThat(answer.get("delimiter").stringValue()).isEqualTo(";");
        assertThat(answer.at("/columns/1").toString())
                .isEqualTo("{\"column\":\"RAM (Go)\",\"tells\":\"memory\",\"unit\":\"Go\"}");
        assertThat(answer.at("/columns/8").toString()).isEqualTo("{\"column\":\"Mot de passe\",\"tells\":null}");
        JsonNode web = element("web-01");
        assertThat(web.get("status").stringValue()).isEqualTo("in-service");
        assertThat(value("web-01", "memory").longValue()).isEqualTo(32L << 30);
        assertThat(value("web-01", "disks")).hasSize(2);
        assertThat(value("web-01", "disks").at("/1/type").stringValue()).isEqualTo("nvme");
        assertThat(value("web-01", "expires").stringValue()).isEqualTo("2026-12-31");
        assertThat(value("web-01", "price.monthly").get("amount").stringValue()).isEqualTo("119.99");
        assertThat(value("web-01", "label").stringValue()).isEqualTo("Web 01");
        assertThat(value("web-01", "tags").toString()).isEqualTo("[\"web\",\"prod\"]");
        assertThat(value("db-01", "memory").longValue()).isEqualTo(64L << 30);
        assertThat(web.toString()).doesNotContain("hunter2");
    }

    @Test
    void whatExcelWritesIsReadInItsEncodings() {
        String table = "Serveur;Site\nsrv-é;Orléans\n".replace("srv-é", "srv-1");
        for (Charset charset :
                List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"), StandardCharsets.UTF_16)) {
            JsonNode answer = send("", "text/csv", table.getBytes(charset)).expect(200);
            assertThat(statuses(answer)).as(charset.name()).containsAnyOf(200, 201);
            assertThat(value("srv-1", "site").stringValue()).isEqualTo("Orléans");
        }
        byte[] marked = ("\uFEFF" + table).getBytes(StandardCharsets.UTF_8);
        assertThat(statuses(send("", "text/csv", marked).expect(200))).containsExactly(200);
        Reply packed = send("", "text/csv", new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0});
        assertThat(packed.expect(422).get("detail").stringValue()).contains("Save it as CSV UTF-8");
    }

    @Test
    void whatIsPastedIsATable() {
        Reply reply = send(
                "&dryRun=true",
                "text/tab-separated-values",
                "Name\tRAM (GB)\r\npasted-1\t16\r\npasted-2\t\"8\"\r\n".getBytes(StandardCharsets.UTF_8));
        JsonNode answer = reply.expect(200);
        assertThat(statuses(answer)).containsExactly(201, 201);
        assertThat(answer.at("/summary/recorded").intValue()).isEqualTo(2);
        assertThat(story.get(story.ops, "/api/v1/elements/pasted-1?customer=" + customer)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aLineThatIsWrongCostsNoOtherAndSaysWhere() {
        JsonNode answer = take("", """
                name,memory,addresses,expires,note
                ok-1,16 GB,192.0.2.1,,fine
                ok-1,32 GB,,,a second time
                bad-memory,lots,,,
                bare,32,,,
                bad-day,,,03/04/2026,
                formula,,,,"=HYPERLINK(""http://x"")"
                ,8 GB,,,
                ragged,8 GB,,,,more
                nul,8 GB,,,a\0b
                short
                "two
                lines",8 GB,"192.0.2.2, 192.0.2.3",,"a
                b"
                """);
        assertThat(statuses(answer)).containsExactly(201, 422, 422, 422, 422, 422, 422, 422, 400, 201, 201);
        assertThat(problem(answer, 1)).contains("Line 2 told of this element already");
        assertThat(problem(answer, 2)).startsWith("memory: ");
        assertThat(problem(answer, 3))
                .isEqualTo("memory: 32 of what? The unit stands in the cell (32 GB) or in the heading (RAM (GB)).");
        assertThat(problem(answer, 4)).startsWith("expires: Which day is this?");
        assertThat(problem(answer, 5)).startsWith("note: This cell holds a formula");
        assertThat(problem(answer, 6)).startsWith("name: This line names no element");
        assertThat(problem(answer, 7)).contains("has 6 cells, the heading 5");
        assertThat(answer.at("/receipts/10/line").intValue()).isEqualTo(12);
        assertThat(answer.at("/receipts/10/element/name").stringValue()).isEqualTo("two-lines");
        assertThat(value("two-lines", "addresses")).hasSize(2);
        assertThat(answer.at("/summary").toString())
                .isEqualTo("{\"lines\":11,\"recorded\":3,\"confirmed\":0,\"unattached\":0,\"refused\":8}");
    }

    @Test
    void theSameAgainConfirmsAndWhatChangedIsNews() {
        take("", "name,memory\nsame-1,16 GB\nsame-2,16 GB\n");
        JsonNode again = take("", "name,memory\nsame-1,16 GB\nsame-2,32 GB\n");
        assertThat(statuses(again)).containsExactly(200, 201);
        assertThat(again.at("/receipts/0/confirmed").booleanValue()).isTrue();
        assertThat(again.at("/summary/confirmed").intValue()).isEqualTo(1);
    }

    @Test
    void anUnclosedQuoteCostsItsOwnLineAlone() {
        StringBuilder table = new StringBuilder("name,site\nfirst,\"here\nsecond,there\n");
        for (int i = 0; i < 300; i++) table.append("more-").append(i).append(",x\n");
        JsonNode answer = take("&dryRun=true", table.toString());
        assertThat(answer.at("/summary/recorded").intValue()).isEqualTo(301);
        assertThat(answer.at("/summary/refused").intValue()).isEqualTo(1);
        assertThat(answer.at("/receipts/0/line").intValue()).isEqualTo(2);
        assertThat(problem(answer, 0)).contains("A quote that opens on this line");
    }

    @Test
    void aCellOfTenMegabytesCostsItsOwnLineAlone() {
        String table = "name,site\nbefore,x\nhuge,\"" + "y".repeat(10 << 20) + "\"\nafter,x\n";
        JsonNode answer = take("", table);
        assertThat(statuses(answer)).containsExactly(201, 422, 201);
        assertThat(problem(answer, 1)).contains("larger than 1 MiB");
    }

    @Test
    void columnsAreMappedAndNoneIsPassedOverInSilence() {
        JsonNode answer = take(
                "&map=" + encoded("Machine:element") + "&map=" + encoded("Nom:label") + "&map="
                        + encoded("#3:addresses") + "&map=" + encoded("IP 2:addresses") + "&map=" + encoded("Kernel:-")
                        + "&type=virtual-machine",
                "Nom,Machine,IP,IP 2,Kernel,Whatever\nLe web,mapped-1,192.0.2.1,192.0.2.2,6.1,z\n");
        assertThat(statuses(answer)).containsExactly(201);
        assertThat(answer.get("columns")
                        .valueStream()
                        .map(column -> column.get("tells").asString("null"))
                        .toList())
                .containsExactly("label", "element", "addresses", "addresses", "null", "null");
        assertThat(value("mapped-1", "addresses")).hasSize(2);
        assertThat(element("mapped-1").get("type").stringValue()).isEqualTo("virtual-machine");
    }

    @Test
    void whatNamesNoElementOrTellsOneThingTwiceIsRefusedAsAWhole() {
        assertThat(refused("", "colour,size\nred,1\n")).contains("no column names the element", "map=colour:element");
        assertThat(refused("", "name,RAM,Mémoire\nx,1 GB,2 GB\n"))
                .contains("“RAM” and “Mémoire” both tell memory", "map=#3:-");
        assertThat(refused("", "\n\n")).contains("its first line has to name the columns");
        assertThat(refused("", "name" + ",x".repeat(1_000) + "\n")).contains("1001 columns");
        assertThat(send("&map=nobody:memory", "text/csv", "name\nx\n".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
        assertThat(send("", "application/json", "[]".getBytes(StandardCharsets.UTF_8))
                        .expect(415)
                        .get("detail")
                        .stringValue())
                .contains("text/csv");
        assertThat(statuses(take("&dryRun=true", "name" + ",x".repeat(999) + "\nwide" + ",1".repeat(999) + "\n")))
                .containsExactly(201);
    }

    private String refused(String query, String table) {
        return send(query, "text/csv", table.getBytes(StandardCharsets.UTF_8))
                .expect(422)
                .get("detail")
                .stringValue();
    }

    @Test
    void whoMayNotSaySoIsRefusedAsAWhole() {
        byte[] table = "name\nx\n".getBytes(StandardCharsets.UTF_8);
        for (String token : List.of(story.cio, story.member, story.monitoring))
            assertThat(story.send(token, "POST", "/api/v1/imports/csv", table, "Content-Type", "text/csv")
                            .status())
                    .isEqualTo(403);
        assertThat(story.send(story.ops, "POST", "/api/v1/imports/csv", table, "Content-Type", "text/csv")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theAnswerComesLineByLineForWhoeverWantsItSo() {
        StringBuilder table = new StringBuilder("name\n");
        for (int i = 0; i < 2_500; i++) table.append("line-").append(i).append('\n');
        Reply reply = send(
                "&dryRun=true",
                "text/csv",
                table.toString().getBytes(StandardCharsets.UTF_8),
                "Accept",
                "application/x-ndjson");
        List<String> lines = reply.text().lines().toList();
        assertThat(lines.getFirst()).startsWith("{\"begin\":{\"columns\":");
        assertThat(lines.getLast()).startsWith("{\"summary\":{\"lines\":2500,");
        assertThat(lines.stream().filter(line -> line.startsWith("{\"progress\":")))
                .hasSize(2);
        assertThat(lines.stream().filter(line -> line.startsWith("{\"receipt\":")))
                .hasSize(2_500);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whoever is limited to one infrastructure neither changes nor learns of what stands in another. */
    @Test
    void whoReachesLessBringsInNoMore() {
        take("", "name,infrastructure,memory,serial\nvault-1,treasury,64 GB,SECRET-1\nshop-1,shop,8 GB,OPEN-1\n");
        String limited = story.post(
                        story.ops,
                        "/api/v1/witnesses",
                        "{'role': 'robot', 'name': 'shopkeeper', 'customer': '" + customer + "', 'token': {'scopes':"
                                + " ['read:inventory', 'testify:*'], 'infrastructures': ['shop']}}")
                .expect(201)
                .at("/token/secret")
                .stringValue();
        byte[] table = """
                name,infrastructure,memory,serial
                vault-1,shop,1 GB,SECRET-1
                shop-1,shop,16 GB,OPEN-1
                shop-2,treasury,1 GB,OPEN-2
                """.getBytes(StandardCharsets.UTF_8);
        for (String query : List.of("&dryRun=true", "")) {
            String answer = story.send(
                            limited,
                            "POST",
                            "/api/v1/imports/csv?customer=" + customer + query,
                            table,
                            "Content-Type",
                            "text/csv")
                    .text();
            assertThat(answer).contains("\"name\":\"shop-1\"").doesNotContain("64", id("vault-1"));
        }
        assertThat(value("vault-1", "memory").longValue()).isEqualTo(64L << 30);
        assertThat(value("vault-1", "infrastructure").stringValue()).isEqualTo("treasury");
        assertThat(value("shop-1", "memory").longValue()).isEqualTo(16L << 30);
        for (String nobody : List.of(story.stranger, story.strangersOps))
            for (String query : List.of("&dryRun=true", ""))
                assertThat(story.send(
                                        nobody,
                                        "POST",
                                        "/api/v1/imports/csv?customer=" + customer + query,
                                        table,
                                        "Content-Type",
                                        "text/csv")
                                .status())
                        .isIn(403, 404);
    }

    private String id(String name) {
        return element(name).get("id").stringValue();
    }
}
