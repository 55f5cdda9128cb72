package org.minventory.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes cursors that only this instance can make, and that open only the list they were made for: sealed with a key of
 * the instance over the place, the path, the filter and what the reader reaches.
 */
public final class Cursors {
    private static final int SEAL = 16;
    private static final int LONGEST = 4_000;

    private final SecretKeySpec key;

    /** @param key of the instance, the same on every node */
    public Cursors(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    String seal(String list, List<String> place) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        place.forEach(values::add);
        byte[] payload = Json.canonical(values);
        byte[] cursor = new byte[SEAL + payload.length];
        System.arraycopy(mac(list, payload), 0, cursor, 0, SEAL);
        System.arraycopy(payload, 0, cursor, SEAL, payload.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /**
     * The place in the list.
     *
     * @throws Refusal {@link Problem#UNFIT_CURSOR} for whatever this instance did not make for this list and reader
     */
    List<String> open(String list, String cursor) {
        try {
            if (cursor.length() > LONGEST) throw unfit();
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length <= SEAL) throw unfit();
            byte[] payload = java.util.Arrays.copyOfRange(bytes, SEAL, bytes.length);
            byte[] seal = java.util.Arrays.copyOf(bytes, SEAL);
            byte[] expected = java.util.Arrays.copyOf(mac(list, payload), SEAL);
            if (!MessageDigest.isEqual(seal, expected)) throw unfit();
            List<String> place = new ArrayList<>();
            for (JsonNode value : Json.ours(payload)) place.add(value.stringValue());
            return place;
        } catch (IllegalArgumentException | JacksonException notOurs) {
            throw unfit();
        }
    }

    private byte[] mac(String list, byte[] payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(list.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(payload);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Refusal unfit() {
        return Refusal.at(Problem.UNFIT_CURSOR, "after");
    }
}
