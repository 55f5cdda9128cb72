package org.minventory.testimony;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file that stands beside what was said, without its content.
 *
 * @param size bytes
 * @param sha256 of the content, in lower-case hexadecimal
 */
public record AttachedFile(String name, FileType type, int size, String sha256) {
    /** Bytes that a name may have, which is what file systems hold. */
    static final int LONGEST_NAME = 255;

    /** Its part of the list that stands before the contents. */
    ObjectNode json() {
        return Json.object()
                .put("name", name)
                .put("mediaType", type.mediaType())
                .put("size", size)
                .put("sha256", sha256);
    }

    static AttachedFile of(JsonNode listed) {
        FileType type = FileType.of(listed.get("mediaType").stringValue());
        if (type == null) throw new IllegalStateException("This program does not know the type of an attached file");
        return new AttachedFile(
                listed.get("name").stringValue(),
                type,
                listed.get("size").intValue(),
                listed.get("sha256").stringValue());
    }

    /** The name as it is kept, or null where no file system, page or terminal could be trusted with it. */
    static @Nullable String fitName(String told) {
        String name = Normalizer.normalize(told, Normalizer.Form.NFC);
        boolean fits = !name.isBlank()
                && name.equals(name.strip())
                && !name.startsWith(".")
                && !name.endsWith(".")
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                && name.codePoints().allMatch(AttachedFile::fitsInName);
        return fits ? name : null;
    }

    /** Nothing that leads elsewhere, is not seen, or turns the direction in which the rest is read. */
    private static boolean fitsInName(int character) {
        if (character == '/' || character == '\\') return false;
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
