package org.minventory.testimony;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;

/**
 * The chain of a customer's record. An entry has four leaves (header, facts, note, source document):
 * {@code leaf = SHA-256(salt ‖ bytes)}, {@code body = SHA-256(leaves)},
 * {@code h(n) = SHA-256(0x01 ‖ customer ‖ seq ‖ h(n-1) ‖ body)}. A leaf can be erased by dropping its bytes and its
 * salt and keeping its hash: the chain still verifies. A leaf that never was is 32 zero bytes.
 */
public final class Chain {
    /** Length of every hash here, in bytes. */
    public static final int LENGTH = 32;

    /** Length of a salt, in bytes: enough that an erased text cannot be guessed back from its hash. */
    public static final int SALT = 16;

    private static final byte[] NO_LEAF = new byte[LENGTH];

    private Chain() {}

    /** What the chain of a new customer begins with. */
    public static byte[] beginning() {
        return new byte[LENGTH];
    }

    /** The hash of one leaf; of nothing, where there is none. */
    public static byte[] leaf(byte @Nullable [] salt, byte @Nullable [] bytes) {
        if (bytes == null || salt == null) return NO_LEAF;
        MessageDigest digest = Ids.sha256();
        digest.update(salt);
        return digest.digest(bytes);
    }

    /** The hash of an entry's four leaves. */
    public static byte[] body(byte[] header, byte[] facts, byte[] note, byte[] document) {
        MessageDigest digest = Ids.sha256();
        digest.update(header);
        digest.update(facts);
        digest.update(note);
        return digest.digest(document);
    }

    /** The next link. */
    public static byte[] link(UUID customer, long seq, byte[] previous, byte[] body) {
        MessageDigest digest = Ids.sha256();
        digest.update((byte) 1);
        digest.update(ByteBuffer.allocate(24)
                .putLong(customer.getMostSignificantBits())
                .putLong(customer.getLeastSignificantBits())
                .putLong(seq)
                .flip());
        digest.update(previous);
        return digest.digest(body);
    }
}
