package org.minventory.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.party.Customers;
import org.minventory.party.Customers.Customer;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Head;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Testimonies;
import org.minventory.testimony.Testimonies.Raw;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes over the record of a customer that was kept elsewhere: word for word, with its numbers, ids and chain; then works
 * out of it all that is derived. One transaction: the customer is here whole, or not at all.
 */
public final class Takeover {
    private static final int TOGETHER = 200;

    /** Bytes of documents that are written together, unless one alone has more. */
    private static final int DOCUMENTS_TOGETHER = 16 << 20;

    private final Tx tx;
    private final Customers customers;
    private final Rebuild rebuild;

    public Takeover(Tx tx, Customers customers, List<Consequence> consequences) {
        this.tx = tx;
        this.customers = customers;
        this.rebuild = new Rebuild(tx, consequences);
    }

    /** Who spoke there, known here by name and role alone: nobody becomes able to act by having spoken. */
    public record Witness(UUID id, String role, String name, Instant firstAt) {}

    /** What was heard again of a testimony, and of which element that was. */
    public record Run(
            long seq,
            UUID element,
            Instant firstAt,
            Instant lastAt,
            Instant heardAt,
            int heard,
            int sealed,
            boolean ended) {}

    /** What is taken over, which tells it piece by piece: a record does not fit into memory. */
    public interface Source {
        /** Whose it is. */
        Customer customer();

        /** Who spoke. */
        List<Witness> witnesses();

        /** The entries in their order, then the runs. */
        void tell(Consumer<Raw> entries, Consumer<Run> runs);
    }

    /** What is done in the same transaction, once the customer is here: to let somebody in. */
    public interface Welcome<T> {
        /** Does it. */
        T to(JdbcClient db, Customer customer);
    }

    /** What came of it. */
    public record Taken<T>(long entries, T welcomed) {}

    /**
     * Takes it over.
     *
     * @param progress told how many entries have been written, then how many have been worked out
     * @throws Refusal {@link Problem#CUSTOMER_THERE} where a customer of that identifier is here
     */
    public <T> Taken<T> take(Source source, Progress progress, Welcome<T> welcome) {
        Customer customer = source.customer();
        return tx.longWrite(Scope.whole(customer.id()), db -> {
            customers.settle(db, customer);
            Head.open(db, customer.id(), customer.createdAt());
            witnesses(db, customer.id(), source.witnesses());
            new Scribe(db, customer.id(), progress).write(source);
            long entries = rebuild.rebuild(db, customer.id(), progress::worked);
            return new Taken<>(entries, welcome.to(db, customer));
        });
    }

    /** How far it has come. */
    public interface Progress {
        /** So many entries are written. */
        void written(long entries);

        /** So many entries have been worked out again. */
        void worked(long entries);
    }

    private static void witnesses(JdbcClient db, UUID customer, List<Witness> witnesses) {
        Arrays rows = new Arrays("uuid", "text", "text", "timestamptz");
        for (Witness witness : witnesses) rows.row(witness.id(), witness.role(), witness.name(), witness.firstAt());
        rows.update(db, """
                insert into witness (customer_id, actor_id, role, name, first_at)
                select ?, actor, role, name, first_at::timestamptz
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) as told (actor, role, name, first_at)""", customer);
    }

    /** Writes the record down as it is told, some entries at a time. */
    private static final class Scribe {
        private final JdbcClient db;
        private final UUID customer;
        private final Progress progress;
        private final List<Raw> entries = new ArrayList<>();
        private final List<Run> runs = new ArrayList<>();
        private long documents;
        private @Nullable Entry last;
        private byte @Nullable [] chain;

        Scribe(JdbcClient db, UUID customer, Progress progress) {
            this.db = db;
            this.customer = customer;
            this.progress = progress;
        }

        void write(Source source) {
            source.tell(this::entry, this::run);
            entries();
            runs();
            if (last != null)
                Head.resume(db, last, Objects.requireNonNull(chain), Testimonies.count(db, customer, Kind.DEFINITION));
        }

        private void entry(Raw raw) {
            entries.add(raw);
            documents += raw.document() == null ? 0 : raw.document().length;
            if (entries.size() >= TOGETHER || documents >= DOCUMENTS_TOGETHER) entries();
        }

        private void entries() {
            if (entries.isEmpty()) return;
            last = Testimonies.transcribe(db, customer, entries);
            chain = entries.getLast().chain();
            entries.clear();
            documents = 0;
            progress.written(last.seq());
        }

        private void run(Run run) {
            entries();
            runs.add(run);
            if (runs.size() >= TOGETHER) runs();
        }

        private void runs() {
            Arrays rows = new Arrays(
                    "bigint", "uuid", "timestamptz", "timestamptz", "timestamptz", "integer", "integer", "boolean");
            for (Run run : runs)
                rows.row(
                        run.seq(),
                        run.element(),
                        run.firstAt(),
                        run.lastAt(),
                        run.heardAt(),
                        run.heard(),
                        run.sealed(),
                        run.ended());
            rows.update(db, """
                    insert into hearing (customer_id, seq, element_id, first_at, last_at, heard_at, heard, sealed, ended)
                    select ?, seq, element, first_at::timestamptz, last_at::timestamptz, heard_at::timestamptz, heard,
                           sealed, ended
                    from unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::integer[],
                                ?::boolean[])
                      as told (seq, element, first_at, last_at, heard_at, heard, sealed, ended)""", customer);
            runs.clear();
        }
    }
}
