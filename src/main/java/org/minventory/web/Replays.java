package org.minventory.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code Idempotency-Key}: an act told twice is done once and answered the same. The answer is written in the
 * transaction of the act, so a crash leaves either both or neither; it is sealed with the caller's own token, so that a
 * secret shown once stays unreadable to everybody else, this program included.
 */
public final class Replays {
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Tx tx;
    private final InstantSource clock;

    public Replays(Tx tx, InstantSource clock) {
        this.tx = tx;
        this.clock = clock;
    }

    /**
     * Does the act in one transaction, once per key.
     *
     * @param scope what the act may touch
     * @throws Refusal {@link Problem#KEY_REUSED} for another request with the same key, {@link Problem#KEY_IN_USE} while
     *     the first is still running, {@link Problem#NOT_FOUND} where the answer is about a customer now out of reach, and
     *     whatever the act refuses
     */
    public Answer once(Asked asked, Body body, Scope scope, Function<JdbcClient, Answer> act) {
        String key = asked.idempotencyKey();
        String bearer = asked.bearer();
        if (key == null || bearer == null) return tx.write(scope, act);
        byte[] request = requestHash(asked, body);
        return tx.write(scope, db -> {
            lock(db, asked.token(), key);
            Optional<Kept> kept = kept(db, asked, key);
            if (kept.isPresent()) return again(kept.get(), request, key, bearer);
            Answer answer = act.apply(db);
            keep(db, asked, key, request, answer, seal(answer, key, bearer));
            return answer;
        });
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(boolean reached, byte[] requestHash, int status, byte[] answer) {}

    private static byte[] requestHash(Asked asked, Body body) {
        MessageDigest digest = Ids.sha256();
        digest.update(
                (asked.method() + " " + asked.path() + "?" + asked.query() + "\n").getBytes(StandardCharsets.UTF_8));
        return digest.digest(body.bytes(Body.MANY));
    }

    /** One request at a time per key: the second waits a second, which is longer than an act lasts. */
    private static void lock(JdbcClient db, UUID token, String key) {
        try {
            db.sql("select set_config('lock_timeout', '1s', true)").query().singleValue();
            db.sql("select 1 from (select pg_advisory_xact_lock(hashtextextended(?, 0))) l")
                    .param(token + " " + key)
                    .query()
                    .singleValue();
            db.sql("select set_config('lock_timeout', '0', true)").query().singleValue();
        } catch (PessimisticLockingFailureException stillRunning) {
            throw Refusal.of(Problem.KEY_IN_USE);
        }
    }

    private Optional<Kept> kept(JdbcClient db, Asked asked, String key) {
        db.sql("delete from replay where token_id = ? and created_at < ?")
                .params(asked.token(), at(clock.instant().minus(KEPT)))
                .update();
        return db.sql("""
                        select customer_id is null or customer_id = any (:customers::uuid[]) or exists (
                                -- opened since this caller came in
                                select 1 from mandate m
                                where m.customer_id = r.customer_id and m.ops_team_id = :team and m.state = 'active'),
                            request_hash, status, answer
                        from replay r
                        where token_id = :token and key = :key""")
                .param("customers", org.minventory.base.Arrays.of(asked.caller().customers()))
                .param("team", asked.caller().team())
                .param("token", asked.token())
                .param("key", key)
                .query((row, number) -> new Kept(row.getBoolean(1), row.getBytes(2), row.getInt(3), row.getBytes(4)))
                .optional();
    }

    private void keep(JdbcClient db, Asked asked, String key, byte[] request, Answer answer, byte[] sealed) {
        db.sql("""
                        insert into replay (token_id, key, customer_id, request_hash, status, answer, created_at)
                        values (:token, :key, :customer::uuid, :request, :status, :answer, :now)""")
                .param("token", asked.token())
                .param("key", key)
                .param("customer", answer.customer())
                .param("request", request)
                .param("status", answer.status())
                .param("answer", sealed)
                .param("now", at(clock.instant()))
                .update();
    }

    private static java.time.OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Answer again(Kept kept, byte[] request, String key, String bearer) {
        if (!kept.reached()) throw Refusal.of(Problem.NOT_FOUND);
        if (!MessageDigest.isEqual(kept.requestHash(), request)) throw Refusal.of(Problem.KEY_REUSED);
        JsonNode told = Json.ours(unseal(kept.answer(), key, bearer));
        byte[] bytes = Base64.getDecoder().decode(told.get("body").stringValue());
        Answer same = Answer.of(kept.status(), "", bytes);
        for (Map.Entry<String, JsonNode> header : told.get("headers").properties())
            same = same.header(header.getKey(), header.getValue().stringValue());
        return same;
    }

    private static byte[] seal(Answer answer, String key, String bearer) {
        ObjectNode document = Json.object();
        ObjectNode headers = document.putObject("headers");
        answer.headers().forEach(headers::put);
        document.put("body", Base64.getEncoder().encodeToString(answer.bytes()));
        byte[] nonce = Ids.random(NONCE);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, Json.write(document), key, bearer);
        byte[] both = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE, sealed.length);
        return both;
    }

    private static byte[] unseal(byte[] sealed, String key, String bearer) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE);
        return cipher(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(sealed, NONCE, sealed.length), key, bearer);
    }

    private static byte[] cipher(int mode, byte[] nonce, byte[] bytes, String key, String bearer) {
        try {
            Mac derivation = Mac.getInstance("HmacSHA256");
            derivation.init(new SecretKeySpec(bearer.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] secret = derivation.doFinal(("replay " + key).getBytes(StandardCharsets.UTF_8));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(
                    "An answer could not be sealed " + HexFormat.of().formatHex(nonce), impossible);
        }
    }
}
