package org.minventory.notification.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A receiver on this machine, which keeps what it gets. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean keeps = true;
    private volatile Function<Request, Answer> choice = request -> Answer.OK;

    /** What it got; names of headers in any case. */
    public record Request(String path, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** What it answers, after that time. */
    public record Answer(int status, Map<String, String> headers, Duration after) {
        public static final Answer OK = new Answer(200);

        public Answer(int status) {
            this(status, Map.of(), Duration.ZERO);
        }
    }

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    /** How it answers from now on. */
    public Receiver answering(int code, Map<String, String> more) {
        return answering(request -> new Answer(code, more, Duration.ZERO));
    }

    /** How it answers which request from now on. */
    public Receiver answering(Function<Request, Answer> chosen) {
        choice = chosen;
        return this;
    }

    /** Keeps nothing from now on: whoever gets very much keeps it in another way. */
    public Receiver forgetting() {
        keeps = false;
        return this;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Request> requests() {
        return requests;
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> got = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> got.put(name, String.join(", ", values)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        Request request = new Request(exchange.getRequestURI().toString(), got, body);
        if (keeps) requests.add(request);
        Answer answer = choice.apply(request);
        if (!isOver(answer.after())) write(exchange, answer);
        exchange.close();
    }

    /** Waits, and tells whether it was closed meanwhile. */
    private static boolean isOver(Duration after) {
        try {
            Thread.sleep(after);
            return false;
        } catch (InterruptedException closed) {
            return true;
        }
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] words = "the receiver's own words".getBytes(StandardCharsets.UTF_8);
        boolean silent = answer.status() == 204;
        exchange.sendResponseHeaders(answer.status(), silent ? -1 : words.length);
        if (!silent) exchange.getResponseBody().write(words);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
