package org.minventory.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.element.EndOfSupport;
import org.minventory.export.Dossier;
import org.minventory.export.Horizon;
import org.minventory.export.Then;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Customers;
import org.minventory.party.Customers.Customer;
import org.minventory.party.Formers;
import org.minventory.party.Formers.Former;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Etags;
import org.minventory.web.Spool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The reversibility dossier: all that a customer takes along when a mandate ends. */
@Controller
public final class DossierApi {
    private final Tx tx;
    private final InstantSource clock;
    private final Customers customers;
    private final Vocabularies vocabularies;
    private final Etags etags;
    private final Formers formers;
    private final EndOfSupport endOfSupport;

    public DossierApi(
            Tx tx,
            InstantSource clock,
            Customers customers,
            Vocabularies vocabularies,
            Etags etags,
            Formers formers,
            EndOfSupport endOfSupport) {
        this.tx = tx;
        this.clock = clock;
        this.customers = customers;
        this.vocabularies = vocabularies;
        this.etags = etags;
        this.formers = formers;
        this.endOfSupport = endOfSupport;
    }

    /** Read at one moment and spooled, then sent, as it stands or as it was known. */
    @GetMapping("/api/v1/customers/{customer}/dossier")
    @Allowed(Right.TAKE_ALONG)
    Answer dossier(
            Asked asked, @PathVariable String customer, @RequestParam(required = false) @Nullable String knownAt) {
        Then then = Then.read(null, knownAt);
        try {
            return etags.unlessKnown(
                    asked,
                    "dossier",
                    () -> tx.longRead(asked.scope(), db -> {
                        Customer found = customers.find(db, customer);
                        Scope.Grant grant = asked.scope().grant(found.id());
                        if (grant == null || !grant.isWhole()) throw Refusal.of(Problem.NOT_ALLOWED);
                        Instant now = clock.instant();
                        return written(asked, db, found, then.horizon(db, found.id(), now), now);
                    }),
                    clock.instant().truncatedTo(ChronoUnit.HOURS), // freshness and deadlines move with the clock
                    endOfSupport.fingerprint());
        } catch (Refusal hidden) {
            return ofThen(asked, customer, knownAt, hidden);
        }
    }

    /** A team that was mandated once keeps the dossier as it stood at the end. */
    private Answer ofThen(Asked asked, String customer, @Nullable String knownAt, Refusal hidden) {
        boolean mayBe = hidden.problem() == Problem.NOT_FOUND && knownAt == null;
        Former former = mayBe ? formers.of(asked.caller(), customer) : null;
        if (former == null || !former.whole()) throw hidden;
        return tx.longRead(former.scope(), db -> {
            Horizon horizon = Horizon.entry(db, former.customer(), former.untilSeq());
            if (horizon == null) throw hidden;
            byte[] frozen = (former.customer() + " " + horizon.head() + " " + endOfSupport.fingerprint())
                    .getBytes(StandardCharsets.UTF_8);
            Customer found = customers.find(db, former.customer().toString());
            return etags.unlessHeld(
                    asked,
                    etags.ofContent(asked, asked.language(), frozen),
                    () -> written(asked, db, found, horizon, clock.instant()));
        });
    }

    private Answer written(Asked asked, JdbcClient db, Customer customer, Horizon horizon, Instant now) {
        Spool spool = new Spool();
        new Dossier(db, customer, horizon, vocabularies, asked.language(), endOfSupport, RecordApi.program(), now)
                .write(spool);
        return Answer.of(Dossier.MEDIA_TYPE, spool)
                .header("Minventory-Head", horizon.head())
                .header("Content-Disposition", "attachment; filename=\"" + customer.slug() + "-dossier.zip\"");
    }
}
