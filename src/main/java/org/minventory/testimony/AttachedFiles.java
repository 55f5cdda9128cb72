package org.minventory.testimony;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.testimony.Secrets.Reason;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files attached to what somebody says. They are part of the testimony: its source document, which lists them first
 * and holds their contents behind, so that the list is read without the contents.
 */
public final class AttachedFiles {
    /** Files beside one testimony. */
    public static final int MOST = 5;

    /** Bytes of one file. */
    public static final int LARGEST = 5 << 20;

    /** Bytes of all files beside one testimony. */
    public static final int TOGETHER = 10 << 20;

    /** So many bytes of the document hold the list, however long the names are (5 × 255 bytes, escaped). */
    public static final int LISTED_WITHIN = 8 << 10;

    private static final String BUNDLE = "org.minventory.testimony.said";
    private static final String LIST = "attachments";
    private static final String CONTENTS = "contents"; // sorted behind the list, as RFC 8785 writes it

    private final ArrayNode list = Json.MAPPER.createArrayNode();
    private final ArrayNode contents = Json.MAPPER.createArrayNode();
    private int together;

    /** A file with its content. */
    public record Content(AttachedFile file, byte[] bytes) {}

    // ---- attaching --------------------------------------------------------------------------------------------------

    /**
     * Takes one more file.
     *
     * @param content in base64
     * @throws Refusal with the place: {@link Problem#TOO_MANY_FILES}, {@link Problem#FILE_TOO_LARGE}, {@link
     *     Problem#UNFIT_VALUE} for a name, a type or bytes that are not taken, {@link Problem#LOOKS_LIKE_A_SECRET}
     */
    public void add(String name, String mediaType, String content) {
        if (list.size() == MOST) throw Refusal.at(Problem.TOO_MANY_FILES, "/" + LIST, MOST);
        String place = "/" + LIST + "/" + list.size();
        String fitName = name(name, place + "/name");
        FileType type = FileType.of(mediaType);
        if (type == null) throw unfit(place + "/mediaType", "file-type", FileType.all());
        if (!type.isCalled(fitName)) throw unfit(place + "/name", "file-ending", type.mediaType(), type.endings());
        byte[] bytes = bytes(content, place + "/content");
        check(type, bytes, place + "/content");
        together += bytes.length;
        if (together > TOGETHER) throw tooLarge(place + "/content");
        list.add(new AttachedFile(fitName, type, bytes.length, sha256(bytes)).json());
        contents.add(Base64.getEncoder().encodeToString(bytes));
    }

    private static String name(String told, String place) {
        String name = AttachedFile.fitName(told);
        if (name == null) throw unfit(place, "file-name", AttachedFile.LONGEST_NAME);
        refuseSecret(SecretShape.reason(name), place);
        return name;
    }

    private static byte[] bytes(String content, String place) {
        if (content.length() > (LARGEST + 2) / 3 * 4) throw tooLarge(place);
        try {
            byte[] bytes = Base64.getDecoder().decode(content);
            if (bytes.length == 0) throw unfit(place, "file-empty");
            if (bytes.length > LARGEST) throw tooLarge(place);
            return bytes;
        } catch (IllegalArgumentException notBase64) {
            throw unfit(place, "file-base64");
        }
    }

    private static void check(FileType type, byte[] bytes, String place) {
        if (!type.isOf(bytes)) throw unfit(place, "file-other", type.mediaType());
        if (type.holdsPrograms(bytes)) throw unfit(place, "file-programs");
        String text = type.isText() ? FileType.text(bytes) : null;
        if (text != null) refuseSecret(SecretText.reason(type, text), place);
    }

    private static void refuseSecret(@Nullable Reason reason, String place) {
        if (reason != null) throw Refusal.at(Problem.LOOKS_LIKE_A_SECRET, place, reason.words());
    }

    private static Refusal unfit(String place, String sentence, Object... arguments) {
        return Refusal.at(Problem.UNFIT_VALUE, place, Sentence.of(BUNDLE, sentence, arguments));
    }

    private static Refusal tooLarge(String place) {
        return Refusal.at(Problem.FILE_TOO_LARGE, place, LARGEST >> 20, TOGETHER >> 20);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Ids.sha256().digest(bytes));
    }

    /** What is kept beside the testimony; null where nothing is attached. */
    public @Nullable JsonNode document() {
        if (list.isEmpty()) return null;
        ObjectNode document = Json.object();
        document.set(LIST, list);
        document.set(CONTENTS, contents);
        return document;
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    /**
     * What a document lists.
     *
     * @param beginning of the document, {@link #LISTED_WITHIN} bytes of it or all; null where none is kept
     */
    public static List<AttachedFile> listed(byte @Nullable [] beginning) {
        List<AttachedFile> files = new ArrayList<>();
        if (beginning == null) return files;
        try (JsonParser parser = Json.parser(new ByteArrayInputStream(beginning))) {
            parser.nextToken();
            parser.nextToken();
            parser.nextToken();
            for (JsonNode listed : Json.value(parser)) files.add(AttachedFile.of(listed));
        }
        return files;
    }

    /** All files of a document. */
    public static List<Content> contents(byte[] document) {
        JsonNode told = Json.ours(document);
        List<Content> files = new ArrayList<>();
        for (int i = 0; i < told.get(LIST).size(); i++)
            files.add(new Content(
                    AttachedFile.of(told.get(LIST).get(i)),
                    Base64.getDecoder().decode(told.get(CONTENTS).get(i).stringValue())));
        return files;
    }

    /**
     * One file of a document.
     *
     * @param number from 1 on
     * @return null where there is none of that number
     */
    public static @Nullable Content content(byte[] document, int number) {
        List<Content> files = contents(document);
        return number < 1 || number > files.size() ? null : Objects.requireNonNull(files.get(number - 1));
    }
}
