package org.minventory.integration.exports;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;

/**
 * A public key by which a host is recognised. Whoever says one may say anything: what is no whole key of a sort that is
 * known here is none.
 */
record HostKey(Sort sort, String base64, byte[] blob) {
    private static final int SHA_256 = 2;
    private static final int ED25519_BYTES = 32;
    private static final int SHORTEST_RSA = 1024 / 8;
    private static final int LONGEST_RSA = 16_384 / 8 + 1;

    /** The sorts of keys, as SSH calls them and as SSHFP records number them (RFC 4255, 6594, 7479). */
    enum Sort {
        RSA("ssh-rsa", 1, 0),
        ECDSA_256("ecdsa-sha2-nistp256", 3, 65),
        ECDSA_384("ecdsa-sha2-nistp384", 3, 97),
        ECDSA_521("ecdsa-sha2-nistp521", 3, 133),
        ED25519("ssh-ed25519", 4, 0);

        private final String word;
        private final int number;
        private final int pointBytes;

        Sort(String word, int number, int pointBytes) {
            this.word = word;
            this.number = number;
            this.pointBytes = pointBytes;
        }

        /** Whether these are the parts of such a key, after its word (RFC 4253, 5656, 8709). */
        private boolean fits(List<byte[]> parts) {
            return switch (this) {
                case RSA ->
                    parts.size() == 2
                            && parts.getFirst().length >= 1
                            && parts.getFirst().length <= Long.BYTES
                            && parts.getLast().length >= SHORTEST_RSA
                            && parts.getLast().length <= LONGEST_RSA;
                case ED25519 -> parts.size() == 1 && parts.getFirst().length == ED25519_BYTES;
                case ECDSA_256, ECDSA_384, ECDSA_521 ->
                    parts.size() == 2
                            && word.endsWith("-" + text(parts.getFirst()))
                            && parts.getLast().length == pointBytes
                            && parts.getLast()[0] == 4;
            };
        }
    }

    /** The key that is told as {@code ssh-ed25519 AAAA…}, or null. */
    static @Nullable HostKey parse(String told) {
        String[] words = told.split(" ", -1);
        if (words.length != 2) return null;
        for (Sort sort : Sort.values()) if (sort.word.equals(words[0])) return parse(sort, words[1]);
        return null;
    }

    private static @Nullable HostKey parse(Sort sort, String base64) {
        try {
            byte[] blob = Base64.getDecoder().decode(base64);
            List<byte[]> parts = parts(blob);
            boolean whole = !parts.isEmpty()
                    && text(parts.getFirst()).equals(sort.word)
                    && sort.fits(parts.subList(1, parts.size()))
                    && Base64.getEncoder().encodeToString(blob).equals(base64);
            return whole ? new HostKey(sort, base64, blob) : null;
        } catch (IllegalArgumentException | BufferUnderflowException noKey) {
            return null;
        }
    }

    /** The strings that it is made of, each behind its length. */
    private static List<byte[]> parts(byte[] blob) {
        List<byte[]> parts = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(blob);
        while (rest.hasRemaining()) {
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining()) throw new BufferUnderflowException();
            byte[] part = new byte[length];
            rest.get(part);
            parts.add(part);
        }
        return parts;
    }

    private static String text(byte[] part) {
        return new String(part, StandardCharsets.US_ASCII);
    }

    /** As files of SSH have it. */
    String line() {
        return sort.word + " " + base64;
    }

    /** As name servers have it: its sort, SHA-256, the hash. */
    String fingerprint() {
        return sort.number + " " + SHA_256 + " "
                + HexFormat.of().formatHex(Ids.sha256().digest(blob));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostKey key && Arrays.equals(blob, key.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }
}
