package org.minventory.testimony;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Refusal;

/**
 * What a file may be that somebody attaches: what a person reads and no machine runs. A type is known by the bytes and by
 * the ending of the name, which have to agree: whoever opens the file later trusts either.
 */
public enum FileType {
    PDF("application/pdf", "pdf"),
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg", "jpeg"),
    WEBP("image/webp", "webp"),
    TEXT("text/plain", "txt", "log", "conf", "cfg", "ini", "toml", "yaml", "yml"),
    CSV("text/csv", "csv"),
    MARKDOWN("text/markdown", "md", "markdown"),
    JSON("application/json", "json"),
    ODT("application/vnd.oasis.opendocument.text", "odt"),
    ODS("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ODP("application/vnd.oasis.opendocument.presentation", "odp"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx");

    private static final byte[] OF_PDF = bytes("%PDF-");
    private static final byte[] OF_PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] OF_JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] OF_ZIP = {'P', 'K', 3, 4};

    /** What a browser would take for a page, whatever it is called. */
    private static final List<String> MARKUP =
            List.of("<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<iframe");

    /** Where office documents keep what they run: OpenXML within a part, OpenDocument in folders of its own. */
    private static final Pattern MACROS =
            Pattern.compile("(?:.*/)?vbaproject\\.bin|.*/(?:activex|macrosheets)/.*|(?:basic|scripts)/.*");

    private static final int OF_PACKED_NAME = 30;

    private final String mediaType;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final List<String> endings;

    FileType(String mediaType, String... endings) {
        this.mediaType = mediaType;
        this.endings = List.of(endings);
    }

    /** The type of that media type, its parameters left aside; null where such a file is not taken. */
    public static @Nullable FileType of(String mediaType) {
        String bare = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(type -> type.mediaType.equals(bare))
                .findFirst()
                .orElse(null);
    }

    /** The media types that are taken, for a sentence. */
    static String all() {
        return Stream.of(values()).map(FileType::mediaType).collect(Collectors.joining(", "));
    }

    public String mediaType() {
        return mediaType;
    }

    /** What a browser is told it is. */
    public String contentType() {
        return isText() && this != JSON ? mediaType + ";charset=UTF-8" : mediaType;
    }

    /** How its names may end, for a sentence. */
    String endings() {
        return endings.stream().map(ending -> "." + ending).collect(Collectors.joining(", "));
    }

    /** Whether a file of that name would be opened as one of this type. */
    boolean isCalled(String name) {
        return endings.stream()
                .anyMatch(ending ->
                        name.toLowerCase(Locale.ROOT).endsWith("." + ending) && name.length() > ending.length() + 1);
    }

    /** Whether it is text that is read here, too. */
    public boolean isText() {
        return switch (this) {
            case TEXT, CSV, MARKDOWN, JSON -> true;
            case PDF, PNG, JPEG, WEBP, ODT, ODS, ODP, DOCX, XLSX, PPTX -> false;
        };
    }

    /** Whether these bytes are what the type says. */
    boolean isOf(byte[] content) {
        return switch (this) {
            case PDF -> begins(content, 0, OF_PDF);
            case PNG -> begins(content, 0, OF_PNG);
            case JPEG -> begins(content, 0, OF_JPEG);
            case WEBP -> begins(content, 0, bytes("RIFF")) && begins(content, 8, bytes("WEBP"));
            case TEXT, CSV, MARKDOWN -> text(content) != null;
            case JSON -> isJson(content);
            case ODT, ODS, ODP -> isOpenDocument(content) && parts(content).contains("content.xml");
            case DOCX -> isOpenXml(content, "word/document.xml");
            case XLSX -> isOpenXml(content, "xl/workbook.xml");
            case PPTX -> isOpenXml(content, "ppt/presentation.xml");
        };
    }

    /** Whether it holds what a reader's program would run: macros of an office document, markup in the guise of a text. */
    boolean holdsPrograms(byte[] content) {
        return switch (this) {
            case PDF, PNG, JPEG, WEBP, JSON -> false;
            case TEXT, CSV, MARKDOWN -> beginsAsMarkup(String.valueOf(text(content)));
            case ODT, ODS, ODP, DOCX, XLSX, PPTX ->
                parts(content).stream().anyMatch(part -> MACROS.matcher(part).matches());
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean begins(byte[] content, int from, byte[] mark) {
        return content.length >= from + mark.length
                && Arrays.equals(content, from, from + mark.length, mark, 0, mark.length);
    }

    // ---- text -------------------------------------------------------------------------------------------------------

    /** The text in UTF-8, or null where it is none: whatever moves a terminal's cursor but to the next line is none. */
    static @Nullable String text(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.chars().allMatch(FileType::isWritten) ? text : null;
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private static boolean isWritten(int character) {
        return !Character.isISOControl(character)
                || character == '\n'
                || character == '\r'
                || character == '\t'
                || character == '\f';
    }

    private static boolean beginsAsMarkup(String text) {
        String start = (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
        String beginning = start.substring(0, Math.min(start.length(), 16)).toLowerCase(Locale.ROOT);
        return MARKUP.stream().anyMatch(beginning::startsWith);
    }

    private static boolean isJson(byte[] content) {
        try {
            return text(content) != null && Json.tree(content) != null;
        } catch (Refusal notJson) {
            return false;
        }
    }

    // ---- office documents, which are ZIP archives -------------------------------------------------------------------

    /** The first part of it, not packed, names the media type (ODF 1.3, part 2, 3.3). */
    private boolean isOpenDocument(byte[] content) {
        byte[] type = bytes("mimetype" + mediaType);
        return begins(content, 0, OF_ZIP)
                && begins(content, OF_PACKED_NAME, type)
                && begins(content, OF_PACKED_NAME + type.length, bytes("PK"));
    }

    private static boolean isOpenXml(byte[] content, String main) {
        return begins(content, 0, OF_ZIP) && parts(content).containsAll(Set.of("[content_types].xml", main));
    }

    /** The names of its parts as the archive lists them, in lower case; nothing is unpacked. */
    private static Set<String> parts(byte[] content) {
        Set<String> names = new HashSet<>();
        try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel(content);
                ZipFile zip = ZipFile.builder()
                        .setSeekableByteChannel(channel)
                        .setIgnoreLocalFileHeader(true)
                        .get()) {
            zip.getEntries()
                    .asIterator()
                    .forEachRemaining(
                            part -> names.add(part.getName().replace('\\', '/').toLowerCase(Locale.ROOT)));
        } catch (IOException noArchive) {
            names.clear();
        }
        return names;
    }
}
