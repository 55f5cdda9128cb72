package org.minventory.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** Small files that are made to take much: each is refused in a sentence, soon, and what stands beside it is taken. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileImportTest {
    private final Story story = Story.told();
    private final String customer = story.customer(story.ops, Story.name("greedy"), "Greedy");

    private Reply send(String path, String type, String body) {
        return story.send(
                story.ops,
                "POST",
                path + "customer=" + customer,
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                type);
    }

    private JsonNode table(String body) {
        return send("/api/v1/imports/csv?", "text/csv", body).expect(200);
    }

    private String refusedTable(String body) {
        return send("/api/v1/imports/csv?", "text/csv", body)
                .expect(422)
                .get("detail")
                .stringValue();
    }

    private Reply inventory(String body) {
        return send("/api/v1/imports/ansible?", "application/yaml", body);
    }

    private static int status(JsonNode answer, int place) {
        return answer.at("/receipts/" + place + "/status").intValue();
    }

    @Test
    void aFewWordsThatMultiplyFillNoMemory() {
        JsonNode answer = table("name;disks\nbox-1;\"" + "999x1TB;".repeat(100_000) + "\"\nbox-2;2x1TB\n");
        assertThat(status(answer, 0)).isEqualTo(422);
        assertThat(answer.at("/receipts/0/problem/detail").stringValue()).contains("4096");
        assertThat(status(answer, 1)).isEqualTo(201);
    }

    @Test
    void longNamesAndHeadingsTakeNoLongTime() {
        JsonNode answer = table("name;site\na" + "-".repeat(400_000) + "é;x\nbox-3;x\n");
        assertThat(status(answer, 0)).isEqualTo(422);
        assertThat(status(answer, 1)).isEqualTo(201);
        assertThat(refusedTable("name;\"a" + " ".repeat(300_000) + "b\"\nbox-4;x\n"))
                .contains("the heading of column 2 is longer than 1000 characters");
    }

    @Test
    void quotesThatNeverCloseCostOneLookEach() {
        String lines = "\"" + "x".repeat(5_000) + "\n" + ("x".repeat(5_000) + "\n").repeat(199);
        JsonNode answer = table("name;site\n" + lines.repeat(5) + "box-5;x\n");
        assertThat(answer.at("/summary/recorded").intValue()).isEqualTo(1);
    }

    @Test
    void aSeparatorThatCouldBeNoneAndNumbersWithoutEndAreRefused() {
        assertThat(refusedTable("sep=\"\nname;site\nbox-6;x\n")).contains("no column names the element");
        JsonNode answer = table("name;disks\nbox-7;[1e999999999999]\nbox-8;[\"\\ud800\"]\nbox-9;\n");
        assertThat(status(answer, 0)).isEqualTo(422);
        assertThat(status(answer, 1)).isEqualTo(422);
        assertThat(status(answer, 2)).isEqualTo(201);
    }

    @Test
    void nobodyWitnessedInAYearThatNoCalendarHas() {
        String year = "%2B999999999-12-31T00:00:00Z";
        send("/api/v1/imports/csv?witnessedAt=" + year + "&", "text/csv", "name\nbox-10\n")
                .expect(400);
        JsonNode answer =
                table("name;witnessedAt\nbox-11;+999999999-12-31T00:00:00Z\nbox-12;0000-01-01\nbox-13;2026-01-01\n");
        assertThat(status(answer, 0)).isBetween(400, 422);
        assertThat(status(answer, 1)).isBetween(400, 422);
        assertThat(status(answer, 2)).isEqualTo(201);
    }

    @Test
    void groupsWithinGroupsAndPatternsAreCountedBeforeTheyAreFollowed() {
        StringBuilder ways = new StringBuilder();
        for (int i = 0; i < 31; i++)
            for (String group : new String[] {"a", "b"})
                ways.append(group + i + ": {children: {a" + (i + 1) + ": , b" + (i + 1) + ": }}\n");
        assertThat(inventory(ways + "a31: {hosts: {box-13: }}\n")
                        .expect(200)
                        .at("/summary/recorded")
                        .intValue())
                .isEqualTo(1);

        StringBuilder memberships = new StringBuilder();
        for (int i = 0; i < 1_000; i++) memberships.append("g" + i + ": {hosts: {\"x[1:50000]\": }}\n");
        assertThat(tooMuch(memberships.toString())).contains("more of it than is read");

        StringBuilder vars = new StringBuilder("all:\n  hosts: {\"x[1:20000]\": }\n  vars:\n");
        for (int i = 0; i < 10_000; i++) vars.append("    v" + i + ": 1\n");
        assertThat(tooMuch(vars.toString())).contains("more of it than is read");

        JsonNode one = inventory("all: {hosts: {? \"x[1:50000]" + "y".repeat(500_000) + "\" : {}, box-14: {}}}\n")
                .expect(200);
        assertThat(status(one, 0)).isEqualTo(422);
        assertThat(status(one, 1)).isEqualTo(201);
    }

    private String tooMuch(String yaml) {
        return inventory(yaml).expect(422).get("detail").stringValue();
    }

    @Test
    void anImageThatIsCalledWithoutEndIsReadOnce() {
        String resource = "{\"mode\": \"managed\", \"type\": \"hcloud_server\", \"address\": \"hcloud_server.box\","
                + " \"values\": {\"name\": \"box-15\", \"image\": \"" + "debian-".repeat(50_000) + "\\n\"}}";
        JsonNode answer = send(
                        "/integrations/terraform/state?create=true&",
                        "application/json",
                        "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"resources\": [" + resource
                                + "]}}}")
                .expect(200);
        assertThat(status(answer, 0)).isEqualTo(201);
    }
}
