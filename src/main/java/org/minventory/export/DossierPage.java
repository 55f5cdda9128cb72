package org.minventory.export;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Sentence;
import org.minventory.element.Attribute;
import org.minventory.element.Display;
import org.minventory.element.ElementType;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Index;
import org.minventory.party.Customers.Customer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A dossier for people: one page that needs no program and no network, in the reader's language, from which the PDF is
 * printed. Whatever a witness told is text in it, never markup.
 */
final class DossierPage {
    /** More elements than anybody reads; the others stand in the table. */
    static final int MOST = 500;

    private static final List<String> TOLD = List.of("cpu.cores", "memory", "os", "range", "expires");
    private static final String BUNDLE = "org.minventory.export.dossier";

    private static final String STYLE = """
            body { font-family: "Liberation Sans", Arial, sans-serif; font-size: 10pt; color: #1a1a1a; margin: 2em; }
            h1 { font-size: 18pt; } h2 { font-size: 13pt; margin-top: 1.6em; border-bottom: 1px solid #888; }
            h3 { font-size: 11pt; } table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; vertical-align: top; padding: 3px 8px 3px 0; border-bottom: 1px solid #ddd; }
            code { font-family: "Liberation Mono", monospace; font-size: 8pt; word-wrap: break-word; }
            @page { size: A4; margin: 18mm; }
            """;

    private final Sight sight;
    private final Customer customer;
    private final Horizon horizon;
    private final Locale language;
    private final Instant now;
    private final StringBuilder page = new StringBuilder(8 << 10);

    DossierPage(Sight sight, Customer customer, Horizon horizon, Locale language, Instant now) {
        this.sight = sight;
        this.customer = customer;
        this.horizon = horizon;
        this.language = language;
        this.now = now;
    }

    /** The page, well-formed XHTML. */
    String write() {
        String title = escape(say("title", customer.name()));
        page.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"")
                .append(language.getLanguage())
                .append("\"><head><meta charset=\"UTF-8\"/><title>")
                .append(title)
                .append("</title><meta name=\"description\" content=\"")
                .append(title)
                .append("\"/><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(title)
                .append("</h1>");
        paragraph(say(horizon.isNow() ? "stands" : "stood", moment(horizon.at() == null ? now : horizon.at())));
        page.append("<p>").append(escape(say("head", horizon.seq()))).append(" <code>");
        page.append(escape(horizon.head())).append("</code></p>");
        elements();
        projects();
        attachments();
        orders();
        deadlines();
        divergences();
        return page.append("</body></html>\n").toString();
    }

    private String moment(Instant at) {
        LocalDateTime utc = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                        .withLocale(language)
                        .format(utc)
                + " UTC";
    }

    // ---- what it tells ----------------------------------------------------------------------------------------------

    private void elements() {
        heading("elements");
        Map<String, List<List<String>>> rows = new LinkedHashMap<>();
        int[] count = {0};
        sight.elements(seen -> {
            if (++count[0] > MOST) return;
            String where = seen.row().infrastructure();
            rows.computeIfAbsent(where == null ? "" : where, some -> new ArrayList<>())
                    .add(element(seen));
        });
        rows.forEach((where, some) -> {
            page.append("<h3>")
                    .append(escape(where.isEmpty() ? say("nowhere") : where))
                    .append("</h3>");
            table(List.of("name", "type", "status", "provider", "known"), some);
        });
        if (rows.isEmpty()) paragraph(say("none"));
        if (count[0] > MOST) paragraph(say("more-elements", count[0] - MOST));
    }

    private List<String> element(Then.Seen seen) {
        Inventory.Row row = seen.row();
        return List.of(row.name(), type(row.type()), word(row.status()), orNothing(row.provider()), known(seen));
    }

    private String type(String name) {
        ElementType type = sight.vocabulary().type(name);
        return type == null ? name : type.singular().in(language);
    }

    private String known(Then.Seen seen) {
        Vocabulary vocabulary = sight.vocabulary();
        List<String> said = new ArrayList<>();
        for (String name : TOLD) {
            Attribute attribute = vocabulary.attribute(name);
            JsonNode value = Index.bestKnown(seen.row().picture(), name, vocabulary, seen.judgedAt());
            if (value == null || value.isNull()) continue;
            String label = attribute == null ? name : attribute.labels().in(language);
            said.add(say("is", label, Display.of(attribute, value, language)));
        }
        return String.join("; ", said);
    }

    private void projects() {
        List<List<String>> rows = new ArrayList<>();
        for (ObjectNode one : sight.projects())
            rows.add(List.of(
                    text(one, "/name"), text(one, "/title"), word(text(one, "/state")), text(one, "/changedAt")));
        section("projects", List.of("name", "title-of", "status", "changed"), rows);
    }

    private void attachments() {
        List<List<String>> rows = new ArrayList<>();
        for (ObjectNode project : sight.projects())
            for (JsonNode file : project.path("attachments"))
                rows.add(List.of(
                        text(file, "/name"),
                        text(project, "/name"),
                        Display.bytes(file.path("size").asInt(0), language),
                        place(file)));
        section("attachments", List.of("name", "project", "size", "place"), rows);
    }

    private static String place(JsonNode file) {
        return DossierFile.attachment(text(file, "/testimony"), file.path("n").asInt(0), text(file, "/name"));
    }

    private void orders() {
        List<List<String>> rows = new ArrayList<>();
        for (ObjectNode one : sight.orders())
            rows.add(List.of(
                    text(one, "/number"),
                    text(one, "/terms/provider/display"),
                    text(one, "/terms/price.monthly/display"),
                    text(one, "/terms/expires/display"),
                    text(one, "/terms/notice.until/display")));
        section("orders", List.of("number", "provider", "monthly", "expires", "notice"), rows);
    }

    private void deadlines() {
        List<List<String>> rows = new ArrayList<>();
        for (ObjectNode one : sight.deadlines()) {
            String name = text(one, "/element/name") + text(one, "/order/number");
            rows.add(List.of(
                    text(one, "/date"),
                    name.isEmpty() ? say("mandate") : name,
                    text(one, "/owner"),
                    text(one, "/payer"),
                    text(one, "/ifItLapses")));
        }
        section("deadlines", List.of("date", "name", "owner", "payer", "lapse"), rows);
    }

    private void divergences() {
        List<List<String>> rows = new ArrayList<>();
        int[] count = {0};
        sight.divergences(one -> {
            if (++count[0] > MOST) return;
            rows.add(List.of(
                    text(one, "/element/name"),
                    word(text(one, "/state")),
                    text(one, "/sentence"),
                    text(one, "/openedAt")));
        });
        section("divergences", List.of("name", "status", "sentence", "opened"), rows);
        if (count[0] > MOST) paragraph(say("more-divergences", count[0] - MOST));
    }

    // ---- how it is written ------------------------------------------------------------------------------------------

    private void section(String heading, List<String> columns, List<List<String>> rows) {
        heading(heading);
        if (rows.isEmpty()) paragraph(say("none"));
        else table(columns, rows);
    }

    private void heading(String key) {
        page.append("<h2>").append(escape(say(key))).append("</h2>");
    }

    private void paragraph(String text) {
        page.append("<p>").append(escape(text)).append("</p>");
    }

    private void table(List<String> columns, List<List<String>> rows) {
        page.append("<table><thead><tr>");
        for (String column : columns)
            page.append("<th>").append(escape(say("column-" + column))).append("</th>");
        page.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            page.append("<tr>");
            for (String cell : row) page.append("<td>").append(escape(cell)).append("</td>");
            page.append("</tr>\n");
        }
        page.append("</tbody></table>");
    }

    private static String text(JsonNode json, String pointer) {
        JsonNode value = json.at(pointer);
        return value.isMissingNode() || value.isNull() ? "" : value.asString();
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A word of ours as a person reads it; one that has no sentence as it stands. */
    private String word(@Nullable String word) {
        if (word == null || word.isEmpty()) return "";
        return Sentence.exists(BUNDLE, "word-" + word) ? say("word-" + word) : word;
    }

    private String say(String key, Object... arguments) {
        return Sentence.of(BUNDLE, key, arguments).in(language);
    }

    /** Text, whatever it looks like; what no page can hold is shown as what it is. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(Character.isISOControl(c) && c != '\n' && c != '\t' ? 0xFFFD : c);
            }
        });
        return safe.toString();
    }
}
