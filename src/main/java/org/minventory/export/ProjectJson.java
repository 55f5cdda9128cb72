package org.minventory.export;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.minventory.element.Status;
import org.minventory.knowledge.Step;
import org.minventory.project.Conversation;
import org.minventory.project.Progress;
import org.minventory.project.Project;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A project as the API shows it: what was agreed, how far it has come, what comes next and who must act. */
public final class ProjectJson {
    private final Reach reach;
    private final Locale language;

    public ProjectJson(Reach reach, Locale language) {
        this.reach = reach;
        this.language = language;
    }

    /** What stands in a list. */
    public ObjectNode brief(Project project) {
        return Json.object()
                .put("id", project.id().toString())
                .put("customer", reach.slug(project.customer()))
                .put("name", project.name())
                .put("title", project.title())
                .put("infrastructure", project.infrastructure())
                .put("state", project.state().word())
                .put("turn", project.turn().word())
                .put("requestedAt", project.requestedAt().toString())
                .put("changedAt", project.changedAt().toString());
    }

    /** All of it. */
    public ObjectNode whole(Project project, Progress progress) {
        ObjectNode json = brief(project);
        project.story().forEachEntry(json::set);
        ObjectNode shown = json.putObject("progress");
        shown.put("elements", progress.wishes().size());
        shown.put("done", progress.isDone());
        ObjectNode counts = shown.putObject("counts");
        progress.counts().forEach((status, count) -> counts.put(status.word(), count));
        shown.set("next", next(progress.next(project)));
        ObjectNode spent = shown.putObject("spent");
        progress.spent().forEach((price, sums) -> spent.set(price, sums.json()));
        ArrayNode changed = shown.putArray("changedSinceApproval");
        progress.changed().forEach(changed::add);
        ArrayNode wishes = shown.putArray("wishes");
        progress.wishes().forEach(wish -> wishes.add(wish(wish)));
        Map<java.util.UUID, String> names =
                progress.wishes().stream().collect(Collectors.toMap(Progress.Wish::element, Progress.Wish::name));
        ArrayNode blockers = shown.putArray("blockers");
        progress.blockers().forEach(one -> blockers.add(blocker(one, names.get(one.element()))));
        return json;
    }

    private static @Nullable ObjectNode next(Progress.@Nullable Next next) {
        return next == null
                ? null
                : Json.object()
                        .put("element", next.element())
                        .put("step", next.step())
                        .put("by", next.by().word());
    }

    private static ObjectNode wish(Progress.Wish wish) {
        ObjectNode json = Json.object();
        json.putObject("element")
                .put("id", wish.element().toString())
                .put("name", wish.name())
                .put("type", wish.type())
                .put("status", wish.status().word());
        ObjectNode steps = json.putObject("steps");
        for (Map.Entry<Status, Step> step : wish.steps().entrySet())
            steps.putObject(step.getKey().word())
                    .put("at", step.getValue().at().toString())
                    .put("testimony", step.getValue().testimony().toString());
        return json.put("next", wish.next() == null ? null : wish.next().word());
    }

    private ObjectNode blocker(Divergence divergence, @Nullable String element) {
        return Json.object()
                .put("divergence", divergence.id().toString())
                .put("element", element)
                .put("attribute", divergence.attribute())
                .put("nature", divergence.nature())
                .put(
                        "sentence",
                        Divergences.sentence(
                                        divergence,
                                        reach.vocabulary(divergence.customer()),
                                        reach.grant(divergence.customer()))
                                .in(language));
    }

    /** One thing said in it. */
    public static ObjectNode said(Conversation.Said said) {
        ObjectNode json = Json.object()
                .put("testimony", said.entry().id().toString())
                .put("seq", said.entry().seq())
                .put("kind", said.entry().kind().word());
        json.put("as", said.entry().act().path("as").asString(null));
        json.putObject("witness")
                .put("id", said.entry().witness().toString())
                .put("name", said.witness())
                .put("role", said.role());
        json.put("at", said.entry().witnessedAt().toString());
        json.put("text", said.entry().note());
        json.set("facts", said.entry().facts());
        return json.put("withdrawn", said.withdrawn());
    }
}
