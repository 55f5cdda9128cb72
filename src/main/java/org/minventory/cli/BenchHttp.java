package org.minventory.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/1.1 that is kept open, reading no more of an answer than it must: the load generator shares
 * the processors with what it measures.
 */
final class BenchHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 120_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[64 << 10];

    BenchHttp(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
        out = socket.getOutputStream();
    }

    /**
     * An answer.
     *
     * @param bytes of the body
     * @param body null unless it was asked for
     */
    record Reply(int status, @Nullable String etag, long bytes, byte @Nullable [] body) {}

    /** A request without a body, ready to be sent; further headers each end with CR LF. */
    static byte[] get(String path, @Nullable String token, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization(token) + headers + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A request with a body, ready to be sent. */
    static byte[] post(String path, @Nullable String token, String type, byte[] body) {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization(token) + "Content-Type: "
                        + type + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] whole = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    private static String authorization(@Nullable String token) {
        return token == null ? "" : "Authorization: Bearer " + token + "\r\n";
    }

    /** Sends, and reads the answer to its end. */
    Reply send(byte[] request, boolean keepBody) throws IOException {
        out.write(request);
        out.flush();
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        long length = -1;
        boolean chunked = false;
        String etag = null;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) length = Long.parseLong(value(header));
            if (lower.startsWith("transfer-encoding:")) chunked = lower.contains("chunked");
            if (lower.startsWith("etag:")) etag = value(header);
        }
        ByteArrayOutputStream kept = keepBody ? new ByteArrayOutputStream() : null;
        boolean empty = status == 204 || status == 304;
        long bytes = empty ? 0 : chunked ? chunks(kept) : read(Math.max(0, length), kept);
        return new Reply(status, etag, bytes, kept == null ? null : kept.toByteArray());
    }

    private static String value(String header) {
        return header.substring(header.indexOf(':') + 1).strip();
    }

    private long chunks(@Nullable ByteArrayOutputStream kept) throws IOException {
        long all = 0;
        while (true) {
            long size = Long.parseLong(line().split(";", 2)[0].strip(), 16);
            all += read(size, kept);
            line();
            if (size == 0) return all;
        }
    }

    private long read(long length, @Nullable ByteArrayOutputStream kept) throws IOException {
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) throw new EOFException("the answer ended too soon");
            if (kept != null) kept.write(buffer, 0, read);
            left -= read;
        }
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("the server closed the connection");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
