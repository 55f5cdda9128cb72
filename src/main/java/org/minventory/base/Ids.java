package org.minventory.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Identifiers: time-ordered ones for what is new (RFC 9562, version 7), derived ones for what a rebuild must find again. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The order in which PostgreSQL sorts identifiers: by their bytes, where Java compares signed halves. */
    public static final Comparator<UUID> ORDER = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private Ids() {}

    /** A version 7 UUID: 48 bits of milliseconds, then 74 random bits; it sorts by the instant it was made. */
    public static UUID next(Instant now) {
        long high = (now.toEpochMilli() << 16) | 0x7000 | RANDOM.nextInt(1 << 12);
        long low = (RANDOM.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    /** As many of that instant, each after the one before it: what is made in one order is found again in it. */
    public static List<UUID> several(Instant now, int count) {
        return Stream.generate(() -> next(now)).limit(count).sorted(ORDER).toList();
    }

    /**
     * The smallest identifier that {@link #next} makes at that instant or later: identifiers made from the instants of a
     * record find a place in it without an index on its instants.
     */
    public static UUID firstAt(Instant instant) {
        return new UUID(Math.max(0, instant.toEpochMilli()) << 16, 0);
    }

    /** A version 8 UUID made of the SHA-256 of the parts: the same parts give the same identifier, for ever. */
    public static UUID derived(Object... parts) {
        MessageDigest digest = sha256();
        for (Object part : parts) {
            byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            digest.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long high = (hash.getLong() & ~0xF000L) | 0x8000;
        long low = (hash.getLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    /** The identifier written in the text, or null where it is none. */
    public static @Nullable UUID parse(@Nullable String text) {
        if (text == null || text.length() != 36) return null;
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnIdentifier) {
            return null;
        }
    }

    /** Random bytes fit for salts and secrets. */
    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A fresh SHA-256, which every Java has to offer. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
