package org.minventory.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.testimony.Told;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Told twice counts once: under the same key the same words get the same receipts, and other words are refused. The
 * receipts are kept in the transaction that made them, so that a crash leaves neither half. A key belongs to a whole
 * request, or to one testimony of it.
 */
final class Repeats {
    /** Longer than the seven days that are promised. */
    private static final Duration KEPT = Duration.ofDays(8);

    private record Key(UUID actor, String key) {}

    private record Answered(byte[] requestHash, List<Receipt> receipts) {}

    private final Map<Key, Answered> answered = new HashMap<>();
    private final Map<Key, Answered> fresh = new HashMap<>();

    /** Reads what was answered under the keys of these requests, in one statement; none where nobody gave a key. */
    static Repeats of(JdbcClient db, UUID customer, List<Intake.Request> requests) {
        Repeats repeats = new Repeats();
        Arrays keys = new Arrays("uuid", "text");
        for (Intake.Request request : requests) {
            UUID actor = request.caller().actor();
            if (request.key() != null) keys.row(actor, wholeKey(request.key()));
            for (Told told : request.told()) if (told.key() != null) keys.row(actor, itemKey(told.key()));
        }
        if (keys.isEmpty()) return repeats;
        keys.bind(db, """
                        select actor_id, key, request_hash, response from idempotency
                        where customer_id = ? and (actor_id, key) in (select * from unnest(?::uuid[], ?::text[]))""", customer).query(row -> {
            repeats.answered.put(
                    new Key(row.getObject("actor_id", UUID.class), row.getString("key")),
                    new Answered(row.getBytes("request_hash"), ReceiptJson.readAll(row.getBytes("response"))));
        });
        return repeats;
    }

    /** The receipts of a request: those of the first time, or those of the work if this is the first. */
    List<Receipt> whole(Intake.Request request, Supplier<List<Receipt>> work) {
        return request.key() == null
                ? work.get()
                : once(
                        new Key(request.caller().actor(), wholeKey(request.key())),
                        hash(request.told(), request.claim()),
                        work);
    }

    /** The receipt of one testimony, likewise. */
    Receipt item(UUID actor, Told told, Supplier<Receipt> work) {
        return told.key() == null
                ? work.get()
                : once(
                                new Key(actor, itemKey(told.key())),
                                hash(List.of(told.words()), null),
                                () -> List.of(work.get()))
                        .getFirst();
    }

    private List<Receipt> once(Key key, byte[] hash, Supplier<List<Receipt>> work) {
        Answered before = answered.get(key);
        if (before != null) {
            if (!MessageDigest.isEqual(before.requestHash(), hash)) throw Refusal.of(Problem.KEY_REUSED);
            return before.receipts().stream().map(Receipt::again).toList();
        }
        List<Receipt> receipts = work.get();
        Answered now = new Answered(hash, receipts);
        answered.put(key, now);
        fresh.put(key, now);
        return receipts;
    }

    /** Keys of requests and of testimonies are told apart by a first letter that no client chooses. */
    private static String wholeKey(String key) {
        return "r " + key;
    }

    private static String itemKey(String key) {
        return "t " + key;
    }

    private static byte[] hash(List<Told> told, @Nullable Claim claim) {
        MessageDigest digest = Ids.sha256();
        if (claim != null) digest.update(claim.toString().getBytes(StandardCharsets.UTF_8));
        for (Told one : told) digest.update(one.toString().getBytes(StandardCharsets.UTF_8));
        return digest.digest();
    }

    /** Keeps the new answers, in one statement, and lets go of those that were kept long enough. */
    void write(JdbcClient db, UUID customer, Instant at) {
        if (fresh.isEmpty()) return;
        db.sql("delete from idempotency where customer_id = ? and created_at < ?::timestamptz")
                .params(customer, at.minus(KEPT).toString())
                .update();
        Arrays rows = new Arrays("uuid", "text", "bytea", "bytea");
        new ArrayList<>(fresh.entrySet())
                .forEach(entry -> rows.row(
                        entry.getKey().actor(),
                        entry.getKey().key(),
                        entry.getValue().requestHash(),
                        ReceiptJson.writeAll(entry.getValue().receipts())));
        rows.update(db, """
                insert into idempotency (customer_id, actor_id, key, request_hash, status, response, created_at)
                select customer, actor, key, hash, 200, response, at
                from (select ?::uuid as customer, ?::timestamptz as at) as mine,
                     unnest(?::uuid[], ?::text[], ?::bytea[], ?::bytea[]) as new (actor, key, hash, response)""", customer, at.toString());
    }
}
