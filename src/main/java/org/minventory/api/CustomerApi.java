package org.minventory.api;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.intake.Intake;
import org.minventory.party.Customers;
import org.minventory.party.Customers.Customer;
import org.minventory.party.Mandates;
import org.minventory.party.Mandates.Mandate;
import org.minventory.party.Right;
import org.minventory.testimony.Head;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Replays;
import org.minventory.web.Thinning;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Customers: an ops opens one together with its mandate; whoever reaches one sees it. */
@Controller
public final class CustomerApi {
    private static final String PATH = "/api/v1/customers";

    private final Tx tx;
    private final InstantSource clock;
    private final Customers customers;
    private final Mandates mandates;
    private final Replays replays;
    private final Etags etags;
    private final Intake intake;

    public CustomerApi(
            Tx tx,
            InstantSource clock,
            Customers customers,
            Mandates mandates,
            Replays replays,
            Etags etags,
            Intake intake) {
        this.tx = tx;
        this.clock = clock;
        this.customers = customers;
        this.mandates = mandates;
        this.replays = replays;
        this.etags = etags;
        this.intake = intake;
    }

    @GetMapping(PATH)
    @Allowed(Right.READ)
    Answer list(Asked asked, Paging paging, Thinning fields) {
        return etags.unlessKnown(asked, "json", () -> {
            List<Customer> found =
                    tx.read(asked.scope(), db -> customers.list(db, paging.key(0), paging.id(1), paging.fetch()));
            return paging.page(
                            found,
                            customer -> List.of(customer.slug(), customer.id().toString()))
                    .json(fields, Shapes::customer);
        });
    }

    @GetMapping(PATH + "/{customer}")
    @Allowed(Right.READ)
    Answer get(Asked asked, Thinning fields, @PathVariable String customer) {
        return etags.unlessKnown(
                asked,
                "json",
                () -> Answer.json(
                        fields.thin(Shapes.customer(tx.read(asked.scope(), db -> customers.find(db, customer))))));
    }

    @PostMapping(PATH)
    @Allowed(Right.OPEN_CUSTOMERS)
    Answer open(Asked asked, Body body) {
        Members members = body.object();
        String slug = members.text("slug");
        String name = members.text("name");
        Mandates.Terms told = members.objectOrNull("mandate", MandateApi::terms);
        Mandates.Terms terms = told == null ? Mandates.Terms.OPEN : told;
        members.done();
        UUID team = asked.caller().team();
        if (team == null) throw Refusal.of(Problem.NOT_ALLOWED);
        UUID id = Ids.next(clock.instant());
        return replays.once(asked, body, asked.scope().and(id), db -> {
            Customer customer = customers.open(db, id, team, slug, name);
            Head.open(db, id, customer.createdAt());
            Mandate mandate = mandates.begin(db, id, team, terms);
            MandateApi.record(intake, db, asked.caller(), mandate);
            var document = Shapes.customer(customer);
            document.set("mandate", MandateApi.mandate(mandate, Map.of(id, customer)));
            return Answer.created(PATH + "/" + customer.id(), document).about(id);
        });
    }
}
