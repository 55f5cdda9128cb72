package org.minventory.web;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Refusal;
import org.minventory.export.ReceiptDocument;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.testimony.Told;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes testimonies as they come in, many together in a transaction and each such part under a key of its own: a stream
 * has no end to its length, and what was acknowledged stays. One that cannot be heard gets a receipt that says why, in
 * its place.
 */
public final class Receiving {
    /** Parts of a tool's document taken in one transaction. */
    public static final int TOGETHER = 200;

    private final Intake intake;
    private final Asked asked;
    private final Intake.Manner manner;
    private final int together;
    private final int bytesTogether;
    private final boolean ofOneCustomer;
    private final ReceiptDocument document;

    private final Spool answer = new Spool();
    private final Receipts receipts;
    private final List<Heard> waiting = new ArrayList<>();
    private long waitingBytes;
    private long passed;
    private boolean taken;

    /** One of them, heard or refused, and what its receipt says besides. */
    private record Heard(@Nullable Told told, @Nullable Refusal refusal, Consumer<ObjectNode> remarks) {}

    private Receiving(
            Intake intake,
            Asked asked,
            Intake.Manner manner,
            int together,
            int bytesTogether,
            boolean ofOneCustomer,
            @Nullable Receipts receipts) {
        this.intake = intake;
        this.asked = asked;
        this.manner = manner;
        this.together = together;
        this.bytesTogether = bytesTogether;
        this.ofOneCustomer = ofOneCustomer;
        this.document = new ReceiptDocument(asked.language(), refusal -> Problems.document(refusal, asked.language()));
        this.receipts = receipts == null ? new ReceiptList(answer) : receipts;
    }

    /** Of testimonies that are sent as such, each of which may name its customer: a thousand together. */
    public static Receiving testimonies(Intake intake, Asked asked, Intake.Manner manner) {
        return new Receiving(intake, asked, manner, Intake.CHUNK, 8 << 20, false, null);
    }

    /** Of what a tool's document tells, all of one customer, which are large: two hundred together. */
    public static Receiving document(Intake intake, Asked asked, @Nullable String customer, boolean dryRun) {
        Intake.Manner manner = new Intake.Manner(dryRun, customer, asked.idempotencyKey());
        return new Receiving(intake, asked, manner, TOGETHER, 32 << 20, true, null);
    }

    /** Of what a tool's document tells of machines that may be of several customers, each named by what is told of it. */
    public static Receiving ofSeveral(Intake intake, Asked asked, @Nullable String customer, boolean dryRun) {
        Intake.Manner manner = new Intake.Manner(dryRun, customer, asked.idempotencyKey());
        return new Receiving(intake, asked, manner, TOGETHER, 32 << 20, false, null);
    }

    /**
     * Of the lines of an import, all of one customer: a thousand together.
     *
     * @param receipts where their receipts go
     * @param begun whether an answer is under way: then a refusal of the whole is that of each
     */
    static Receiving lines(Intake intake, Asked asked, Intake.Manner manner, Receipts receipts, boolean begun) {
        Receiving receiving = new Receiving(intake, asked, manner, Intake.CHUNK, 8 << 20, true, receipts);
        receiving.taken = begun;
        return receiving;
    }

    /**
     * Hears one.
     *
     * @param size of what was sent of it (bytes), which bounds what waits
     * @param remarks what its receipt says besides
     */
    public void hear(Told told, long size, Consumer<ObjectNode> remarks) {
        wait(new Heard(told, null, remarks), size);
    }

    /** Hears one. */
    public void hear(Told told, long size) {
        hear(told, size, receipt -> {});
    }

    /** Says in its place why one, or the rest, was not heard. */
    public void refuse(Refusal refusal, Consumer<ObjectNode> remarks) {
        refuse(refusal, 0, remarks);
    }

    /** The same of one of which so much was sent (bytes). */
    void refuse(Refusal refusal, long size, Consumer<ObjectNode> remarks) {
        wait(new Heard(null, refusal, remarks), size);
    }

    /** Says in its place why one, or the rest, was not heard. */
    public void refuse(Refusal refusal) {
        refuse(refusal, receipt -> {});
    }

    /** Whether anything was acknowledged: from then on a refusal of the whole would be untrue. */
    public boolean hasTaken() {
        return taken;
    }

    private void wait(Heard heard, long size) {
        waiting.add(heard);
        waitingBytes += size;
        if (waiting.size() == together || waitingBytes > bytesTogether) take();
    }

    /** The same items fall into the same parts at every attempt, so a part that was taken is answered again. */
    private void take() {
        List<Told> told = new ArrayList<>();
        for (Heard heard : waiting) if (heard.told() != null) told.add(heard.told());
        Iterator<Receipt> taking = taken(told).iterator();
        for (Heard heard : waiting)
            write(heard.refusal() == null ? taking.next() : Receipt.refused(heard.refusal()), heard);
        taken |= !told.isEmpty();
        passed += waiting.size();
        waiting.clear();
        waitingBytes = 0;
        receipts.flush();
    }

    /** What is refused as a whole refuses the whole request, unless a part of it has been acknowledged. */
    private List<Receipt> taken(List<Told> told) {
        if (told.isEmpty()) return List.of();
        try {
            String key = manner.key() == null || passed == 0 ? manner.key() : manner.key() + "#" + passed;
            List<Receipt> answered =
                    intake.take(asked.caller(), told, new Intake.Manner(manner.dryRun(), manner.customer(), key));
            if (!taken && ofOneCustomer)
                refuseUnknownCustomer(answered.getFirst().refusal());
            return answered;
        } catch (Refusal refusal) {
            if (taken) return told.stream().map(one -> Receipt.refused(refusal)).toList();
            throw refusal;
        }
    }

    /** A customer that is said once for all of them is refused once. */
    private static void refuseUnknownCustomer(@Nullable Refusal refusal) {
        if (refusal == null || refusal.places().isEmpty()) return;
        if (refusal.places().getFirst().pointer().equals("/customer")) throw refusal;
    }

    private void write(Receipt receipt, Heard heard) {
        ObjectNode json = document.write(receipt);
        heard.remarks().accept(json);
        receipts.receipt(json);
    }

    /** Takes what waits. */
    void rest() {
        if (!waiting.isEmpty()) take();
    }

    /** Takes the rest; all receipts, in the order in which the testimonies came. */
    public Spool end() {
        rest();
        receipts.end(Json.object());
        return answer;
    }
}
