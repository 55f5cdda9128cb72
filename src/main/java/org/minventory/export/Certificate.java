package org.minventory.export;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Sentence;
import org.minventory.base.Typography;
import org.minventory.testimony.Entry;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The certificate of acceptance (procès-verbal de réception) of a delivery: quantity first, then each specification as it
 * was when it was decided on, the reservations with their days, who said and saw what, and the seal of the record under
 * the decision. Before anything is decided it is the report of what was found.
 */
public final class Certificate {
    private static final String SAID = "org.minventory.export.said";
    private static final String KEY = "certificate-";

    private final Locale language;
    private final JsonNode delivery;
    private final JsonNode acceptance;
    private final String customer;
    private final @Nullable String provider;
    private final @Nullable String seal;

    private Certificate(
            Locale language, JsonNode delivery, String customer, @Nullable String provider, @Nullable String seal) {
        this.language = language;
        this.delivery = delivery;
        this.acceptance = delivery.path("acceptance");
        this.customer = customer;
        this.provider = provider;
        this.seal = seal;
    }

    /**
     * The certificate of a delivery.
     *
     * @param delivery as the API shows it, in that language
     */
    public static Certificate of(JdbcClient db, DeliveryReader.Found found, ObjectNode delivery, Locale language) {
        String customer = db.sql("select name from customer where customer_id = ?")
                .param(found.row().customer())
                .query(String.class)
                .single();
        String provider = found.row().provider();
        return new Certificate(language, delivery, customer, provider, seal(db, found.decision()));
    }

    private static @Nullable String seal(JdbcClient db, @Nullable Entry decision) {
        return decision == null
                ? null
                : decision.seq() + " "
                        + HexFormat.of()
                                .formatHex(db.sql("select chain from testimony where customer_id = ? and seq = ?")
                                        .params(decision.customer(), decision.seq())
                                        .query(byte[].class)
                                        .single());
    }

    /** The whole page, with its style: to be read alone, printed, or made a PDF of. */
    public String page() {
        return render("certificate");
    }

    /** What a browser may do with the whole page: apply its own style, known by its hash, and nothing else. */
    public static String policy(String page) {
        String style = page.substring(page.indexOf("<style>") + "<style>".length(), page.indexOf("</style>"));
        String hash = Base64.getEncoder().encodeToString(Ids.sha256().digest(style.getBytes(StandardCharsets.UTF_8)));
        return "default-src 'none'; style-src 'sha256-" + hash
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** The part that other pages frame. */
    public String body() {
        return render("certificateBody");
    }

    private String render(String template) {
        StringOutput page = new StringOutput();
        Templates.ENGINE.render("org/minventory/export/" + template + ".jte", this, page);
        return page.toString();
    }

    /** Loaded when the first certificate is asked for. */
    private static final class Templates {
        private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);
    }

    /** The name of the file that it is kept in. */
    public String fileName() {
        return say("file") + "-" + delivery.at("/element/name").stringValue() + ".pdf";
    }

    // ---- what it says -----------------------------------------------------------------------------------------------

    /** The language tag. */
    public String tag() {
        return language.getLanguage();
    }

    /** A text of the certificate. */
    public String say(String key, Object... arguments) {
        return Typography.set(Sentence.of(SAID, KEY + key, arguments).in(language), language);
    }

    /** Its title: a certificate once something is decided. */
    public String title() {
        return say(isDecided() ? "title" : "title-open");
    }

    /** Whether anything was decided. */
    public boolean isDecided() {
        return acceptance.isObject();
    }

    /** The decision in words. */
    public String decision() {
        return say("decision-" + acceptance.get("decision").stringValue());
    }

    /** The tone of the decision: ok, warn, bad. */
    public String tone() {
        return switch (acceptance.get("decision").stringValue()) {
            case "accept" -> "ok";
            case "refuse" -> "bad";
            default -> "warn";
        };
    }

    /** The words that go with the decision, or null. */
    public @Nullable String reason() {
        return acceptance.path("text").asString(null);
    }

    /** A name and what is said under it. */
    public record Line(String term, String text) {}

    /** Who and what it is about. */
    public List<Line> parties() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(say("customer"), customer));
        if (provider != null) lines.add(new Line(say("provider"), provider));
        lines.add(new Line(
                say("element"),
                delivery.at("/element/name").stringValue() + " ("
                        + delivery.at("/element/type").stringValue() + ")"));
        String order = acceptance.path("order").asString(delivery.path("order").asString(null));
        if (order != null) lines.add(new Line(say("order"), order));
        lines.add(new Line(say("arrived"), instant(delivery.get("arrivedAt").stringValue())));
        return lines;
    }

    /** How much came of what was ordered together, or null. */
    public @Nullable String quantity() {
        JsonNode quantity = acceptance.path("quantity");
        return quantity.isObject()
                ? say(
                        "quantity",
                        quantity.get("delivered").intValue(),
                        quantity.get("ordered").intValue())
                : null;
    }

    /** One specification. */
    public record Row(String label, String ordered, String delivered, String verdict, String word, String sentence) {}

    /** The specifications: as they were decided on, else as they stand. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        JsonNode all = isDecided() ? acceptance.get("specifications") : delivery.get("specifications");
        for (JsonNode one : all) {
            String verdict = one.get("verdict").stringValue();
            rows.add(new Row(
                    one.get("label").stringValue(),
                    one.at("/ordered/display").asString("–"),
                    one.at("/delivered/display").asString("–"),
                    verdict,
                    say("verdict-" + verdict),
                    one.get("sentence").stringValue()));
        }
        return rows;
    }

    /** How many agree, diverge, and were not looked at. */
    public String summary() {
        List<Row> rows = rows();
        return say("summary", count(rows, "agrees"), count(rows, "diverges"), count(rows, "unknown"));
    }

    private static long count(List<Row> rows, String verdict) {
        return rows.stream().filter(row -> row.verdict().equals(verdict)).count();
    }

    /** One reservation. */
    public record Reserved(String about, String until, String state, String word) {}

    /** The reservations, with how they stand today. */
    public List<Reserved> reservations() {
        List<Reserved> reserved = new ArrayList<>();
        for (JsonNode one : acceptance.path("reservations")) {
            String label = one.path("label").asString(null);
            String text = one.path("text").asString(null);
            String state = one.get("state").stringValue();
            reserved.add(new Reserved(
                    label != null && text != null ? say("about", label, text) : Objects.requireNonNullElse(text, label),
                    day(one.get("until").stringValue()),
                    state,
                    say("reservation-" + state)));
        }
        return reserved;
    }

    /** The testimonies on which it rests: who saw it, with what, when. */
    public List<Line> evidence() {
        List<Line> lines = new ArrayList<>();
        for (JsonNode one : delivery.get("surveys"))
            lines.add(new Line(
                    say(
                            "seen-by-" + one.get("kind").stringValue(),
                            one.at("/witness/name").stringValue(),
                            one.get("source").stringValue(),
                            instant(one.get("witnessedAt").stringValue())),
                    one.get("testimony").stringValue()));
        return lines;
    }

    /** Who signs, by name and instant. */
    public List<Line> signatures() {
        List<Line> lines = new ArrayList<>();
        if (!isDecided()) return lines;
        lines.add(signature("signed-ops", acceptance));
        JsonNode countersign = acceptance.get("countersign");
        if (countersign.isObject())
            lines.add(signature("signed-" + countersign.get("decision").stringValue(), countersign));
        else lines.add(new Line(say("signed-countersign"), say("not-yet")));
        return lines;
    }

    private Line signature(String term, JsonNode said) {
        return new Line(
                say(term),
                say(
                        "signature",
                        said.at("/witness/name").stringValue(),
                        instant(said.get("at").stringValue())));
    }

    /** Why the customer objects, or what it says to it; null where it says nothing. */
    public @Nullable String objection() {
        return acceptance.at("/countersign/text").asString(null);
    }

    /** Where the decision stands in the record, with the seal of all that came before; null before anything is decided. */
    public @Nullable String seal() {
        return seal == null ? null : say("seal", seal.split(" ", 2)[0], seal.split(" ", 2)[1]);
    }

    /** A line for readers of the file. */
    public String description() {
        return say("description", delivery.at("/element/name").stringValue(), customer);
    }

    private String instant(String at) {
        String pattern =
                language.getLanguage().equals("fr") ? "d MMMM yyyy 'à' HH:mm 'UTC'" : "d MMMM yyyy, HH:mm 'UTC'";
        return DateTimeFormatter.ofPattern(pattern, language)
                .format(Instant.parse(at).atZone(ZoneOffset.UTC));
    }

    private String day(String day) {
        return DateTimeFormatter.ofPattern("d MMMM yyyy", language).format(LocalDate.parse(day));
    }
}
