package org.minventory.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.minventory.base.Tx;

/** All customers of whom anything was ever recorded, as the relay looks through them: a hundred in one statement. */
final class Everybody {
    /** A statement's seal holds all of their names. */
    private static final int TOGETHER = 100;

    private Everybody() {}

    /** Each of them once. */
    static List<List<UUID>> inGroups(Tx tx) {
        List<UUID> all = tx.lookUp(db -> db.sql("select distinct customer_id from mandate where from_seq is not null")
                .query(UUID.class)
                .list());
        List<List<UUID>> groups = new ArrayList<>();
        for (int from = 0; from < all.size(); from += TOGETHER)
            groups.add(all.subList(from, Math.min(all.size(), from + TOGETHER)));
        return groups;
    }
}
