package org.minventory.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.minventory.base.Together;
import org.minventory.base.Tx;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Facts;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Head;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives back everything that is derived, from the record alone and with the same ids: the record is sat through again, in
 * its order, by the same code that took it in.
 */
public final class Rebuild {
    /** What is derived, the dependent first. */
    private static final List<String> DERIVED = List.of(
            "term",
            "address_range",
            "relation",
            "identifier",
            "divergence",
            "last_words",
            "knowledge",
            "unattached",
            "withdrawn",
            "infrastructure_entry",
            "upkeep",
            "belonging",
            "assignment",
            "definition",
            "subject_entry",
            "element");

    private static final int PAGE = 500;

    private final Tx tx;
    private final List<Consequence> consequences;

    public Rebuild(Tx tx, List<Consequence> consequences) {
        this.tx = tx;
        this.consequences = List.copyOf(consequences);
    }

    /**
     * Rebuilds one customer, in one transaction: readers see the old until the new is whole.
     *
     * @param progress told how many entries have been read, after each page
     * @return how many entries the record has
     */
    public long rebuild(UUID customer, LongConsumer progress) {
        return tx.longWrite(Scope.whole(customer), db -> rebuild(db, customer, progress));
    }

    /** The same within a transaction that has something else to do besides. */
    long rebuild(JdbcClient db, UUID customer, LongConsumer progress) {
        Head head = Head.take(db, customer, java.time.Instant.EPOCH);
        for (String table : derived())
            db.sql("delete from " + table + " where customer_id = ?")
                    .param(customer)
                    .update();
        restoreRuns(db, customer);
        long read = 0;
        for (List<Entry> page = page(db, customer, 0);
                !page.isEmpty();
                page = page(db, customer, page.getLast().seq())) {
            replay(Sitting.replaying(db, head, Vocabularies.read(db, customer), consequences), page);
            read += page.size();
            progress.accept(read);
        }
        Together last = new Together();
        head.keep(last);
        last.send(db);
        return read;
    }

    /** Runs of repetitions are those of whom they were told at first: merges and splits of the record move them again. */
    private static void restoreRuns(JdbcClient db, UUID customer) {
        Map<Long, UUID> attached = new HashMap<>();
        for (Entry attachment :
                numbered(db, customer, "select seq from testimony where customer_id = ? and kind = 'attachment'"))
            if (attachment.element() != null)
                attached.put(attachment.act().get("seq").longValue(), attachment.element());
        Arrays rows = new Arrays("bigint", "uuid");
        for (Entry entry : numbered(db, customer, "select seq from hearing where customer_id = ?")) {
            UUID element = entry.element() == null ? attached.get(entry.seq()) : entry.element();
            if (element != null) rows.row(entry.seq(), element);
        }
        rows.update(db, """
                update hearing h set element_id = told.element
                from (select ?::uuid as customer) as mine, unnest(?::bigint[], ?::uuid[]) as told (seq, element)
                where h.customer_id = mine.customer and h.seq = told.seq and h.element_id <> told.element""", customer);
    }

    private static List<Entry> numbered(JdbcClient db, UUID customer, String seqs) {
        return Testimonies.numbered(
                db, customer, db.sql(seqs).param(customer).query(Long.class).list());
    }

    private List<String> derived() {
        List<String> tables = new ArrayList<>();
        for (Consequence consequence : consequences) tables.addAll(consequence.tables());
        tables.addAll(DERIVED);
        return tables;
    }

    private static List<Entry> page(JdbcClient db, UUID customer, long after) {
        return Testimonies.after(db, customer, after, PAGE);
    }

    private static void replay(Sitting sitting, List<Entry> page) {
        Map<UUID, Picture.Witness> witnesses = Past.witnesses(
                sitting.db(),
                sitting.head().customer(),
                page.stream().map(Entry::witness).toList());
        sitting.load(page.stream()
                .map(Entry::element)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        for (Entry entry : page) expect(sitting, entry);
        for (Entry entry : page) replay(sitting, entry, Past.witness(witnesses, entry.witness()));
        sitting.write();
    }

    private static void expect(Sitting sitting, Entry entry) {
        sitting.expect(entry.facts().get("address"));
        String name = entry.creates() != null ? entry.creates().name() : sitting.nameOf(entry.element());
        if (name != null) sitting.expect(name, entry.facts().propertyNames(), entry.facts()::get);
    }

    private static void replay(Sitting sitting, Entry entry, Picture.Witness witness) {
        UUID element = entry.element();
        switch (entry.kind().subject()) {
            case ELEMENT, DELIVERY -> {
                sitting.follow(entry);
                if (entry.infrastructure() != null) replayOfAll(sitting, entry, entry.infrastructure(), witness);
                else if (element == null) sitting.unattachedAgain(entry);
                else {
                    Picture picture = picture(sitting, entry, element);
                    sitting.assign(entry, element);
                    Vocabulary vocabulary = sitting.vocabulary();
                    sitting.absorb(entry, picture, Facts.recall(vocabulary, entry.facts()), witness, entry);
                }
            }
            case TESTIMONY -> replayOfTestimony(sitting, entry, element);
            case DIVERGENCE -> {
                sitting.write();
                sitting.assign(entry, Objects.requireNonNull(element));
                UUID id = UUID.fromString(entry.act().get("divergence").stringValue());
                Divergence divergence = Divergences.withId(sitting.db(), entry.customer(), id);
                sitting.picture(element);
                sitting.decide(entry, Objects.requireNonNull(divergence));
            }
            case WITNESS -> sitting.discredit(entry);
            case IDENTITY -> replayOfIdentity(sitting, entry, Objects.requireNonNull(element));
            case PROJECT, ORDER -> sitting.follow(entry);
            case DEFINITION -> sitting.define(entry);
            case MANDATE -> {} // lives in the room of parties, outside the derived
        }
    }

    private static void replayOfAll(Sitting sitting, Entry entry, String infrastructure, Picture.Witness witness) {
        sitting.assign(entry, infrastructure);
        Facts facts = Facts.recall(sitting.vocabulary(), entry.facts());
        sitting.absorb(entry, infrastructure, facts, witness, entry);
    }

    private static void replayOfIdentity(Sitting sitting, Entry entry, UUID element) {
        if (entry.kind() == Kind.SPLIT) picture(sitting, entry, element);
        sitting.assign(entry, element);
        if (entry.kind() == Kind.MERGE) sitting.merge(entry);
        else sitting.split(entry);
    }

    private static void replayOfTestimony(
            Sitting sitting, Entry entry, @org.jspecify.annotations.Nullable UUID element) {
        if (entry.kind() == Kind.CONFIRMATION) return; // what was heard is the record's own
        sitting.write();
        long seq = entry.act().get("seq").longValue();
        Entry other = Objects.requireNonNull(Past.entry(sitting.db(), entry.customer(), seq));
        String infrastructure = entry.infrastructure();
        if (infrastructure != null) {
            sitting.assign(entry, infrastructure);
            if (entry.kind() == Kind.ATTACHMENT) sitting.attach(entry, other, infrastructure);
            else sitting.withdrawOfAll(entry, other, infrastructure);
            return;
        }
        if (element != null) sitting.assign(entry, element);
        if (entry.kind() == Kind.ATTACHMENT)
            sitting.attach(entry, other, picture(sitting, entry, Objects.requireNonNull(element)));
        else sitting.withdraw(entry, other, element);
    }

    private static Picture picture(Sitting sitting, Entry entry, UUID element) {
        return entry.creates() == null ? sitting.picture(element) : sitting.bear(element, entry.creates(), entry.seq());
    }
}
