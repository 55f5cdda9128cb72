package org.minventory.intake;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.party.Caller;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a room to the right of intake makes of the record: projects, for example. It is asked what an act about its
 * subjects is to say before that is recorded, and told what was recorded in the same transaction; a rebuild empties its
 * tables and tells it everything again. So what it keeps can always be made anew, with the same ids.
 */
public interface Consequence {
    /** The subjects of whose acts it decides. */
    Set<Kind.Subject> subjects();

    /**
     * What an act will say in the record beyond what was told: ids, what exactly was approved. Looks at what stands, and
     * changes nothing.
     *
     * @throws org.minventory.base.Refusal where it cannot be said, or not by this caller, with the place
     */
    ObjectNode decide(JdbcClient db, Act act);

    /**
     * The entry that said all of this before, or null where it is news. Only what was read from a paper is asked about: a
     * person who says something twice means it.
     *
     * @param says what {@link #decide} answered
     */
    default @Nullable Entry said(JdbcClient db, Act act, ObjectNode says) {
        return null;
    }

    /** Whether this caller may speak of, or withdraw, an entry about its subjects. */
    boolean reaches(JdbcClient db, Caller caller, Entry entry);

    /** Keeps up with entries that are in the record by now, in their order. */
    void follow(JdbcClient db, UUID customer, List<Entry> entries);

    /** The tables it keeps, in the order in which they can be emptied. */
    List<String> tables();

    /**
     * An act that is about to be recorded.
     *
     * @param picture what is known of the element that it is about, or null
     */
    record Act(
            UUID customer,
            Caller caller,
            Told told,
            @Nullable Picture picture,
            Instant recordedAt,
            Vocabulary vocabulary) {}
}
