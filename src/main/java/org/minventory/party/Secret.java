package org.minventory.party;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
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

    /** Of links that show a project; what follows names the customer, then comes what nobody can guess. */
    public static final String SHARE = "mnl_";

    /** Of addresses by which a feed is read, or a subscription ended, without signing in; it names the customer, too. */
    public static final String FEED = "mnf_";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int RANDOM_LENGTH = 43;
    private static final int CHECK_LENGTH = 6;
    private static final int CUSTOMER_LENGTH = 22;
    private static final int UUID_BITS = 128;

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

    /**
     * A fresh one that tells whose it is, so that it can be looked for among the rows of that customer alone.
     *
     * @see #customer
     */
    public static Secret fresh(String prefix, UUID customer) {
        String body =
                digits(number(customer), CUSTOMER_LENGTH) + digits(new BigInteger(1, Ids.random(32)), RANDOM_LENGTH);
        return new Secret(prefix + body + check(body));
    }

    /** The hash of one that tells whose it is, or null where the text cannot be one. */
    public static byte @Nullable [] hashOfCustomers(String prefix, @Nullable String text) {
        return text != null && customer(prefix, text) != null ? hash(text) : null;
    }

    /** The customer that such a secret names, or null where the text cannot be one. Whether it opens anything is not known. */
    public static @Nullable UUID customer(String prefix, String text) {
        int length = CUSTOMER_LENGTH + RANDOM_LENGTH;
        if (!text.startsWith(prefix) || text.length() != prefix.length() + length + CHECK_LENGTH) return null;
        String body = text.substring(prefix.length(), prefix.length() + length);
        if (!text.endsWith(check(body))) return null;
        BigInteger number = number(body.substring(0, CUSTOMER_LENGTH));
        return number == null || number.bitLength() > UUID_BITS
                ? null
                : new UUID(number.shiftRight(Long.SIZE).longValue(), number.longValue());
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

    private static BigInteger number(UUID id) {
        BigInteger half = BigInteger.ONE.shiftLeft(Long.SIZE);
        BigInteger high = BigInteger.valueOf(id.getMostSignificantBits()).mod(half);
        return high.shiftLeft(Long.SIZE)
                .or(BigInteger.valueOf(id.getLeastSignificantBits()).mod(half));
    }

    private static @Nullable BigInteger number(String digits) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < digits.length(); i++) {
            int value = DIGITS.indexOf(digits.charAt(i));
            if (value < 0) return null;
            number = number.multiply(BASE).add(BigInteger.valueOf(value));
        }
        return number;
    }

    /** Never the secret: it would end in a log. */
    @Override
    public String toString() {
        return "…" + hint();
    }
}
