package org.minventory.api;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.export.ReceiptDocument;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.party.Right;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Problems;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The record: what is told enters here, and what was told is read here. */
@Controller
public final class TestimonyApi {
    private static final String PATH = "/api/v1/testimonies";

    private final InstantSource clock;
    private final Intake intake;

    public TestimonyApi(InstantSource clock, Intake intake) {
        this.clock = clock;
        this.intake = intake;
    }

    /** One testimony is answered with its receipt or its problem; an array or a stream always with one receipt each. */
    @PostMapping(PATH)
    @Allowed({Right.TESTIFY, Right.DECIDE, Right.ATTACH})
    Answer tell(
            Asked asked,
            Body body,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Intake.Manner manner = new Intake.Manner(dryRun, customer, asked.idempotencyKey());
        if (body.isStream()) {
            Telling telling = telling(asked, manner);
            body.lines(telling);
            return Answer.of(Answer.JSON, telling.end());
        }
        byte[] document = body.documentBytes();
        List<byte[]> items = Json.items(document);
        return items == null ? tellOne(asked, document, manner) : tellAll(asked, items, manner);
    }

    private Answer tellOne(Asked asked, byte[] document, Intake.Manner manner) {
        var told = ToldReader.read(Json.read(document), clock.instant());
        return receipt(asked, intake.take(asked.caller(), List.of(told), manner).getFirst());
    }

    private Answer tellAll(Asked asked, List<byte[]> items, Intake.Manner manner) {
        Telling telling = telling(asked, manner);
        items.forEach(telling::tell);
        return Answer.of(Answer.JSON, telling.end());
    }

    private Telling telling(Asked asked, Intake.Manner manner) {
        return new Telling(intake, clock, asked.caller(), manner, receipts(asked));
    }

    /** The answer to one testimony: its receipt, or the refusal itself. */
    static Answer receipt(Asked asked, Receipt receipt) {
        if (receipt.refusal() != null) throw receipt.refusal();
        Answer answer = Answer.json(receipt.status(), receipts(asked).write(receipt));
        return receipt.id() == null ? answer : answer.header("Location", PATH + "/" + receipt.id());
    }

    private static ReceiptDocument receipts(Asked asked) {
        return new ReceiptDocument(asked.language(), refusal -> Problems.document(refusal, asked.language()));
    }
}
