package org.minventory.party;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;

/**
 * What proves who somebody is: a prefix that scanners of leaked secrets recognise, 256 random bits in 43 characters, and
 * a checksum of six, so that a misspelt one is refused without a look at the database. Only its SHA-256 is kept; it is
 * shown once.
 */
public final class Secret {
    /** Of tokens. */
    public static final String TOKEN = "mnv_";

    /** Of the token that the first start prints. */
    public static final String SETUP = "mns_";

    /** Of the cookie of a session. */
    public static final String SESSION = "mnc_";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int RANDOM_LENGTH = 43;
    private static final int CHECK_LENGTH = 6;

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** A fresh one. */
    public static Secret fresh(String prefix) {
        String random = digits(new BigInteger(1, Ids.random(32)), RANDOM_LENGTH);
        return new Secret(prefix + random + check(random));
    }

    /** The hash under which such a secret is kept, or null where the text cannot be one. */
    public static byte @Nullable [] hash(String prefix, @Nullable String text) {
        if (text == null || !text.startsWith(prefix)) return null;
        if (text.length() != prefix.length() + RANDOM_LENGTH + CHECK_LENGTH) return null;
        String random = text.substring(prefix.length(), prefix.length() + RANDOM_LENGTH);
        return text.endsWith(check(random)) ? hash(text) : null;
    }

    /** The secret itself, to be shown once. */
    public String text() {
        return text;
    }

    /** What is kept of it. */
    public byte[] hash() {
        return hash(text);
    }

    /** Its last four characters, by which its owner knows it again. */
    public String hint() {
        return text.substring(text.length() - 4);
    }

    private static byte[] hash(String text) {
        return Ids.sha256().digest(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String check(String random) {
        CRC32 check = new CRC32();
        check.update(random.getBytes(StandardCharsets.UTF_8));
        return digits(BigInteger.valueOf(check.getValue()), CHECK_LENGTH);
    }

    private static String digits(BigInteger number, int length) {
        char[] digits = new char[length];
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }

    /** Never the secret: it would end in a log. */
    @Override
    public String toString() {
        return "…" + hint();
    }
}
