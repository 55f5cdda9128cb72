package org.minventory.integration.providers;

import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.export.ReceiptDocument;
import org.minventory.intake.Receipt;
import org.minventory.survey.Unreadable;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Problems;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer: a receipt for each paper, with what it said, so that a dry run can be judged. */
final class PaperReceipts {
    private final Asked asked;
    private final ReceiptDocument receipts;
    private final ObjectNode document = Json.object();
    private final ArrayNode list = document.putArray("receipts");

    PaperReceipts(Asked asked) {
        this.asked = asked;
        this.receipts = new ReceiptDocument(asked.language(), refusal -> Problems.document(refusal, asked.language()));
    }

    void add(PostedPaper posted, Receipt receipt) {
        ObjectNode json = receipts.write(receipt);
        Paper paper = posted.paper();
        json.put("kind", paper == null ? null : paper.kind().word());
        json.put("order", paper == null ? null : paper.order());
        json.put("service", paper == null ? null : reference(paper.service()));
        ObjectNode facts = json.putObject("facts");
        ArrayNode unread = json.putArray("unread");
        posted.scrubbed().forEach(json.putArray("scrubbed")::add);
        if (paper != null) {
            paper.facts().forEach(facts::set);
            for (Unreadable one : paper.unread())
                unread.addObject()
                        .put("pointer", one.pointer())
                        .put("detail", one.sentence().in(asked.language()));
        }
        list.add(json);
    }

    private static @Nullable String reference(Paper.@Nullable Service service) {
        return service == null ? null : service.reference();
    }

    Answer answer() {
        return Answer.json(document);
    }
}
