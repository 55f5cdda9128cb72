package org.minventory.integration.exports;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.minventory.base.Arrays;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.minventory.export.Selection;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.web.Accepted;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Etags;
import org.minventory.web.Parameters;
import org.minventory.web.Selecting;
import org.minventory.web.Spool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The inventory as files that tools read as they are. What witnesses say is written into them only where it can mean nothing
 * but itself; {@code Minventory-Skipped} says how much was left out.
 */
@Controller
public final class ExportsDoor {
    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public ExportsDoor(Tx tx, InstantSource clock, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    @GetMapping("/exports/{export}")
    @Allowed(Right.READ)
    @Selecting
    @Parameters({ZoneHead.ZONE, ZoneHead.NAME_SERVERS, CidrList.FAMILY, NetboxCsv.FORM, FlatJson.FLAT})
    Answer export(Asked asked, @PathVariable String export) {
        Export which = Export.of(export);
        if (which == null) throw Refusal.of(Problem.NOT_FOUND);
        which.refuseParametersOfOthers(asked);
        Accepted.of(asked, List.of(which.mediaType()));
        // words go stale with time, not with what is written: an answer is good for an hour at most
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return etags.unlessKnown(asked, which.mediaType(), () -> written(asked, which), hour);
    }

    /** Read at one moment into a spool, and sent when the database is free again, however slowly it is taken. */
    private Answer written(Asked asked, Export which) {
        Instant now = clock.instant();
        return tx.longRead(asked.scope(), db -> {
            var query = asked.parameters();
            Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Selection.customers(query));
            Selection selection = Selection.read(query, reach.vocabularies(), now);
            Selection narrowed = which.narrowed(selection, asked);
            Names names = new Names(Inventory.places(db, reach.scope(), narrowed), reach::slug);
            Spool spool = new Spool();
            Form form =
                    which.begin(new Asking(asked, reach, selection, names, now, lastTold(db, reach.scope())), spool);
            Inventory.each(db, reach.scope(), narrowed, row -> form.take(exported(row, names, reach, now)));
            int skipped = form.end();
            return Answer.of(which.mediaType(), spool).skipped(skipped);
        });
    }

    private static Exported exported(Inventory.Row row, Names names, Reach reach, Instant now) {
        return new Exported(
                row, reach.slug(row.customer()), names.host(row.element()), reach.vocabulary(row.customer()), now);
    }

    /** When anybody was last recorded of those in reach. */
    private static Instant lastTold(JdbcClient db, Scope scope) {
        return db.sql("select max(recorded_at) from customer_head where customer_id = any(?)")
                .param(Arrays.of(scope.customers()))
                .query((row, n) -> row.getTimestamp(1))
                .optional()
                .map(java.sql.Timestamp::toInstant)
                .orElse(Instant.EPOCH);
    }
}
