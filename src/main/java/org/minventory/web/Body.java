package org.minventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/**
 * The body of a request, read within its limits: 1 MiB for a document or for one line of a stream, 16 MiB for an array.
 * What is refused is still swallowed by the server, so that the refusal arrives.
 */
public final class Body {
    /** Of a document, and of one line of a stream. */
    public static final int ONE = 1 << 20;

    /** Of an array. */
    public static final int MANY = 16 << 20;

    /** Of what is refused, and read all the same. */
    public static final int SWALLOWED = 64 << 20;

    /** The fields of a form, as browsers and {@code curl -d} send them. */
    public static final String FORM = "application/x-www-form-urlencoded";

    private static final String NDJSON = "application/x-ndjson";
    private static final int CHUNK = 16 << 10;

    private final HttpServletRequest request;
    private byte @Nullable [] read;

    Body(HttpServletRequest request) {
        this.request = request;
    }

    /** Takes the lines of a stream one by one. */
    public interface LineReader {
        /** A line without its end, never blank; numbers begin at 1. */
        void line(byte[] line, long number);

        /** A line that was longer than {@link Body#ONE}; it was skipped. */
        void tooLong(long number, Refusal refusal);
    }

    /** Whether a stream of lines was sent, one JSON document on each. */
    public boolean isStream() {
        MediaType type = mediaType();
        return type != null
                && (type.isCompatibleWith(MediaType.valueOf(NDJSON))
                        || type.getSubtype().equals("jsonl"));
    }

    /** Whether the fields of a form were sent. */
    public boolean isForm() {
        MediaType type = mediaType();
        return type != null && isOf(type, FORM);
    }

    /** Whether a body of that media type was sent. */
    public boolean isOf(String mediaType) {
        MediaType type = mediaType();
        return type != null && isOf(type, mediaType);
    }

    /**
     * The JSON object sent.
     *
     * @throws Refusal {@link Problem#UNSUPPORTED_MEDIA}, {@link Problem#BODY_TOO_LARGE}, {@link Problem#MALFORMED_JSON} …
     */
    public Members object() {
        return object(ONE);
    }

    /** The same where the route takes more. */
    public Members object(int limit) {
        return Members.of(Json.read(json(limit)), "");
    }

    /** The JSON object sent, or one without members where nothing was sent. */
    public Members objectOrNothing() {
        boolean empty = bytes(ONE).length == 0;
        return empty ? Members.of(Json.object(), "") : object();
    }

    /** One JSON document of at most 1 MiB, or an array of at most 16 MiB. */
    public JsonNode document() {
        return Json.read(documentBytes());
    }

    /** The bytes of one JSON document of at most 1 MiB, or of an array of at most 16 MiB. */
    public byte[] documentBytes() {
        byte[] bytes = json(MANY);
        if (bytes.length > ONE && !isArray(bytes)) throw tooLarge(ONE);
        return bytes;
    }

    /** The bytes of a body that has to be JSON. */
    public byte[] json(int limit) {
        require(List.of("application/json"));
        return bytes(limit);
    }

    /**
     * The fields of a form, each given once.
     *
     * @param known names of the fields that the form has
     * @throws Refusal {@link Problem#UNSUPPORTED_MEDIA}, {@link Problem#BODY_TOO_LARGE}, {@link Problem#UNKNOWN_MEMBER} …
     */
    public Map<String, String> form(List<String> known) {
        require(List.of(FORM));
        Map<String, String> fields = new LinkedHashMap<>();
        Query.read(new String(bytes(ONE), StandardCharsets.UTF_8)).forEach((name, values) -> {
            if (!known.contains(name))
                throw Refusal.at(Problem.UNKNOWN_MEMBER, "/" + Json.escape(name), name, String.join(", ", known));
            if (values.size() > 1) throw Refusal.at(Problem.UNFIT_PARAMETER, name, name, Say.of("given-twice"));
            fields.put(name, values.getFirst());
        });
        return fields;
    }

    /** The bytes of a body of any type; the same at every call. */
    public byte[] bytes(int limit) {
        byte[] bytes = read;
        if (bytes == null) {
            requireUnpacked();
            if (request.getContentLengthLong() > limit) throw tooLarge(limit);
            bytes = readAll(limit);
            read = bytes;
        }
        if (bytes.length > limit) throw tooLarge(limit);
        return bytes;
    }

    /** Throws {@link Problem#UNSUPPORTED_MEDIA} unless the body is of one of these types, in UTF-8, and not packed. */
    public void require(List<String> mediaTypes) {
        MediaType type = mediaType();
        boolean readable = type != null && mediaTypes.stream().anyMatch(known -> isOf(type, known)) && isUtf8(type);
        if (!readable) throw Refusal.of(Problem.UNSUPPORTED_MEDIA, String.join(", ", mediaTypes));
    }

    private static boolean isOf(MediaType type, String known) {
        MediaType wanted = MediaType.valueOf(known);
        return type.equalsTypeAndSubtype(wanted)
                || (wanted.getSubtype().equals("json") && type.getSubtype().endsWith("+json"));
    }

    private static boolean isUtf8(@Nullable MediaType type) {
        return type == null || type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
    }

    private void requireUnpacked() {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity"))
            throw Refusal.of(Problem.UNSUPPORTED_MEDIA, Say.of("unpacked"));
    }

    private @Nullable MediaType mediaType() {
        String type = request.getContentType();
        try {
            return type == null ? null : MediaType.parseMediaType(type);
        } catch (InvalidMediaTypeException | java.nio.charset.UnsupportedCharsetException unreadable) {
            return null;
        }
    }

    private static boolean isArray(byte[] bytes) {
        for (byte b : bytes) if (b > ' ') return b == '[';
        return false;
    }

    private byte[] readAll(int limit) {
        try (InputStream in = request.getInputStream()) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) throw tooLarge(limit);
            return bytes;
        } catch (IOException broken) {
            throw brokenOff();
        }
    }

    /**
     * The bytes of a JSON document as they arrive, for doors that read it piece by piece, without an end to its length.
     *
     * @throws Refusal {@link Problem#UNSUPPORTED_MEDIA}
     */
    public InputStream open() {
        require(List.of(Answer.JSON));
        requireUnpacked();
        try {
            return request.getInputStream();
        } catch (IOException broken) {
            throw brokenOff();
        }
    }

    /**
     * The same of a document that may be packed (gzip), up to that many bytes unpacked.
     *
     * @throws Refusal {@link Problem#UNSUPPORTED_MEDIA}; {@link Problem#BODY_TOO_LARGE} while it is read
     */
    public InputStream unpacked(int limit) {
        require(List.of(Answer.JSON));
        boolean packed = "gzip".equalsIgnoreCase(request.getHeader("Content-Encoding"));
        if (!packed) requireUnpacked();
        try {
            InputStream in = request.getInputStream();
            return new Bounded(packed ? new GZIPInputStream(in, CHUNK) : in, limit);
        } catch (IOException broken) {
            throw brokenOff();
        }
    }

    /**
     * A body of any length and of one of these types, received whole before it is read: what broke off on the way is not
     * taken by halves, and who sends may be told about the first part while the last is read. Whoever asks for it drops it.
     *
     * @throws Refusal {@link Problem#UNSUPPORTED_MEDIA}, {@link Problem#EMPTY_BODY}, {@link Problem#INVALID_REQUEST}
     */
    public Spool whole(List<String> mediaTypes) {
        MediaType type = mediaType();
        if (type == null || mediaTypes.stream().noneMatch(known -> isOf(type, known)))
            throw Refusal.of(Problem.UNSUPPORTED_MEDIA, String.join(", ", mediaTypes));
        requireUnpacked();
        Spool spool = new Spool();
        try (InputStream in = request.getInputStream()) {
            in.transferTo(spool);
        } catch (IOException broken) {
            throw brokenOff();
        }
        if (spool.length() == 0) throw Refusal.of(Problem.EMPTY_BODY);
        return spool;
    }

    /** The encoding that the sender names, or null. */
    public @Nullable Charset charset() {
        MediaType type = mediaType();
        return type == null ? null : type.getCharset();
    }

    /** Ends where more comes than is taken. */
    private static final class Bounded extends FilterInputStream {
        private final int limit;
        private long count;

        Bounded(InputStream in, int limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            count += read;
            if (count > limit) throw tooLarge(limit);
        }
    }

    /** The sender broke off. */
    public static Refusal brokenOff() {
        return Refusal.of(Problem.INVALID_REQUEST, Say.of("broken-off"));
    }

    /**
     * Reads a stream line by line, without an end to its length.
     *
     * @throws Refusal {@link Problem#UNSUPPORTED_MEDIA}, {@link Problem#INVALID_REQUEST} where the sender broke off
     */
    public void lines(LineReader reader) {
        if (!isUtf8(mediaType())) throw Refusal.of(Problem.UNSUPPORTED_MEDIA, NDJSON);
        requireUnpacked();
        try (InputStream in = request.getInputStream()) {
            new Lines(reader).readAll(in);
        } catch (IOException broken) {
            throw brokenOff();
        }
    }

    /** The lines of a stream, cut out of what arrives. */
    private static final class Lines {
        private final LineReader reader;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream(CHUNK);
        private boolean skipping;
        private long number = 1;

        Lines(LineReader reader) {
            this.reader = reader;
        }

        void readAll(InputStream in) throws IOException {
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) cut(chunk, length);
            end();
        }

        private void cut(byte[] chunk, int length) {
            int from = 0;
            for (int i = 0; i < length; i++) {
                if (chunk[i] != '\n') continue;
                keep(chunk, from, i - from);
                end();
                number++;
                from = i + 1;
            }
            keep(chunk, from, length - from);
        }

        private void keep(byte[] chunk, int from, int length) {
            if (skipping) return;
            line.write(chunk, from, length);
            skipping = line.size() > ONE;
        }

        private void end() {
            byte[] bytes = line.toByteArray();
            boolean tooLong = skipping;
            line.reset();
            skipping = false;
            if (tooLong) reader.tooLong(number, tooLarge(ONE));
            else if (!isBlank(bytes)) reader.line(bytes, number);
        }

        private static boolean isBlank(byte[] bytes) {
            for (byte b : bytes) if (b != ' ' && b != '\t' && b != '\r') return false;
            return true;
        }
    }

    private static Refusal tooLarge(int limit) {
        return Refusal.of(Problem.BODY_TOO_LARGE, (limit >> 20) + " MiB");
    }
}
