package org.minventory.export;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
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
import org.minventory.testimony.AttachedFile;
import tools.jackson.databind.JsonNode;
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

    /**
     * What was agreed in it, and what was attached to what was said.
     *
     * @param files by testimony
     */
    public ObjectNode agreed(Project project, Map<UUID, List<AttachedFile>> files) {
        ObjectNode json = brief(project);
        ObjectNode story = project.story().deepCopy();
        Map<String, ArrayNode> attached = new HashMap<>();
        ArrayNode all = Json.MAPPER.createArrayNode();
        files.forEach((testimony, some) -> {
            ArrayNode list = attachments(project, testimony, some);
            attached.put(testimony.toString(), list);
            for (JsonNode one : list)
                all.add(Json.object().put("testimony", testimony.toString()).setAll((ObjectNode) one));
        });
        attach(story, attached);
        story.forEachEntry(json::set);
        json.set("attachments", all);
        return json;
    }

    /** Whatever the story tells of a testimony, it tells with what was attached to it. */
    private static void attach(JsonNode told, Map<String, ArrayNode> attached) {
        for (JsonNode one : told) if (one.isContainer()) attach(one, attached);
        ArrayNode files = attached.get(told.path("testimony").asString(""));
        if (files != null && told instanceof ObjectNode said) said.set("attachments", files);
    }

    /** All of it. */
    public ObjectNode whole(Project project, Progress progress, Map<UUID, List<AttachedFile>> files) {
        ObjectNode json = agreed(project, files);
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
        Map<UUID, String> names =
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
    public static ObjectNode said(Project project, Conversation.Said said) {
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
        json.set("attachments", attachments(project, said.entry().id(), said.files()));
        return json.put("withdrawn", said.withdrawn());
    }

    private static ArrayNode attachments(Project project, UUID testimony, List<AttachedFile> files) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        String all = "/api/v1/projects/" + project.id() + "/messages/" + testimony + "/attachments/";
        for (int n = 1; n <= files.size(); n++)
            json.add(file(files.get(n - 1)).put("n", n).put("link", all + n));
        return json;
    }

    /** A file without its content. */
    static ObjectNode file(AttachedFile file) {
        return Json.object()
                .put("name", file.name())
                .put("mediaType", file.type().mediaType())
                .put("size", file.size())
                .put("sha256", file.sha256());
    }
}
