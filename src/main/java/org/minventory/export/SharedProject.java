package org.minventory.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.minventory.base.Word;
import org.minventory.conformity.Divergences;
import org.minventory.element.ElementType;
import org.minventory.element.UnfitValue;
import org.minventory.element.Vocabulary;
import org.minventory.project.Conversation;
import org.minventory.project.Progress;
import org.minventory.project.Project;
import org.minventory.testimony.AttachedFile;
import org.minventory.testimony.AttachedFiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * A project as it is shown to whoever holds a link to it: what was said, what is agreed, how far it has come. No identifier
 * stands in it that would lead anywhere else, and nothing that was taken back.
 *
 * @param customer the name of the customer
 * @param decision about the proposal that stands, or about the whole; null where nothing was decided since
 * @param said the latest first
 */
public record SharedProject(
        Project project,
        Progress progress,
        String customer,
        @Nullable Proposal proposal,
        @Nullable Decision decision,
        List<Obstacle> obstacles,
        List<Line> said) {
    /** The source of an act that was done by a link. */
    public static final String SOURCE = "share-link";

    private static final int MOST_SAID = 200;
    private static final List<String> PRICES = List.of("price.setup", "price.monthly", "price.yearly");

    /** Something with its name, both as a reader of the language reads them. */
    public record Shown(String name, String value) {}

    /** One element as it is proposed. */
    public record Wished(String name, String type, List<Shown> facts) {}

    /** What the ops proposes. */
    public record Proposal(
            UUID testimony,
            Instant at,
            String by,
            @Nullable String text,
            @Nullable String alternative,
            List<Shown> prices,
            List<Wished> wishes) {}

    /** What was decided last. */
    public record Decision(
            Project.Decision decided,
            Instant at,
            String by,
            boolean onBehalf,
            @Nullable String text) {}

    /** What stands in the way, and of which element. */
    public record Obstacle(@Nullable String element, String nature, String sentence) {}

    /**
     * One thing said.
     *
     * @param as what a message is; null for what is no message
     * @param text null where nothing was said beside, or where it was taken back
     * @param byLink whether it was said by a link
     * @param files attached to it
     */
    public record Line(
            Instant at,
            String by,
            String role,
            String kind,
            @Nullable String as,
            @Nullable String decision,
            @Nullable String text,
            boolean withdrawn,
            boolean byLink,
            List<AttachedFile> files) {
        private static Line of(Conversation.Said said) {
            return new Line(
                    said.entry().effectiveAt(),
                    said.witness(),
                    said.role(),
                    said.entry().kind().word(),
                    said.entry().act().path("as").asString(null),
                    said.entry().facts().path("decision").asString(null),
                    said.withdrawn() ? null : said.entry().note(),
                    said.withdrawn(),
                    said.entry().source().equals(SOURCE),
                    said.files());
        }
    }

    /** The project as it stands. */
    public static SharedProject of(
            JdbcClient db, Project project, String customer, Vocabulary vocabulary, Instant now, Locale language) {
        Progress progress = Progress.of(db, project, vocabulary, now);
        Map<UUID, String> elements =
                progress.wishes().stream().collect(Collectors.toMap(Progress.Wish::element, Progress.Wish::name));
        Reading reading = new Reading(vocabulary, language, speakers(db, project));
        Scope.Grant ofTheProject = new Scope.Grant(project.customer(), null, Set.copyOf(elements.values()));
        return new SharedProject(
                project,
                progress,
                customer,
                reading.proposal(project.story().path("proposal")),
                isDecided(project) ? reading.decision(project.story().path("decision")) : null,
                progress.blockers().stream()
                        .map(one -> new Obstacle(
                                elements.get(one.element()),
                                one.nature(),
                                Divergences.sentence(one, vocabulary, ofTheProject)
                                        .in(language)))
                        .toList(),
                Conversation.last(db, project, MOST_SAID).reversed().stream()
                        .map(Line::of)
                        .toList());
    }

    /**
     * A file attached to something that is shown.
     *
     * @param sha256 of its content: whatever else names it would lead elsewhere
     * @return null where no such file is shown
     */
    public static AttachedFiles.@Nullable Content file(JdbcClient db, Project project, String sha256) {
        for (Conversation.Said said : Conversation.last(db, project, MOST_SAID).reversed())
            for (int n = 1; n <= said.files().size(); n++)
                if (said.files().get(n - 1).sha256().equals(sha256))
                    return Conversation.file(db, project, said.entry().id(), n);
        return null;
    }

    /** What was decided about an earlier proposal stands in the conversation alone. */
    private static boolean isDecided(Project project) {
        return switch (project.state()) {
            case REQUESTED, PROPOSED -> false;
            case APPROVED, REFUSED, CANCELLED -> true;
        };
    }

    private static Map<String, String> speakers(JdbcClient db, Project project) {
        List<UUID> ids = new ArrayList<>();
        for (String act : List.of("proposal", "decision")) {
            JsonNode witness = project.story().path(act).path("witness");
            if (witness.isString()) ids.add(UUID.fromString(witness.stringValue()));
        }
        return db
                .sql("select actor_id::text as id, name from witness where customer_id = ? and actor_id = any(?)")
                .param(1, project.customer())
                .param(2, Arrays.of(ids))
                .query((row, n) -> Map.entry(row.getString("id"), row.getString("name")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What a conversation came to, read for one reader. */
    private record Reading(Vocabulary vocabulary, Locale language, Map<String, String> speakers) {
        @Nullable
        Proposal proposal(JsonNode told) {
            return told.isObject()
                    ? new Proposal(
                            UUID.fromString(told.get("testimony").stringValue()),
                            Instant.parse(told.get("at").stringValue()),
                            by(told),
                            told.path("text").asString(null),
                            told.path("alternative").asString(null),
                            prices(told),
                            wishes(told.path("wishes")))
                    : null;
        }

        @Nullable
        Decision decision(JsonNode told) {
            return told.isObject()
                    ? new Decision(
                            Word.read(
                                    Project.Decision.class, told.get("decision").stringValue()),
                            Instant.parse(told.get("at").stringValue()),
                            by(told),
                            told.path("onBehalf").asBoolean(false),
                            told.path("text").asString(null))
                    : null;
        }

        private String by(JsonNode told) {
            return speakers.getOrDefault(told.path("witness").asString(""), "–");
        }

        private List<Shown> prices(JsonNode told) {
            return PRICES.stream()
                    .filter(told::has)
                    .map(price -> new Shown(label(price), price(price, told.get(price))))
                    .toList();
        }

        private String price(String attribute, JsonNode told) {
            try {
                return vocabulary.display(
                        attribute, vocabulary.normalise(attribute, told).value(), language);
            } catch (UnfitValue definedLater) {
                return vocabulary.display(attribute, told, language);
            }
        }

        private List<Wished> wishes(JsonNode told) {
            List<Wished> wishes = new ArrayList<>();
            for (JsonNode wish : told)
                wishes.add(new Wished(
                        wish.get("name").stringValue(),
                        type(wish.get("type").stringValue()),
                        facts(wish.get("facts"))));
            return wishes;
        }

        private List<Shown> facts(JsonNode told) {
            return told.properties().stream()
                    .filter(fact -> !fact.getKey().equals("project"))
                    .map(fact -> new Shown(
                            label(fact.getKey()), vocabulary.display(fact.getKey(), fact.getValue(), language)))
                    .toList();
        }

        private String label(String attribute) {
            var declared = vocabulary.attribute(attribute);
            return declared == null ? attribute : declared.labels().in(language);
        }

        private String type(String name) {
            ElementType type = vocabulary.type(name);
            return type == null ? name : type.singular().in(language);
        }
    }

    /** Whether a link that decides about that proposal still has something to decide. */
    public boolean awaits(@Nullable UUID decided) {
        return decided != null
                && project.state() == Project.State.PROPOSED
                && proposal != null
                && proposal.testimony().equals(decided);
    }
}
