package org.minventory.project;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Together;
import org.minventory.base.Word;
import org.minventory.intake.Consequence;
import org.minventory.party.Caller;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** The projects of a customer, folded anew whenever something is said in them. */
public final class Projects implements Consequence {
    private static final String SORT = "project";

    @Override
    public Set<Kind.Subject> subjects() {
        return Set.of(Kind.Subject.PROJECT);
    }

    @Override
    public ObjectNode decide(JdbcClient db, Act act) {
        return new Deciding(db, act).decide();
    }

    @Override
    public boolean reaches(JdbcClient db, Caller caller, Entry entry) {
        UUID id = UUID.fromString(entry.act().get("project").stringValue());
        Project project = withId(db, entry.customer(), id);
        return project != null && isReached(db, caller.scope(), project);
    }

    /** Whether a scope reaches a project: all of it, its elements too. */
    static boolean isReached(JdbcClient db, Scope scope, Project project) {
        return !reached(db, scope.only(project.customer()), "and p.project_id = ?", project.id())
                .isEmpty();
    }

    /** Who is limited to infrastructures may open projects of these; who is limited to elements may open none. */
    static boolean isWithin(Scope.Grant grant, @Nullable String infrastructure) {
        return grant.elements() == null && grant.reaches(null, infrastructure);
    }

    // ---- keeping up -------------------------------------------------------------------------------------------------

    @Override
    public void follow(JdbcClient db, UUID customer, List<Entry> entries) {
        List<Project> standing = new ArrayList<>();
        for (UUID id : SubjectEntries.keep(db, customer, SORT, entries, Projects::spokenOf)) {
            Project project = Project.fold(Testimonies.ofSubject(db, customer, id));
            if (project == null) delete(db, customer, id);
            else standing.add(project);
        }
        // what nobody asks for any more sets its name free before another bears it
        for (Project project : standing) write(db, project);
    }

    private static void delete(JdbcClient db, UUID customer, UUID id) {
        db.sql("delete from project where customer_id = ? and project_id = ?")
                .params(customer, id)
                .update();
    }

    private static @Nullable UUID spokenOf(Entry entry) {
        return entry.kind().subject() == Kind.Subject.PROJECT
                ? UUID.fromString(entry.act().get("project").stringValue())
                : null;
    }

    private static void write(JdbcClient db, Project project) {
        new Together()
                .add(
                        """
                insert into project (customer_id, project_id, name, title, infrastructure, state, turn, requested_at, changed_at,
                                     seq, story)
                values (?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?::json)
                on conflict (customer_id, project_id) do update
                set title = excluded.title, infrastructure = excluded.infrastructure, state = excluded.state,
                    turn = excluded.turn, requested_at = excluded.requested_at, changed_at = excluded.changed_at,
                    seq = excluded.seq, story = excluded.story""",
                        project.customer(),
                        project.id(),
                        project.name(),
                        project.title(),
                        project.infrastructure(),
                        project.state().word(),
                        project.turn().word(),
                        project.requestedAt().toString(),
                        project.changedAt().toString(),
                        project.seq(),
                        Json.canonicalText(project.story()))
                .send(db);
    }

    @Override
    public List<String> tables() {
        return List.of("project");
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    /** The project of that id, or null. */
    public static @Nullable Project withId(JdbcClient db, UUID customer, UUID id) {
        return db.sql("select * from project where customer_id = ? and project_id = ?")
                .params(customer, id)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    /** The project of that name, or null. */
    static @Nullable Project named(JdbcClient db, UUID customer, String name) {
        return db.sql("select * from project where customer_id = ? and name = ?")
                .params(customer, name)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    /** Whether a testimony speaks in this project. */
    static boolean holds(JdbcClient db, Project project, UUID testimony) {
        return db.sql("""
                        select exists (select from subject_entry s
                                       join testimony t on t.customer_id = s.customer_id and t.seq = s.seq
                                       where s.customer_id = ? and s.subject_id = ? and t.id = ?)""")
                .params(project.customer(), project.id(), testimony)
                .query(Boolean.class)
                .single();
    }

    /** The project in which a testimony speaks, or null. */
    public static @Nullable Project ofTestimony(JdbcClient db, Scope scope, UUID testimony) {
        return db.sql("""
                        select p.* from testimony t
                        join subject_entry s on s.customer_id = t.customer_id and s.seq = t.seq
                        join project p on p.customer_id = s.customer_id and p.project_id = s.subject_id
                        where t.customer_id = any(?) and t.id = ?""")
                .param(1, Arrays.of(scope.customers()))
                .param(2, testimony)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    /** The project of that id, else of that name, that a scope reaches; null where there is none, or several of that name. */
    public static @Nullable Project find(JdbcClient db, Scope scope, String told) {
        List<Project> found = reached(db, scope, "and (p.project_id::text = ? or p.name = ?)", told, told);
        return found.size() == 1 ? found.getFirst() : null;
    }

    /**
     * Projects of a scope, those that changed last first.
     *
     * @param states only those; all where there is none
     * @param turn only those where it is that one's turn, or null
     */
    public static List<Project> list(
            JdbcClient db, Scope scope, List<String> states, @Nullable String turn, @Nullable Place after, int most) {
        return reached(
                db,
                scope,
                """
                and (cardinality(?::text[]) = 0 or p.state = any(?::text[])) and p.turn = coalesce(?, p.turn)
                and (p.changed_at, p.project_id) < (?::timestamptz, ?::uuid)
                order by p.changed_at desc, p.project_id desc limit ?""",
                Arrays.of("text", states),
                Arrays.of("text", states),
                turn,
                Place.before(after),
                Place.beforeId(after),
                most);
    }

    /**
     * Projects that a scope reaches. Who is limited to infrastructures reaches a project of these whose elements all stand
     * there; who is limited to elements reaches none.
     */
    private static List<Project> reached(JdbcClient db, Scope scope, String rest, @Nullable Object... parameters) {
        Arrays grants = grants(scope);
        if (grants.isEmpty()) return List.of();
        List<@Nullable Object> all = new ArrayList<>(grants.columns());
        all.addAll(java.util.Arrays.asList(parameters));
        return db.sql("select p.* " + REACHED + rest)
                .params(all)
                .query((row, n) -> read(row))
                .list();
    }

    /** Projects p that are reached, told by {@link #grants}; two question marks are the operator "?", not a parameter. */
    static final String REACHED = """
            from unnest(?::uuid[], ?::text[]) as reached (customer, infrastructures)
            join project p on p.customer_id = reached.customer
            where (reached.infrastructures is null
                   or (reached.infrastructures::jsonb ?? p.infrastructure
                       and not exists (select from knowledge k
                                       where k.customer_id = p.customer_id and k.project = p.name
                                         and not reached.infrastructures::jsonb ?? coalesce(k.infrastructure, ''))))
            """;

    /** What of a scope reaches projects at all: whole customers, or some infrastructures of them. */
    static Arrays grants(Scope scope) {
        Arrays grants = new Arrays("uuid", "text");
        for (Scope.Grant grant : scope.grants())
            if (grant.elements() == null)
                grants.row(
                        grant.customer(),
                        grant.infrastructures() == null
                                ? null
                                : Json.canonicalText(Json.MAPPER.valueToTree(grant.infrastructures())));
        return grants;
    }

    /** A customer's projects as they were known when an entry was the last one, by name. */
    public static List<Project> asKnown(JdbcClient db, UUID customer, long last) {
        return SubjectEntries.known(db, customer, SORT, last).stream()
                .map(id -> Project.fold(Testimonies.ofSubject(db, customer, id, last)))
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Project::name))
                .toList();
    }

    private static Project read(ResultSet row) throws SQLException {
        return new Project(
                row.getObject("customer_id", UUID.class),
                row.getObject("project_id", UUID.class),
                row.getString("name"),
                row.getString("title"),
                row.getString("infrastructure"),
                Word.read(Project.State.class, row.getString("state")),
                Word.read(Project.Turn.class, row.getString("turn")),
                row.getTimestamp("requested_at").toInstant(),
                row.getTimestamp("changed_at").toInstant(),
                row.getLong("seq"),
                (ObjectNode) Json.MAPPER.readTree(row.getString("story")));
    }
}
