package org.minventory.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/** What a handler answers: status, headers and bytes, nothing that somebody else would have to interpret. */
public final class Answer {
    /** Of JSON documents. */
    public static final String JSON = "application/json";

    private static final byte[] NOTHING = {};

    /** Content that is not held as bytes, a spooled export for instance. It is written once, after the transaction. */
    public interface Content {
        /** Bytes that will be written, or -1 where that is not known. */
        long length();

        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    private final int status;
    private final Map<String, String> headers;
    private final byte[] bytes;
    private final @Nullable Content content;
    private final @Nullable UUID customer;

    private Answer(
            int status, Map<String, String> headers, byte[] bytes, @Nullable Content content, @Nullable UUID customer) {
        this.customer = customer;
        this.status = status;
        this.headers = headers;
        this.bytes = bytes;
        this.content = content;
    }

    /** 200 with a JSON document. */
    public static Answer json(JsonNode document) {
        return json(200, document);
    }

    /** A JSON document. */
    public static Answer json(int status, JsonNode document) {
        return of(status, JSON, Json.write(document));
    }

    /** 201 with what was made, and where it is. */
    public static Answer created(String location, JsonNode document) {
        return json(201, document).header("Location", location);
    }

    /** 204. */
    public static Answer noContent() {
        return new Answer(204, Map.of(), NOTHING, null, null);
    }

    /** Bytes of that media type. */
    public static Answer of(int status, String mediaType, byte[] bytes) {
        return new Answer(status, Map.of("Content-Type", mediaType), bytes, null, null);
    }

    /**
     * A file that somebody else sent, to be saved: no browser opens it within this site, or takes it for what it does not say
     * it is. Its name is told twice (RFC 6266): in ASCII, and as it is.
     */
    public static Answer file(String mediaType, String name, byte[] bytes) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("[^A-Za-z0-9._ -]", "");
        if (plain.startsWith(".")) plain = "file" + plain;
        String whole = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return of(200, mediaType, bytes)
                .header("Content-Disposition", "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + whole)
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff");
    }

    /** Content of that media type, written after the handler has returned. */
    public static Answer of(String mediaType, Content content) {
        return new Answer(200, Map.of("Content-Type", mediaType), NOTHING, content, null);
    }

    /** 304: you know it already. */
    static Answer notModified(String etag) {
        return new Answer(304, Map.of("ETag", etag), NOTHING, null, null);
    }

    /** The same with one more header. */
    public Answer header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, bytes, content, customer);
    }

    /** The same, where so many of what was asked for do not fit into such a document. */
    public Answer skipped(int elements) {
        return header("Minventory-Skipped", Integer.toString(elements));
    }

    /** The same with the tag by which the reader asks again. */
    public Answer etag(String etag) {
        return header("ETag", etag);
    }

    /** The same, holding content of that customer: out of its reach, it is not given again. */
    public Answer about(UUID customer) {
        return new Answer(status, headers, bytes, content, customer);
    }

    @Nullable
    UUID customer() {
        return customer;
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The bytes; nothing where there is a {@link #content}. */
    public byte[] bytes() {
        return bytes;
    }

    @Nullable
    Content content() {
        return content;
    }
}
