package org.minventory.api;

import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.export.RecordExport;
import org.minventory.party.Customers;
import org.minventory.party.Customers.Customer;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Etags;
import org.minventory.web.Format;
import org.minventory.web.Spool;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A customer's whole record, to take along: what was said is the customer's own. */
@Controller
public final class RecordApi {
    private final Tx tx;
    private final InstantSource clock;
    private final Customers customers;
    private final Etags etags;

    public RecordApi(Tx tx, InstantSource clock, Customers customers, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.customers = customers;
        this.etags = etags;
    }

    /** Read at one moment and spooled, then sent: a slow reader holds no connection, and a failure is still a problem. */
    @GetMapping("/api/v1/record")
    @Allowed(Right.FOLLOW)
    Answer export(Asked asked, @RequestParam(required = false) @Nullable String customer) {
        return etags.unlessKnown(asked, "record", () -> {
            Spool spool = new Spool();
            Customer exported = tx.longRead(asked.scope(), db -> {
                Customer named = customers.one(db, asked.caller(), customer);
                if (!Objects.requireNonNull(asked.scope().grant(named.id())).isWhole())
                    throw Refusal.of(Problem.NOT_ALLOWED);
                RecordExport.write(db, named, program(), clock.instant(), spool);
                return named;
            });
            return Answer.of(Format.NDJSON.mediaType(), spool)
                    .header("Content-Disposition", "attachment; filename=\"" + exported.slug() + "-record.ndjson\"");
        });
    }

    /** The version of the program, as exports name it. */
    static String program() {
        String version = RecordApi.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
