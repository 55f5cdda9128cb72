package org.minventory.api;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.export.ProjectJson;
import org.minventory.export.Reach;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.project.Conversation;
import org.minventory.project.Place;
import org.minventory.project.Progress;
import org.minventory.project.Project;
import org.minventory.project.Projects;
import org.minventory.testimony.AttachedFile;
import org.minventory.testimony.AttachedFiles;
import org.minventory.testimony.Kind;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Thinning;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Projects: what a customer asks for, what is said about it, what is agreed. Every act is a testimony like any other. */
@Controller
public final class ProjectApi {
    private static final String PATH = "/api/v1/projects";

    private final Tx tx;
    private final InstantSource clock;
    private final Acts acts;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public ProjectApi(Tx tx, InstantSource clock, Intake intake, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.acts = new Acts(intake, clock);
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    @GetMapping(PATH)
    @Allowed(Right.FOLLOW)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(required = false) @Nullable List<String> state,
            @RequestParam(required = false) @Nullable String turn) {
        List<String> states = words("state", Filters.orNone(state), Project.State.values(), Project.State::word);
        if (turn != null) words("turn", List.of(turn), Project.Turn.values(), Project.Turn::word);
        return etags.unlessKnown(
                asked,
                "json",
                () -> tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Filters.orNone(customer));
                    List<Project> found = Projects.list(db, reach.scope(), states, turn, after(paging), paging.fetch());
                    ProjectJson json = new ProjectJson(reach, asked.language());
                    return paging.page(found, ProjectApi::keys).json(fields, json::brief);
                }));
    }

    private static List<String> keys(Project project) {
        return List.of(project.changedAt().toString(), project.id().toString());
    }

    private static @Nullable Place after(Paging paging) {
        UUID id = paging.id(1);
        return id == null ? null : new Place(java.time.Instant.parse(Objects.requireNonNull(paging.key(0))), id);
    }

    private static <T> List<String> words(
            String parameter, List<String> told, T[] known, java.util.function.Function<T, String> word) {
        List<String> words = Arrays.stream(known).map(word).toList();
        if (!words.containsAll(told))
            throw Filters.unfit(parameter, words.stream().collect(Collectors.joining(", ")));
        return told;
    }

    @GetMapping(PATH + "/{project}")
    @Allowed(Right.FOLLOW)
    Answer get(Asked asked, Thinning fields, @PathVariable String project) {
        return etags.unlessKnown(
                asked,
                "json",
                () -> tx.read(
                        asked.scope(), db -> Answer.json(fields.thin(whole(db, asked, found(db, asked, project))))),
                clock.instant().truncatedTo(java.time.temporal.ChronoUnit.HOURS)); // acceptances lapse with the clock
    }

    private static Project found(JdbcClient db, Asked asked, String told) {
        Project project = Projects.find(db, asked.scope(), told);
        if (project == null) throw Refusal.of(Problem.NOT_FOUND);
        return project;
    }

    private ObjectNode whole(JdbcClient db, Asked asked, Project project) {
        Reach reach = Reach.of(db, asked.scope().only(project.customer()), vocabularies);
        Progress progress = Progress.of(db, project, reach.vocabulary(project.customer()), clock.instant());
        return new ProjectJson(reach, asked.language()).whole(project, progress, Conversation.files(db, project));
    }

    @GetMapping(PATH + "/{project}/messages")
    @Allowed(Right.FOLLOW)
    Answer messages(Asked asked, Paging paging, Thinning fields, @PathVariable String project) {
        return etags.unlessKnown(
                asked,
                "json",
                () -> tx.read(asked.scope(), db -> {
                    String after = paging.key(0);
                    Project of = found(db, asked, project);
                    List<Conversation.Said> said =
                            Conversation.after(db, of, after == null ? 0 : Long.parseLong(after), paging.fetch());
                    return paging.page(
                                    said,
                                    one -> List.of(Long.toString(one.entry().seq())))
                            .json(fields, one -> ProjectJson.said(of, one));
                }));
    }

    /** A file that is attached to something said, to be saved; what was taken back is not given any more. */
    @GetMapping(PATH + "/{project}/messages/{message}/attachments/{n}")
    @Allowed(Right.FOLLOW)
    Answer attachment(Asked asked, @PathVariable String project, @PathVariable String message, @PathVariable int n) {
        return etags.unlessKnown(
                asked,
                "file",
                () -> tx.read(asked.scope(), db -> {
                    Project of = found(db, asked, project);
                    UUID testimony = Ids.parse(message);
                    AttachedFiles.Content content = testimony == null ? null : Conversation.file(db, of, testimony, n);
                    if (content == null) throw Refusal.of(Problem.NOT_FOUND);
                    AttachedFile file = content.file();
                    return Answer.file(file.type().contentType(), file.name(), content.bytes());
                }));
    }

    // ---- acting -----------------------------------------------------------------------------------------------------

    /** A customer asks for something; asked again under the same name, it is the same project. */
    @PostMapping(PATH)
    @Allowed(Right.TESTIFY)
    Answer request(Asked asked, Body body, @RequestParam(defaultValue = "false") boolean dryRun) {
        Members members = body.object(Body.MANY);
        String customer = members.textOrNull("customer");
        String name = members.text("name");
        SequencedMap<String, JsonNode> facts = Acts.facts(members, "title", "infrastructure");
        String text = text(members);
        JsonNode files = files(members);
        members.done();
        return act(asked, dryRun, new Acts.Act(Kind.REQUEST, customer, "project", name, facts, text, files));
    }

    /** A question, an answer, advice, an alternative, a proposal, or just a word. */
    @PostMapping(PATH + "/{project}/messages")
    @Allowed(Right.TESTIFY)
    Answer say(
            Asked asked,
            Body body,
            @PathVariable String project,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Members members = body.object(Body.MANY);
        SequencedMap<String, JsonNode> facts = Acts.facts(members, "as", "answers", "alternative");
        members.objectOrNull("price", price -> {
            for (String part : List.of("setup", "monthly", "yearly")) {
                JsonNode told = price.anyOrNull(part);
                if (told != null) facts.put("price." + part, told);
            }
            price.done();
            return true;
        });
        String text = text(members);
        JsonNode files = files(members);
        members.done();
        return act(asked, dryRun, in(asked, project, Kind.MESSAGE, facts, text, files));
    }

    /** What is decided about a proposal: approved, refused; or the whole is cancelled. */
    @PostMapping(PATH + "/{project}/approval")
    @Allowed(Right.TESTIFY)
    Answer approve(
            Asked asked,
            Body body,
            @PathVariable String project,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Members members = body.object();
        SequencedMap<String, JsonNode> facts = Acts.facts(members, "decision", "proposal");
        String text = text(members);
        members.done();
        return act(asked, dryRun, in(asked, project, Kind.APPROVAL, facts, text, null));
    }

    private Acts.Act in(
            Asked asked,
            String project,
            Kind kind,
            SequencedMap<String, JsonNode> facts,
            @Nullable String text,
            @Nullable JsonNode files) {
        Project found = tx.read(asked.scope(), db -> found(db, asked, project));
        return new Acts.Act(kind, found.customer().toString(), "project", found.name(), facts, text, files);
    }

    private Answer act(Asked asked, boolean dryRun, Acts.Act act) {
        return acts.answer(
                asked,
                dryRun,
                act,
                ProjectApi::place,
                testimony -> tx.read(asked.scope(), db -> {
                    Project project = Projects.ofTestimony(db, asked.scope(), testimony);
                    return Optional.ofNullable(project)
                            .map(one -> new Acts.Became(whole(db, asked, one), PATH + "/" + one.id()));
                }));
    }

    /** A refusal names the places of the testimony; here they have shorter names. */
    private static String place(String pointer) {
        if (pointer.equals("/note")) return "/text";
        if (pointer.equals("/project")) return "/name";
        if (pointer.startsWith("/facts/price.")) return "/price/" + pointer.substring("/facts/price.".length());
        return pointer.startsWith("/facts/") ? pointer.substring("/facts".length()) : pointer;
    }

    /** What is attached, as it is kept; null where nothing is. */
    private static @Nullable JsonNode files(Members members) {
        AttachedFiles files = new AttachedFiles();
        members.objects("attachments", file -> {
            String name = file.text("name");
            String mediaType = file.text("mediaType");
            String content = file.text("content");
            file.done();
            files.add(name, mediaType, content);
        });
        return files.document();
    }

    private static @Nullable String text(Members members) {
        return members.textOrNull("text");
    }
}
