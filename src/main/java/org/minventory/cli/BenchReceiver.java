package org.minventory.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.minventory.base.Json;
import org.minventory.base.WallClock;

/** Receivers of webhooks: one that answers at once and keeps how late each came, and one that never answers. */
final class BenchReceiver implements AutoCloseable {
    private static final String HOME = "127.0.0.1";
    private static final int WAITING = 50;

    private final HttpServer prompt;
    private final ServerSocket tarpit;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BenchDelays delays = new BenchDelays();

    private BenchReceiver() throws IOException {
        prompt = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(HOME), 0), WAITING);
        prompt.setExecutor(threads);
        prompt.createContext("/", this::take);
        prompt.start();
        tarpit =
                new ServerSocket(0, WAITING, InetAddress.ofLiteral(HOME)); // the system takes connections, nobody reads
    }

    static BenchReceiver open() {
        try {
            return new BenchReceiver();
        } catch (IOException failed) {
            throw new Unanswered("The bench cannot listen: " + failed, failed);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        Instant now = WallClock.MICROSECONDS.instant();
        String time =
                Json.ours(exchange.getRequestBody().readAllBytes()).path("time").asString("");
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
        if (!time.isEmpty()) delays.add(Duration.between(Instant.parse(time), now));
    }

    /** The options with which a server may post here. */
    List<String> options() {
        return List.of("--allow-target", HOME + ":" + port(), "--allow-target", HOME + ":" + tarpit.getLocalPort());
    }

    private int port() {
        return prompt.getAddress().getPort();
    }

    /** One of the addresses that answer at once. */
    String prompt(int number) {
        return "http://" + HOME + ":" + port() + "/" + number;
    }

    /** The address that never answers. */
    String never() {
        return "http://" + HOME + ":" + tarpit.getLocalPort() + "/";
    }

    /** How late what came was. */
    BenchDelays delays() {
        return delays;
    }

    @Override
    public void close() throws IOException {
        prompt.stop(0);
        threads.shutdownNow();
        tarpit.close();
    }
}
