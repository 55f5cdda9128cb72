package org.minventory.api;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.intake.Intake;
import org.minventory.party.Caller;
import org.minventory.party.Customers;
import org.minventory.party.Customers.Customer;
import org.minventory.party.Mandates;
import org.minventory.party.Mandates.Mandate;
import org.minventory.party.Mandates.Terms;
import org.minventory.party.Right;
import org.minventory.testimony.Kind;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Replays;
import org.minventory.web.Thinning;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.node.ObjectNode;

/** Mandates, their birth and their end. */
@Controller
public final class MandateApi {
    private static final String PATH = "/api/v1/mandates";

    private final Tx tx;
    private final Mandates mandates;
    private final Customers customers;
    private final Replays replays;
    private final Etags etags;
    private final Intake intake;

    public MandateApi(Tx tx, Mandates mandates, Customers customers, Replays replays, Etags etags, Intake intake) {
        this.tx = tx;
        this.mandates = mandates;
        this.customers = customers;
        this.replays = replays;
        this.etags = etags;
        this.intake = intake;
    }

    @GetMapping(PATH)
    @Allowed(Right.MANDATE)
    Answer list(Asked asked, Paging paging, Thinning fields) {
        Answer answer = tx.read(asked.scope(), db -> {
            List<Mandate> found = mandates.list(db, asked.caller(), paging.id(0), paging.fetch());
            Map<UUID, Customer> named =
                    customers.named(db, found.stream().map(Mandate::customer).toList());
            return paging.page(found, mandate -> List.of(mandate.id().toString()))
                    .json(fields, mandate -> mandate(mandate, named));
        });
        return etags.byContent(asked, answer);
    }

    @GetMapping(PATH + "/{mandate}")
    @Allowed(Right.MANDATE)
    Answer get(Asked asked, Thinning fields, @PathVariable String mandate) {
        return etags.byContent(asked, tx.read(asked.scope(), db -> {
            Mandate found = mandates.get(db, asked.caller(), id(mandate));
            return Answer.json(fields.thin(shown(db, found)));
        }));
    }

    @PostMapping(PATH)
    @Allowed(Right.MANDATE)
    Answer propose(Asked asked, Body body) {
        Members members = body.object();
        String told = members.text("customer");
        Terms terms = terms(members);
        UUID customer = Ids.parse(told);
        if (customer == null) throw Refusal.at(Problem.UNFIT_VALUE, "/customer", Said.of("customer-by-id"));
        return replays.once(asked, body, asked.scope(), db -> {
            Mandate mandate = mandates.propose(db, asked.caller(), customer, terms);
            return Answer.created(PATH + "/" + mandate.id(), shown(db, mandate));
        });
    }

    @PostMapping(PATH + "/{mandate}/acceptance")
    @Allowed(Right.MANDATE)
    Answer accept(Asked asked, Body body, @PathVariable String mandate) {
        Members members = body.objectOrNothing();
        Terms narrower = members.isEmpty() ? null : terms(members);
        return act(asked, body, (db, caller) -> mandates.accept(db, caller, id(mandate), narrower));
    }

    @PostMapping(PATH + "/{mandate}/refusal")
    @Allowed(Right.MANDATE)
    Answer decline(Asked asked, Body body, @PathVariable String mandate) {
        body.objectOrNothing().done();
        return act(asked, body, (db, caller) -> mandates.decline(db, caller, id(mandate)));
    }

    @PostMapping(PATH + "/{mandate}/end")
    @Allowed(Right.MANDATE)
    Answer end(Asked asked, Body body, @PathVariable String mandate) {
        body.objectOrNothing().done();
        return act(asked, body, (db, caller) -> mandates.end(db, caller, id(mandate)));
    }

    private interface Act {
        Mandate on(JdbcClient db, Caller caller);
    }

    private Answer act(Asked asked, Body body, Act act) {
        return replays.once(asked, body, asked.scope(), db -> {
            Mandate now = act.on(db, asked.caller());
            if (asked.scope().reaches(now.customer())) record(intake, db, asked.caller(), now);
            return Answer.json(shown(db, now));
        });
    }

    /** What becomes of a mandate is an entry of the customer's record. */
    static void record(Intake intake, JdbcClient db, Caller caller, Mandate mandate) {
        intake.record(db, caller, mandate.customer(), Kind.MANDATE, Mandates.act(mandate));
    }

    private ObjectNode shown(JdbcClient db, Mandate mandate) {
        return mandate(mandate, customers.named(db, List.of(mandate.customer())));
    }

    private static UUID id(String told) {
        UUID id = Ids.parse(told);
        if (id == null) throw Refusal.of(Problem.NOT_FOUND);
        return id;
    }

    static Terms terms(Members members) {
        Terms terms = new Terms(members.textsOrNull("infrastructures"), members.instantOrNull("until"));
        members.done();
        return terms;
    }

    static ObjectNode mandate(Mandate mandate, Map<UUID, Customer> seen) {
        ObjectNode document = Json.object().put("id", mandate.id().toString());
        document.set("customer", Shapes.mention(mandate.customer(), seen));
        document.putObject("opsTeam").put("id", mandate.team().toString()).put("name", mandate.teamName());
        document.put("state", mandate.state().word());
        Shapes.putTexts(document, "infrastructures", mandate.infrastructures());
        return document.put("from", mandate.from().toString())
                .put("until", Shapes.at(mandate.until()))
                .put("confirmedAt", Shapes.at(mandate.confirmedAt()))
                .put("fromSeq", mandate.fromSeq())
                .put("untilSeq", mandate.untilSeq())
                .put("createdAt", mandate.createdAt().toString());
    }
}
