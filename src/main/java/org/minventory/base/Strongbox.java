package org.minventory.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the secrets that we have to know again (of webhooks, of chats) with a master key that stands neither in the
 * database nor in its backup: AES-256-GCM, bound to the row that it stands in, so that nobody moves one to another.
 */
public final class Strongbox {
    /** Bytes of a master key. */
    public static final int KEY_LENGTH = 32;

    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    /** A box that opens with that key of {@link #KEY_LENGTH} random bytes. */
    public Strongbox(byte[] masterKey) {
        if (masterKey.length != KEY_LENGTH)
            throw new IllegalArgumentException("a master key has " + KEY_LENGTH + " bytes");
        this.key = new SecretKeySpec(masterKey, "AES");
    }

    /** The secret, sealed for the row that it will stand in. */
    public byte[] seal(byte[] secret, String place) {
        byte[] nonce = Ids.random(NONCE_LENGTH);
        byte[] sealed = work(Cipher.ENCRYPT_MODE, nonce, secret, place);
        return ByteBuffer.allocate(NONCE_LENGTH + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * What was sealed.
     *
     * @throws Unopened where it was sealed with another master key, or for another place
     */
    public byte[] open(byte[] sealed, String place) {
        byte[] nonce = java.util.Arrays.copyOf(sealed, NONCE_LENGTH);
        byte[] rest = java.util.Arrays.copyOfRange(sealed, Math.min(NONCE_LENGTH, sealed.length), sealed.length);
        return work(Cipher.DECRYPT_MODE, nonce, rest, place);
    }

    /** It does not open with this master key. */
    public static final class Unopened extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unopened(Throwable cause) {
            super("This was sealed with another master key: start with the one it was sealed with.", cause);
        }
    }

    private byte[] work(int mode, byte[] nonce, byte[] text, String place) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException refused) {
            throw new Unopened(refused);
        }
    }
}
