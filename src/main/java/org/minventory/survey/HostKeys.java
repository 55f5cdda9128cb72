package org.minventory.survey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The public keys by which a host is recognised, as they are told: {@code ssh-ed25519 AAAA…}. */
public final class HostKeys {

    private static final int LONGEST_TYPE = 64;

    private HostKeys() {}

    /** The keys in order, each behind its type; what is no key is left out. */
    public static List<JsonNode> told(Stream<String> base64) {
        return base64.flatMap(key -> withItsType(key).stream())
                .sorted()
                .<JsonNode>map(JsonNodeFactory.instance::stringNode)
                .toList();
    }

    /** An SSH public key begins with the name of its own type: RFC 4253, section 6.6. */
    private static Optional<String> withItsType(String key) {
        try {
            ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(key));
            int length = blob.remaining() > Integer.BYTES ? blob.getInt() : -1;
            if (length < 1 || length > LONGEST_TYPE || length > blob.remaining()) {
                return Optional.empty();
            }
            byte[] type = new byte[length];
            blob.get(type);
            String name = new String(type, StandardCharsets.US_ASCII);
            return name.matches("[a-z0-9@.-]+") ? Optional.of(name + " " + key) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
