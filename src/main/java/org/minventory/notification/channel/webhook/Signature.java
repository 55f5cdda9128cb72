package org.minventory.notification.channel.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The symmetric signature of Standard Webhooks 1.0: HMAC-SHA256 over id, timestamp and body, joined by full stops. */
final class Signature {
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private Signature() {}

    /** Whether a secret can sign: {@code whsec_} and 24 to 64 bytes in Base64. */
    static boolean isSecret(String secret) {
        byte[] key = key(secret);
        return key != null && key.length >= SHORTEST && key.length <= LONGEST;
    }

    /**
     * What stands in {@code webhook-signature} for one secret.
     *
     * @param timestamp seconds since 1970, of the attempt
     */
    static String of(String secret, String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = key(secret);
            if (key == null) throw new IllegalStateException("a secret that was not looked at");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte @Nullable [] key(String secret) {
        if (!secret.startsWith(PREFIX)) return null;
        try {
            return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
