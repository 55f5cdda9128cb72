package org.minventory.integration.providers;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.party.Caller;
import org.minventory.party.Right;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Surveying;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Documents of hosting providers come in: what they say was ordered becomes orders and their lines, what they say they
 * delivered becomes delivery notices. The same document again changes nothing.
 */
@Controller
public final class ProvidersDoor {
    private static final List<Kind> TOLD = List.of(Kind.CONTRACT, Kind.ORDER, Kind.DELIVERY_NOTICE);

    private final InstantSource clock;
    private final Intake intake;

    public ProvidersDoor(InstantSource clock, Intake intake) {
        this.clock = clock;
        this.intake = intake;
    }

    @PostMapping("/integrations/providers/{provider}")
    @Allowed(Right.TESTIFY)
    Answer take(
            Asked asked,
            Body body,
            @PathVariable String provider,
            @RequestParam(required = false) @Nullable String element,
            @RequestParam(required = false) @Nullable List<String> elements,
            @RequestParam(defaultValue = "false") boolean create,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String witnessedAt,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Provider whose = Provider.of(provider);
        if (whose == null) throw Refusal.of(Problem.NOT_FOUND);
        refuseWhoMayTellNothing(asked.caller());
        Naming naming = new Naming(whose, element, elements, create);
        Instant seenAt = Surveying.instant(witnessedAt);
        List<PostedPaper> posted = new Mail(whose).read(Json.tree(body.json(Body.MANY)));
        naming.refuseSeveral(
                posted.stream().map(PostedPaper::paper).filter(Objects::nonNull).toList());
        List<Told> told = posted.stream()
                .flatMap(one -> Stream.ofNullable(one.paper()))
                .map(paper -> told(paper, naming, seenAt))
                .toList();
        List<Receipt> receipts =
                intake.take(asked.caller(), told, new Intake.Manner(dryRun, customer, asked.idempotencyKey()));
        refuseUnknownCustomer(receipts);
        return answer(asked, posted, receipts);
    }

    private static void refuseWhoMayTellNothing(Caller caller) {
        boolean may = TOLD.stream().anyMatch(kind -> kind.isSaidBy(caller.role()) && caller.mayTestify(kind.word()));
        if (!may) throw Refusal.of(Problem.NOT_ALLOWED);
    }

    private Told told(Paper paper, Naming naming, @Nullable Instant seenAt) {
        Paper.Service service = paper.service();
        return Told.onPaper(
                paper.kind(),
                service == null ? null : naming.of(service),
                paper.at() == null ? seenAt : Surveying.believed(paper.at(), clock.instant()),
                new LinkedHashMap<>(paper.facts()),
                paper.source(),
                new Told.Context(paper.order(), null, null),
                service == null ? null : naming.bornAs(service),
                paper.document());
    }

    /** The customer is said once for the whole document. */
    private static void refuseUnknownCustomer(List<Receipt> receipts) {
        for (Receipt receipt : receipts) {
            Refusal refusal = receipt.refusal();
            if (refusal == null || refusal.places().isEmpty()) return;
            if (!refusal.places().getFirst().pointer().equals("/customer")) return;
            throw refusal;
        }
    }

    private static Answer answer(Asked asked, List<PostedPaper> posted, List<Receipt> receipts) {
        PaperReceipts answer = new PaperReceipts(asked);
        Iterator<Receipt> taken = receipts.iterator();
        for (PostedPaper one : posted)
            answer.add(one, one.paper() == null ? Receipt.refused(one.refusal()) : taken.next());
        return answer.answer();
    }
}
