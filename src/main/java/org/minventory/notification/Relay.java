package org.minventory.notification;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.notification.Errands.Errand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Works by itself: spreads notices, sends them, looks what time brings. It runs within the server, on as many nodes as
 * there are; what one leaves undone another does.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** Without a bell it looks by itself so often: another node's notices, what comes due. */
    private static final long TICK_MILLIS = 250;

    /** While there is more to do than is being done. */
    private static final long BUSY_MILLIS = 20;

    /** All customers are looked through so often, and leases prolonged as often. */
    private static final long SWEEP_MILLIS = 1_000;

    private static final int ERRANDS = 4;

    /** Who closes waits so long for what is under way. */
    private static final long PATIENCE_MILLIS = 3_000;

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Tx tx;
    private final InstantSource clock;
    private final Bell bell;
    private final FanOut fanOut;
    private final Endpoint endpoint;
    private final Map<String, Watch> watches;
    private final Turns turns = new Turns();
    private final Set<Errand> underway = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("relay-", 0).factory());
    private final Thread thread;
    private final Thread holder;
    private volatile boolean closed;

    public Relay(
            Tx tx,
            InstantSource clock,
            Bell bell,
            Subscriptions subscriptions,
            Channels channels,
            Composer composer,
            boolean mails,
            List<Watch> watches) {
        this.tx = tx;
        this.clock = clock;
        this.bell = bell;
        this.fanOut = new FanOut(tx, clock, subscriptions, channels, new Usual(mails));
        this.endpoint = new Endpoint(
                tx, clock, subscriptions, channels, composer, new Retries(new java.util.Random()), bell, turns);
        this.watches = watches.stream().collect(Collectors.toMap(Watch::word, Function.identity()));
        this.thread = Thread.ofPlatform().name("relay").unstarted(this::work);
        this.holder = Thread.ofPlatform().name("relay-leases").unstarted(this::hold);
    }

    /** Begins to work. */
    public void start() {
        thread.start();
        holder.start();
    }

    private void work() {
        try (Bell.Ear ear = bell.listen()) {
            long swept = 0;
            Set<UUID> behind = new HashSet<>();
            while (!closed) {
                behind.addAll(ear.await(turns.areScarce() ? BUSY_MILLIS : behind.isEmpty() ? TICK_MILLIS : 0));
                long ticks = System.nanoTime() / 1_000_000;
                if (ticks - swept >= SWEEP_MILLIS) {
                    swept = ticks;
                    behind.addAll(guarded("sweep", this::sweep, Set.of()));
                }
                // some of each at a time: who has much to say holds nobody up
                behind.removeIf(customer -> !guarded("fan-out", () -> fanOut.spread(customer), false));
                guarded("errands", this::takeErrands, false);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** What fails once is done again: the relay goes on whatever happens, and says what did. */
    private <T> T guarded(String what, java.util.function.Supplier<T> work, T otherwise) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            if (!closed) LOG.warn("The relay could not do its {}: {}", what, failed.toString());
            return otherwise;
        }
    }

    /** Leases are prolonged by a thread of their own: whatever keeps the other one busy, nobody else takes what is under way. */
    private void hold() {
        try {
            while (!workers.isTerminated()) {
                TimeUnit.MILLISECONDS.sleep(SWEEP_MILLIS);
                guarded("leases", this::prolong, false);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean prolong() {
        return tx.write(Scope.NOTHING, db -> {
            Errands.prolong(db, List.copyOf(underway));
            return true;
        });
    }

    // ---- looking through all customers ------------------------------------------------------------------------------

    private Set<UUID> sweep() {
        Set<UUID> behind = new HashSet<>();
        for (List<UUID> some : Everybody.inGroups(tx)) {
            behind.addAll(tx.read(Scope.whole(some), Relay::behind));
            tx.write(Scope.NOTHING, db -> watchOver(db, some));
        }
        return behind;
    }

    private static List<UUID> behind(JdbcClient db) {
        return db.sql("""
                        select h.customer_id from customer_head h left join fan_out f on f.customer_id = h.customer_id
                        where h.no > coalesce(f.no, 0)""").query(UUID.class).list();
    }

    /** Every watch looks after every customer. */
    private int watchOver(JdbcClient db, List<UUID> customers) {
        Arrays errands = new Arrays("uuid", "text", "uuid");
        for (UUID customer : customers) for (String watch : watches.keySet()) errands.row(customer, watch, customer);
        return errands.update(db, """
                insert into errand (customer_id, sort, errand_id, due_at)
                select customer, sort, id, 'epoch' from unnest(?::uuid[], ?::text[], ?::uuid[]) as new (customer, sort, id)
                on conflict do nothing""");
    }

    // ---- errands ----------------------------------------------------------------------------------------------------

    /** No more than can be begun: what is left is for another node, or for the next time. */
    private boolean takeErrands() {
        boolean more = true;
        while (more && !turns.areScarce()) {
            List<Errand> errands = tx.write(Scope.NOTHING, db -> Errands.take(db, clock.instant(), ERRANDS));
            underway.addAll(errands);
            for (Errand errand : errands) workers.execute(() -> run(errand));
            more = errands.size() == ERRANDS;
        }
        return more;
    }

    private void run(Errand errand) {
        try {
            Watch watch = watches.get(errand.sort());
            if (watch == null) endpoint.drain(errand);
            else look(watch, errand);
        } catch (RuntimeException failed) {
            if (!closed) LOG.warn("An errand of {} failed: {}", errand.sort(), failed.toString(), failed);
            guarded("giving back", () -> giveBack(errand), false);
        } finally {
            underway.remove(errand);
        }
    }

    private void look(Watch watch, Errand errand) {
        try (Turns.Turn _ = turns.take()) {
            boolean told = tx.longWrite(Scope.whole(errand.customer()), db -> look(db, watch, errand));
            if (told) bell.ring(errand.customer());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean look(JdbcClient db, Watch watch, Errand errand) {
        if (!Errands.holds(db, errand)) return false;
        Errands.done(db, errand, watch.look(db, errand.customer(), clock.instant()));
        return true;
    }

    private boolean giveBack(Errand errand) {
        return tx.write(Scope.NOTHING, db -> {
            Errands.done(db, errand, clock.instant().plus(AFTER_FAILURE));
            return true;
        });
    }

    /**
     * Stops: begins nothing more, and waits a little for what is under way. What takes longer is given up, and taken up
     * again by whoever comes next.
     */
    @Override
    public void close() {
        closed = true;
        endpoint.stop();
        thread.interrupt();
        workers.shutdown();
        try {
            thread.join(PATIENCE_MILLIS);
            if (!workers.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
                workers.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
            holder.interrupt();
            holder.join(PATIENCE_MILLIS);
        } catch (InterruptedException hurried) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
