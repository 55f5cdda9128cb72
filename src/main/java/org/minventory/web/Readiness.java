package org.minventory.web;

import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;

/** Whether the house is ready for visitors: it was opened, and the database answers. */
public final class Readiness {
    private final Tx tx;
    private volatile boolean open;

    public Readiness(Tx tx) {
        this.tx = tx;
    }

    /** From now on; the demo waits until its story is told. */
    public void open() {
        open = true;
    }

    /**
     * Throws unless the house is ready.
     *
     * @throws Refusal {@link Problem#STARTING}, also while the database is away
     */
    public void require() {
        if (!open) throw Refusal.of(Problem.STARTING);
        try {
            tx.read(Scope.NOTHING, db -> db.sql("select 1").query().singleValue());
        } catch (RuntimeException away) {
            throw Refusal.of(Problem.STARTING);
        }
    }
}
