package org.minventory.export;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.project.Progress;
import org.minventory.project.Project;
import org.minventory.project.ShareLinks.Link;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A shared project for programs: the same as its page, and no more. */
public final class SharedProjectJson {
    private SharedProjectJson() {}

    /**
     * All of it, with what the link itself is.
     *
     * @param attachments the address below which files are given by their SHA-256
     */
    public static ObjectNode of(SharedProject shared, Link link, String attachments) {
        Project project = shared.project();
        ObjectNode json = Json.object()
                .put("customer", shared.customer())
                .put("name", project.name())
                .put("title", project.title())
                .put("state", project.state().word())
                .put("turn", project.turn().word())
                .put("requestedAt", project.requestedAt().toString())
                .put("changedAt", project.changedAt().toString());
        json.putObject("link")
                .put("kind", link.sort().word())
                .put("sharedBy", link.minter())
                .put("expiresAt", link.expiresAt().toString())
                .put("spentAt", at(link.spentAt()))
                .put("decides", link.spentAt() == null && shared.awaits(link.proposal()));
        json.set("progress", progress(shared));
        json.set("proposal", proposal(shared.proposal()));
        json.set("decision", decision(shared.decision()));
        ArrayNode said = json.putArray("conversation");
        shared.said().forEach(line -> said.add(line(line, attachments)));
        return json;
    }

    private static @Nullable String at(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static ObjectNode progress(SharedProject shared) {
        Progress progress = shared.progress();
        ObjectNode json =
                Json.object().put("elements", progress.standing().size()).put("done", progress.isDone());
        ObjectNode reached = json.putObject("reached");
        progress.reached().forEach((step, count) -> reached.put(step.word(), count));
        Progress.Next next = progress.next(shared.project());
        json.set(
                "next",
                next == null
                        ? null
                        : Json.object()
                                .put("element", next.element())
                                .put("step", next.step())
                                .put("by", next.by().word()));
        ArrayNode wishes = json.putArray("wishes");
        progress.wishes().forEach(wish -> wishes.add(wish(wish)));
        ArrayNode blockers = json.putArray("blockers");
        shared.obstacles().forEach(one -> blockers.addObject()
                .put("element", one.element())
                .put("nature", one.nature())
                .put("sentence", one.sentence()));
        return json;
    }

    private static ObjectNode wish(Progress.Wish wish) {
        ObjectNode json = Json.object()
                .put("name", wish.name())
                .put("type", wish.type())
                .put("status", wish.status().word())
                .put("next", wish.next() == null ? null : wish.next().word());
        ObjectNode steps = json.putObject("steps");
        wish.steps()
                .forEach((status, step) -> steps.put(status.word(), step.at().toString()));
        return json;
    }

    private static @Nullable ObjectNode proposal(SharedProject.@Nullable Proposal proposal) {
        if (proposal == null) return null;
        ObjectNode json = Json.object()
                .put("at", proposal.at().toString())
                .put("by", proposal.by())
                .put("alternative", proposal.alternative())
                .put("text", proposal.text());
        json.set("prices", shown(proposal.prices()));
        ArrayNode wishes = json.putArray("wishes");
        for (SharedProject.Wished wish : proposal.wishes()) {
            ObjectNode one = wishes.addObject().put("name", wish.name()).put("type", wish.type());
            one.set("facts", shown(wish.facts()));
        }
        return json;
    }

    private static ArrayNode shown(List<SharedProject.Shown> all) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        all.forEach(one -> json.addObject().put("name", one.name()).put("value", one.value()));
        return json;
    }

    private static @Nullable ObjectNode decision(SharedProject.@Nullable Decision decision) {
        return decision == null
                ? null
                : Json.object()
                        .put("decision", decision.decided().word())
                        .put("at", decision.at().toString())
                        .put("by", decision.by())
                        .put("onBehalf", decision.onBehalf())
                        .put("text", decision.text());
    }

    private static ObjectNode line(SharedProject.Line line, String attachments) {
        ObjectNode json = Json.object()
                .put("at", line.at().toString())
                .put("by", line.by())
                .put("role", line.role())
                .put("kind", line.kind())
                .put("as", line.as())
                .put("text", line.text())
                .put("withdrawn", line.withdrawn())
                .put("byLink", line.byLink());
        ArrayNode files = json.putArray("attachments");
        line.files().forEach(file -> files.add(ProjectJson.file(file).put("link", attachments + file.sha256())));
        return json;
    }
}
