package org.minventory.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Together;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Belongings;
import org.minventory.knowledge.Facts;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Surroundings;
import org.minventory.knowledge.Upkeep;
import org.minventory.knowledge.Upkeeps;
import org.minventory.testimony.Entry;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The infrastructures of a customer in one sitting: which there are, who belongs to them, what is planned and open there. */
final class Infrastructures {
    private final JdbcClient db;
    private final UUID customer;
    private final Belongings belongings;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Upkeep> changed = new TreeMap<>();
    private @Nullable Map<String, Upkeep> upkeeps;

    Infrastructures(JdbcClient db, UUID customer) {
        this.db = db;
        this.customer = customer;
        this.belongings = new Belongings(customer);
    }

    // ---- which there are --------------------------------------------------------------------------------------------

    /** Looks up those told, by name or id, and who belongs to them, in two statements. */
    void find(Collection<String> told) {
        if (told.isEmpty()) return;
        db.sql("""
                        select d.name, d.id::text as id from definition d
                        where d.customer_id = ? and d.sort = 'infrastructure' and (d.name = any(?) or d.id::text = any(?))
                        union all
                        select u.infrastructure, null from upkeep u where u.customer_id = ? and u.infrastructure = any(?)
                        union all
                        select asked.told, null from unnest(?::text[]) as asked (told)
                        where exists (select from belonging b where b.customer_id = ? and b.infrastructure = asked.told)""")
                .param(customer)
                .param(texts(told))
                .param(texts(told))
                .param(customer)
                .param(texts(told))
                .param(texts(told))
                .param(customer)
                .query(row -> {
                    names.put(row.getString("name"), row.getString("name"));
                    if (row.getString("id") != null) names.put(row.getString("id"), row.getString("name"));
                });
        belongings.find(
                db, told.stream().map(names::get).filter(Objects::nonNull).toList());
    }

    private static Object texts(Collection<String> told) {
        return Arrays.of("text", List.copyOf(told));
    }

    /** The name of one that was looked up, or that an element was told to belong to since; null where there is none. */
    @Nullable
    String named(String told) {
        return names.get(told);
    }

    // ---- who belongs to them ----------------------------------------------------------------------------------------

    /** An element is brought in, with where it belongs already. */
    void bring(Picture picture) {
        belongings.bring(picture);
    }

    /** An element is another one from now on. */
    void forget(UUID element) {
        belongings.forget(element);
    }

    /** Who belongs to it now. */
    Set<UUID> members(String infrastructure) {
        return belongings.members(db, infrastructure);
    }

    /**
     * An element may belong elsewhere by what is known of it now: it enters into whatever is open there, and leaves what is
     * open where it belonged before.
     *
     * @param at from when on it belongs there
     */
    void settle(Picture picture, Vocabulary vocabulary, Instant at, Instant recordedAt) {
        String now = Belongings.infrastructure(picture, vocabulary, recordedAt);
        Surroundings before = picture.surroundings();
        if (Objects.equals(now, before == null ? null : before.infrastructure())) return;
        belongings.follow(picture.id(), now, at);
        if (now != null) names.put(now, now);
        picture.surround(now == null ? null : surroundings(now));
    }

    // ---- what is planned and open there -----------------------------------------------------------------------------

    /** What is around those that belong there. */
    Surroundings surroundings(String infrastructure) {
        Upkeep upkeep = upkeeps().get(infrastructure);
        return new Surroundings(infrastructure, upkeep == null ? null : upkeep.maintenance());
    }

    /**
     * Takes in an entry about a whole infrastructure.
     *
     * @return whether something else is around those that belong there by now
     */
    boolean take(String infrastructure, Entry entry, Facts facts, Picture.Witness witness) {
        Surroundings before = surroundings(infrastructure);
        Upkeep upkeep = upkeeps().computeIfAbsent(infrastructure, i -> new Upkeep());
        upkeep.take(entry, facts, witness);
        changed.put(infrastructure, upkeep);
        return !before.equals(surroundings(infrastructure));
    }

    /** Puts another upkeep in the place of the one known, as {@link #take} would. */
    boolean replace(String infrastructure, Upkeep anew) {
        Surroundings before = surroundings(infrastructure);
        upkeeps().put(infrastructure, anew);
        changed.put(infrastructure, anew);
        return !before.equals(surroundings(infrastructure));
    }

    /** All of the customer, read once something is asked of one: of most infrastructures nothing was ever told. */
    private Map<String, Upkeep> upkeeps() {
        Map<String, Upkeep> known = upkeeps;
        if (known == null) {
            known = Upkeeps.of(db, customer);
            upkeeps = known;
        }
        return known;
    }

    void write(Together writes) {
        belongings.write(writes);
        Upkeeps.write(writes, customer, changed);
        changed.clear();
    }
}
