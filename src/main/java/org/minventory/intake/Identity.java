package org.minventory.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.element.Reference;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a merge or a split says: into which element, and of which testimonies. */
final class Identity {
    private static final String SAID = "org.minventory.intake.said";
    private static final Set<String> IN_MERGE = Set.of("into");
    private static final Set<String> IN_SPLIT = Set.of("into", "testimonies", "type");
    private static final int MOST = 1_000;

    private final Sitting sitting;
    private final Told told;

    Identity(Sitting sitting, Told told) {
        this.sitting = sitting;
        this.told = told;
        Set<String> known = told.kind() == Kind.MERGE ? IN_MERGE : IN_SPLIT;
        for (String fact : told.facts().keySet())
            if (!known.contains(fact))
                throw Refusal.at(
                        Problem.UNKNOWN_MEMBER,
                        "/facts/" + Json.escape(fact),
                        fact,
                        String.join(", ", new TreeSet<>(known)));
    }

    /** The element that is meant. */
    Reference into() {
        JsonNode into = told.facts().get("into");
        if (into == null) throw Refusal.at(Problem.MISSING_MEMBER, "/facts/into", "into");
        return Reference.read(into, "/facts/into");
    }

    ObjectNode merging(Subjects.Subject from, Subjects.Subject into) {
        if (from.id().equals(into.id())) throw refused("/facts/into", "merge-itself");
        if (!from.type().equals(into.type())) throw refused("/facts/into", "merge-types");
        return Json.object().put("merged", from.id().toString()).put("name", from.name());
    }

    /** The element that comes into being: of the same type, unless another is told. */
    Entry.Birth birth(Subjects.Subject from, boolean free) {
        String name = into().name();
        if (name == null) throw Refusal.at(Problem.NOT_FOUND, "/facts/into");
        if (!free) throw Refusal.at(Problem.NAME_TAKEN, "/facts/into", name);
        JsonNode type = told.facts().get("type");
        String word = type == null ? from.type() : type.asString("");
        if (sitting.vocabulary().type(word) == null)
            throw Refusal.at(
                    Problem.UNKNOWN_TYPE,
                    "/facts/type",
                    word,
                    String.join(
                            ", ",
                            sitting.vocabulary().types().stream()
                                    .map(one -> one.name())
                                    .toList()));
        return new Entry.Birth(name, word);
    }

    ObjectNode splitting(Subjects.Subject from, UUID into) {
        if (from.id().equals(into)) throw refused("/facts/into", "merge-itself");
        ObjectNode act = Json.object().put("from", from.id().toString());
        ArrayNode seqs = act.putArray("seqs");
        for (long seq : moved(from.id(), testimonies())) seqs.add(seq);
        return act;
    }

    private List<UUID> testimonies() {
        @Nullable JsonNode named = told.facts().get("testimonies");
        if (named == null) throw Refusal.at(Problem.MISSING_MEMBER, "/facts/testimonies", "testimonies");
        if (!named.isArray() || named.isEmpty() || named.size() > MOST)
            throw Refusal.at(Problem.WRONG_TYPE, "/facts/testimonies", "[\"id\", …] ≤ " + MOST);
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            UUID id = Ids.parse(named.get(i).asString(""));
            if (id == null) throw Refusal.at(Problem.WRONG_TYPE, "/facts/testimonies/" + i, "\"id\"");
            ids.add(id);
        }
        return ids;
    }

    /** Of what was said of the element and counts: some of it, not all. */
    private List<Long> moved(UUID from, List<UUID> testimonies) {
        List<Long> all = sitting.db()
                .sql("""
                        select t.seq from assignment a
                        join testimony t on t.customer_id = a.customer_id and t.seq = a.seq
                        where a.customer_id = ? and a.element_id = ? and t.kind = any(?)
                          and not exists (select from withdrawn w where w.customer_id = t.customer_id and w.seq = t.seq)
                        order by t.seq""")
                .param(1, sitting.head().customer())
                .param(2, from)
                .param(3, Arrays.of("text", Kind.OF_FACTS))
                .query(Long.class)
                .list();
        List<Long> named = sitting.db()
                .sql("select seq from testimony where customer_id = ? and id = any(?) order by seq")
                .param(1, sitting.head().customer())
                .param(2, Arrays.of(testimonies))
                .query(Long.class)
                .list();
        if (named.size() != Set.copyOf(testimonies).size() || !all.containsAll(named))
            throw Refusal.at(Problem.NOT_FOUND, "/facts/testimonies");
        if (named.size() == all.size()) throw refused("/facts/testimonies", "split-all");
        return named;
    }

    private static Refusal refused(String pointer, String sentence) {
        return Refusal.at(Problem.UNFIT_VALUE, pointer, Sentence.of(SAID, sentence));
    }
}
