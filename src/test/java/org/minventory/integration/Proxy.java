package org.minventory.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a tool and a server: passes everything on, unless it is told to be busy. */
final class Proxy implements AutoCloseable {
    private static final int BUSY = 503;

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;
    private final URI beyond;
    private final AtomicInteger busyFor = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();

    Proxy(URI beyond) {
        this.beyond = beyond;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** So many requests from now on are answered 503. */
    void busyFor(int requests) {
        busyFor.set(requests);
    }

    /** How many were answered 503 by the proxy itself. */
    int refused() {
        return refused.get();
    }

    /** How the server beyond has answered. */
    List<Integer> answers() {
        return List.copyOf(answers);
    }

    /** What was sent and answered by the server beyond. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            if (busyFor.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(BUSY, -1);
                return;
            }
            HttpResponse<byte[]> answer = beyond(exchange, sent);
            answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                    .set("Content-Type", type));
            answers.add(answer.statusCode());
            taken.add(new String(sent, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> beyond(HttpExchange exchange, byte[] sent) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(beyond.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(sent));
        for (String header : List.of("Authorization", "Content-Type", "Accept")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) request.header(header, value);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
