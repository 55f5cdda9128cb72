package org.minventory.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Together;
import org.minventory.conformity.Divergences.Turn;
import org.minventory.element.Status;
import org.minventory.knowledge.Deployment;
import org.minventory.knowledge.Facts;
import org.minventory.knowledge.Picture;
import org.minventory.notification.Notice;
import org.minventory.notification.Outbox;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Head;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What there is to say of one sitting, grouped by cause: a survey that opens five divergences is one notice. */
final class Notices {
    private final boolean silent;
    private final List<Notice> notices = new ArrayList<>();

    /** @param silent for a rebuild: what was recorded before was said before */
    Notices(boolean silent) {
        this.silent = silent;
    }

    /** The element came to be known, or its life went on. */
    void status(Picture picture, @Nullable Status before, Entry cause) {
        add(
                Notice.Type.ELEMENT_STATUS_CHANGED,
                Notice.Severity.INFO,
                picture,
                cause,
                Json.object()
                        .put("before", before == null ? null : before.word())
                        .put("now", picture.status().word()));
    }

    /** The element has come further, or goes back, whatever maintenance is open; its project with it. */
    void reached(Picture picture, @Nullable String project, Entry cause) {
        if (picture.reached() == Status.DELIVERED)
            add(Notice.Type.DELIVERY_RECEIVED, Notice.Severity.INFO, picture, cause, Json.object());
        if (project != null)
            add(
                    Notice.Type.PROJECT_PROGRESSED,
                    Notice.Severity.INFO,
                    picture,
                    cause,
                    Json.object()
                            .put("name", project)
                            .put("now", picture.reached().word()));
    }

    /** The status of an element turned from one into another. */
    record Turned(Status before, Status now) {}

    /**
     * The statuses of those that belong to an infrastructure turned, and with them what disagreed of them, by what was told
     * of it as a whole: one notice for all of them.
     */
    void moved(String infrastructure, Map<Turned, Integer> statuses, Map<UUID, List<Turn>> turns, Entry cause) {
        if (statuses.isEmpty()) return;
        ObjectNode body = Json.object().put("infrastructure", infrastructure);
        ArrayNode changes = body.putArray("changes");
        statuses.forEach((turned, elements) -> changes.addObject()
                .put("before", turned.before().word())
                .put("now", turned.now().word())
                .put("elements", elements));
        add(Notice.Type.ELEMENT_STATUS_CHANGED, Notice.Severity.INFO, null, cause, body);
        Map<Notice.Type, ArrayNode> byType = new LinkedHashMap<>();
        turns.forEach((element, ofElement) ->
                ofElement.forEach(turn -> name(byType, turn).put("element", element.toString())));
        byType.forEach((type, divergences) -> add(
                type,
                severity(type),
                null,
                cause,
                Json.object().put("infrastructure", infrastructure).set("divergences", divergences)));
    }

    private static ObjectNode name(Map<Notice.Type, ArrayNode> byType, Turn turn) {
        return byType.computeIfAbsent(type(turn), type -> Json.MAPPER.createArrayNode())
                .addObject()
                .put("id", turn.divergence().id().toString())
                .put("attribute", turn.divergence().attribute());
    }

    /** Divergences turned; each turn of them is one notice, whatever their number. */
    void turned(List<Turn> turns, Picture picture, Entry cause) {
        Map<Notice.Type, ArrayNode> byType = new LinkedHashMap<>();
        for (Turn turn : turns) name(byType, turn);
        byType.forEach((type, divergences) ->
                add(type, severity(type), picture, cause, Json.object().set("divergences", divergences)));
    }

    private static Notice.Type type(Turn turn) {
        boolean contradiction = turn.divergence().isContradiction();
        return switch (turn.change()) {
            case OPENED -> contradiction ? Notice.Type.CONTRADICTION_OPENED : Notice.Type.DIVERGENCE_OPENED;
            case WORSENED -> Notice.Type.DIVERGENCE_WORSENED;
            case RESOLVED -> contradiction ? Notice.Type.CONTRADICTION_RESOLVED : Notice.Type.DIVERGENCE_RESOLVED;
        };
    }

    private static Notice.Severity severity(Notice.Type type) {
        boolean settled = type == Notice.Type.DIVERGENCE_RESOLVED || type == Notice.Type.CONTRADICTION_RESOLVED;
        return settled ? Notice.Severity.INFO : Notice.Severity.WARNING;
    }

    /** What the kind itself tells, whatever it changed. */
    void told(Entry entry, Facts facts, @Nullable Picture picture, Entry cause) {
        switch (entry.kind()) {
            case DEPLOYMENT_REPORT -> deployment(facts, picture, cause);
            case INCIDENT -> incident(entry, picture, cause, Json.object());
            case ACCEPTANCE -> decided(entry, picture, cause);
            case MANDATE -> add(Notice.Type.MANDATE_CHANGED, Notice.Severity.INFO, picture, cause, Json.object());
            case REQUEST -> add(Notice.Type.PROJECT_REQUESTED, Notice.Severity.INFO, picture, cause, project(entry));
            case MESSAGE -> add(Notice.Type.PROJECT_MESSAGE, Notice.Severity.INFO, picture, cause, project(entry));
            case APPROVAL ->
                add(
                        "approved".equals(entry.facts().path("decision").asString(""))
                                ? Notice.Type.PROJECT_APPROVED
                                : Notice.Type.PROJECT_MESSAGE,
                        Notice.Severity.INFO,
                        picture,
                        cause,
                        project(entry));
            case WISH,
                    ORDER,
                    DELIVERY_NOTICE,
                    DELIVERY_SURVEY,
                    SURVEY,
                    MONITORING_STATE,
                    PROOF,
                    COMMISSIONING,
                    DECOMMISSIONING,
                    MAINTENANCE,
                    INTERVENTION,
                    NOTE,
                    CONTRACT,
                    RENEWAL,
                    INVOICE,
                    DEFINITION,
                    ATTACHMENT,
                    WITHDRAWAL,
                    MERGE,
                    SPLIT,
                    DISCREDIT,
                    DIVERGENCE_DECISION,
                    CONFIRMATION -> {}
        }
    }

    /** The same of a whole infrastructure: one notice, however many belong to it. */
    void toldOfAll(Entry entry, String infrastructure, Entry cause) {
        if (entry.kind() == Kind.INCIDENT)
            incident(entry, null, cause, Json.object().put("infrastructure", infrastructure));
    }

    /** What monitoring says of an element has changed: of several checks the worst, whichever spoke. */
    void state(Picture picture, JsonNode state, Entry cause) {
        add(
                Notice.Type.MONITORING_STATE_CHANGED,
                severity(state.asString("")),
                picture,
                cause,
                Json.object().set("state", state));
    }

    private void deployment(Facts facts, @Nullable Picture picture, Entry cause) {
        boolean failed = Deployment.of(facts) == Deployment.FAILED;
        add(
                failed ? Notice.Type.DEPLOYMENT_FAILED : Notice.Type.DEPLOYMENT_REPORTED,
                failed ? Notice.Severity.WARNING : Notice.Severity.INFO,
                picture,
                cause,
                Json.object());
    }

    /** As grave as monitoring says it is. */
    private static Notice.Severity severity(String state) {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "critical" -> Notice.Severity.CRITICAL;
            case "warning" -> Notice.Severity.WARNING;
            default -> Notice.Severity.INFO;
        };
    }

    private void incident(Entry entry, @Nullable Picture picture, Entry cause, JsonNode body) {
        boolean resolved =
                "resolved".equalsIgnoreCase(entry.facts().path("incident.state").asString(""));
        add(
                resolved ? Notice.Type.INCIDENT_RESOLVED : Notice.Type.INCIDENT_OPENED,
                resolved ? Notice.Severity.INFO : Notice.Severity.WARNING,
                picture,
                cause,
                body);
    }

    /** What was decided about a delivery; what is put off, and what the customer says to it, is told as a testimony only. */
    private void decided(Entry entry, @Nullable Picture picture, Entry cause) {
        String decision = entry.act().path("decision").asString("");
        ObjectNode body = Json.object().put("decision", decision);
        if (decision.startsWith("accept"))
            add(Notice.Type.DELIVERY_ACCEPTED, Notice.Severity.INFO, picture, cause, body);
        else if (decision.equals("refuse"))
            add(Notice.Type.DELIVERY_REFUSED, Notice.Severity.WARNING, picture, cause, body);
    }

    private static JsonNode project(Entry entry) {
        return Json.object()
                .put("project", entry.act().path("project").asString(""))
                .put("name", entry.context().path("project").asString(""))
                .set("facts", entry.facts());
    }

    private void add(Notice.Type type, Notice.Severity severity, @Nullable Picture about, Entry cause, JsonNode body) {
        if (!silent) notices.add(new Notice(type, severity, about == null ? null : about.id(), cause.seq(), body));
    }

    /** Puts them into the outbox; the entries themselves are one more, for those who ask for each testimony. */
    void write(Together writes, Head head, List<Entry> entries) {
        if (silent) return;
        if (!entries.isEmpty()) {
            Entry last = entries.getLast();
            notices.add(new Notice(
                    Notice.Type.TESTIMONY_RECORDED,
                    Notice.Severity.INFO,
                    null,
                    last.seq(),
                    Json.object().put("from", entries.getFirst().seq()).put("to", last.seq())));
        }
        Outbox.put(writes, head, notices);
        notices.clear();
    }
}
