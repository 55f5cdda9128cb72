package org.minventory.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.element.ElementType;
import org.minventory.element.Vocabulary;
import org.minventory.export.Reach;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Caller;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes what a document brings in, line by line, a thousand in a transaction. What a line says wrongly costs no other. The
 * same document again confirms what was taken of it and takes the rest: an import that was killed is simply run again.
 */
public final class Importing {
    private static final List<Kind> IMPORTED = List.of(
            Kind.WISH, Kind.ORDER, Kind.DELIVERY_NOTICE, Kind.DELIVERY_SURVEY, Kind.SURVEY, Kind.DEPLOYMENT_REPORT);

    private final Receiving receiving;
    private final Receipts receipts;
    private final Document document;
    private long lines;
    private long recorded;
    private long confirmed;
    private long unattached;
    private long refused;
    private long told;

    private Importing(Intake intake, Asked asked, Whose whose, boolean dryRun, Document document, Receipts receipts) {
        String customer = whose.customer().toString();
        Intake.Manner manner = new Intake.Manner(dryRun, customer, asked.idempotencyKey());
        this.receiving = Receiving.lines(intake, asked, manner, receipts, receipts instanceof ReceiptLines);
        this.receipts = receipts;
        this.document = document;
    }

    /** Of whom an import speaks, and what can be said there. */
    public record Whose(UUID customer, Vocabulary vocabulary) {
        /**
         * The customer that is named, or the only one there is for this caller.
         *
         * @throws Refusal {@link Problem#NOT_FOUND}, {@link Problem#CUSTOMER_NEEDED}
         */
        public static Whose of(Tx tx, Vocabularies vocabularies, Asked asked, @Nullable String customer) {
            Reach all = tx.read(asked.scope(), db -> Reach.of(db, asked.scope(), vocabularies));
            Reach reach = customer == null ? all : all.only(List.of(customer));
            List<UUID> customers = reach.scope().customers();
            if (customers.isEmpty()) throw Refusal.of(Problem.NOT_FOUND);
            if (customers.size() > 1) throw Refusal.at(Problem.CUSTOMER_NEEDED, "/customer");
            return new Whose(customers.getFirst(), reach.vocabulary(customers.getFirst()));
        }

        /**
         * The element type that a query parameter names.
         *
         * @throws Refusal {@link Problem#UNKNOWN_TYPE}
         */
        public String type(String told) {
            if (vocabulary.type(told) != null) return told;
            List<String> types =
                    vocabulary.types().stream().map(ElementType::name).toList();
            throw Refusal.at(Problem.UNKNOWN_TYPE, "type", told, String.join(", ", types));
        }
    }

    /** What is imported, read while it is taken. */
    public interface Document {
        /** What is said of the whole before its first line. */
        ObjectNode before();

        /** Tells all its lines, in their order. */
        void tell(Importing importing);

        /** How much of it has been read, in hundredths. */
        int percent();
    }

    /**
     * The kind that an import is to say.
     *
     * @throws Refusal {@link Problem#UNFIT_PARAMETER}, {@link Problem#NOT_ALLOWED}
     */
    public static Kind kind(Asked asked, String word) {
        Kind kind = Kind.of(word);
        if (kind == null || !IMPORTED.contains(kind))
            throw Refusal.at(
                    Problem.UNFIT_PARAMETER,
                    "kind",
                    "kind",
                    String.join(", ", IMPORTED.stream().map(Kind::word).toList()));
        if (!says(asked.caller(), kind)) throw Refusal.of(Problem.NOT_ALLOWED);
        return kind;
    }

    /** Whether this caller may say such a thing. */
    public static boolean says(Caller caller, Kind kind) {
        return kind.isSaidBy(caller.role()) && caller.mayTestify(kind.word());
    }

    /**
     * Takes the document and answers with a receipt for each line: as one JSON document, or line by line as it comes where
     * the reader accepts {@code application/x-ndjson}.
     *
     * @param body dropped when all is taken
     */
    public static Answer answer(
            Intake intake, Asked asked, Whose whose, boolean dryRun, Spool body, Document document) {
        if (Format.of(asked, Format.JSON, Format.NDJSON) == Format.NDJSON)
            return Answer.of(Format.NDJSON.mediaType(), new Answer.Content() {
                @Override
                public long length() {
                    return -1;
                }

                @Override
                public void writeTo(OutputStream out) throws IOException {
                    new Importing(intake, asked, whose, dryRun, document, new ReceiptLines(out)).takeAll(body);
                }
            });
        Spool answer = new Spool();
        try {
            new Importing(intake, asked, whose, dryRun, document, new ReceiptList(answer)).takeAll(body);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return Answer.of(Answer.JSON, answer);
    }

    private void takeAll(Spool body) throws IOException {
        try {
            takeAll();
        } finally {
            body.drop();
        }
    }

    private void takeAll() {
        receipts.begin(document.before());
        try {
            document.tell(this);
            receiving.rest();
        } catch (Refusal refusal) {
            if (!receiving.hasTaken()) throw refusal;
            refuse(refusal, 0, receipt -> {});
            receiving.rest();
        }
        receipts.end(Json.object().set("summary", counts()));
        receipts.flush();
    }

    /**
     * Hears one line.
     *
     * @param size of what was sent of it (bytes), which bounds what waits
     * @param remarks what its receipt says besides
     */
    public void hear(Told line, long size, Consumer<ObjectNode> remarks) {
        receiving.hear(line, size, counting(remarks));
        sayHowFar();
    }

    /**
     * Says in its place why a line was not heard.
     *
     * @param size of what was sent of it (bytes), for what the refusal quotes waits with the others
     * @param remarks what its receipt says besides
     */
    public void refuse(Refusal refusal, long size, Consumer<ObjectNode> remarks) {
        receiving.refuse(refusal, size, counting(remarks));
        sayHowFar();
    }

    private Consumer<ObjectNode> counting(Consumer<ObjectNode> remarks) {
        return receipt -> {
            remarks.accept(receipt);
            count(receipt.path("status").intValue());
        };
    }

    private void count(int status) {
        lines++;
        switch (status) {
            case 200 -> confirmed++;
            case 201 -> recorded++;
            case 202 -> unattached++;
            default -> refused++;
        }
    }

    /** Where something has been taken since it was last said. */
    private void sayHowFar() {
        if (lines == told) return;
        told = lines;
        receipts.progress(counts().put("percent", document.percent()));
        receipts.flush();
    }

    private ObjectNode counts() {
        return Json.object()
                .put("lines", lines)
                .put("recorded", recorded)
                .put("confirmed", confirmed)
                .put("unattached", unattached)
                .put("refused", refused);
    }
}
