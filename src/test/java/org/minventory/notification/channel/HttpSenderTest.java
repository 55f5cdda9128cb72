package org.minventory.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.notification.channel.HttpSender.Limits;
import org.minventory.notification.channel.Outcome.Verdict;

/** Whatever a receiver does, one attempt ends in time with an outcome. */
@Timeout(60)
class HttpSenderTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final Limits SHORT = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Receiver receiver = new Receiver();
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(receiver));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened.reversed()) one.close();
    }

    private HttpSender sender(Limits limits, SSLContext tls, Resolver resolver, Target... allowed) {
        HttpSender sender = new HttpSender(new Outward(null, List.of(allowed), null), resolver, () -> NOW, limits, tls);
        opened.add(sender);
        return sender;
    }

    private HttpSender sender(int port) throws Exception {
        return sender(Limits.USUAL, SSLContext.getDefault(), HttpSenderTest::unknown, new Target("127.0.0.1", port));
    }

    private HttpSender hasty(int port) throws Exception {
        return sender(SHORT, SSLContext.getDefault(), HttpSenderTest::unknown, new Target("127.0.0.1", port));
    }

    private static List<InetAddress> unknown(String name) throws UnknownHostException {
        throw new UnknownHostException(name);
    }

    private static HttpSender.Post post() {
        byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
        return new HttpSender.Post(Locale.ENGLISH, "text/plain", Map.of("X-Said", "once"), body, "hello");
    }

    @ParameterizedTest
    @CsvSource({
        "200, , DELIVERED,",
        "201, , DELIVERED,",
        "204, , DELIVERED,",
        "299, 60, DELIVERED,",
        "300, , AWAY,",
        "301, , AWAY,",
        "302, , AWAY,",
        "307, , AWAY,",
        "308, , AWAY,",
        "400, , REFUSED,",
        "401, , REFUSED,",
        "403, , REFUSED,",
        "404, , REFUSED,",
        "407, , REFUSED,",
        "408, , AWAY,",
        "409, , REFUSED,",
        "410, , GONE,",
        "413, , REFUSED,",
        "418, 60, REFUSED,",
        "429, , AWAY,",
        "429, 0, AWAY, PT0S",
        "429, 120, AWAY, PT2M",
        "429, 86400, AWAY, PT24H",
        "429, 86401, AWAY, PT24H",
        "429, 999999999, AWAY, PT24H",
        "429, 9999999999999999, AWAY,",
        "429, -1, AWAY,",
        "429, soon, AWAY,",
        "503, 'Sun, 29 Nov 2026 10:10:00 GMT', AWAY, PT10M",
        "503, 'Mon, 30 Nov 2026 10:10:00 GMT', AWAY, PT24H",
        "503, 'Sun, 29 Nov 2026 09:59:00 GMT', AWAY,",
        "503, 'Sun, 29 Nov 2026', AWAY,",
        "500, , AWAY,",
        "502, 5, AWAY, PT5S",
        "504, , AWAY,",
        "599, , AWAY,",
        "600, , AWAY,",
    })
    void anAnswerSaysHowItGoesOn(int status, String retryAfter, Verdict verdict, Duration rest) throws Exception {
        receiver.answering(status, retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter));
        Outcome outcome = sender(receiver.port()).post(receiver.url("/x"), post());
        assertThat(outcome.verdict()).isEqualTo(verdict);
        assertThat(outcome.code()).isEqualTo(status);
        assertThat(outcome.retryAfter()).isEqualTo(rest);
        if (verdict == Verdict.DELIVERED) assertThat(outcome.told()).isEmpty();
        else assertThat(outcome.told()).contains("HTTP " + status).doesNotContain("own words");
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void theJournalShowsWhatWasSaidAndNotWhere() throws Exception {
        Outcome outcome = sender(receiver.port()).post(receiver.url("/hush?hush=hush"), post());
        assertThat(outcome.request())
                .isEqualTo("POST http://127.0.0.1:%d/…\nContent-Type: text/plain\nX-Said: once\n\nhello"
                        .formatted(receiver.port()));
        assertThat(receiver.requests()).singleElement().satisfies(got -> {
            assertThat(got.path()).isEqualTo("/hush?hush=hush");
            assertThat(got.text()).isEqualTo("hello");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/../b", "/a//b;c=d?e=%20&f=//g", "/%2e%2e/a", "/:80/a@b"})
    void aPathStaysAsItWasWritten(String path) throws Exception {
        sender(receiver.port()).post(receiver.url(path), post());
        assertThat(receiver.requests()).extracting(Receiver.Request::path).containsExactly(path);
        assertThat(receiver.requests().getFirst().headers()).containsEntry("Host", "127.0.0.1:" + receiver.port());
    }

    @Test
    void aPathThatLooksLikeAHostIsNone() throws Exception {
        Raw raw = raw(socket -> answer(socket, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        sender(raw.port()).post("http://127.0.0.1:" + raw.port() + "//evil.example/a", post());
        assertThat(raw.heard.peek())
                .startsWith("POST //evil.example/a HTTP/1.1\r\n")
                .contains("Host: 127.0.0.1:" + raw.port());
    }

    @Test
    void saysNoMoreOfItselfThanItsName() throws Exception {
        receiver.answering(200, Map.of("Set-Cookie", "a=b; Path=/"));
        HttpSender sender = sender(receiver.port());
        sender.post(receiver.url("/"), post());
        sender.post(receiver.url("/"), post());
        assertThat(receiver.requests().getLast().headers().keySet())
                .containsExactlyInAnyOrder(
                        "Connection", "Content-Length", "Content-Type", "Host", "User-Agent", "X-Said");
        assertThat(receiver.requests().getLast().headers().get("User-Agent")).startsWith("Minventory");
    }

    @Test
    void noRedirectIsFollowed() throws Exception {
        Receiver inside = new Receiver();
        opened.add(inside);
        HttpSender sender = sender(
                Limits.USUAL,
                SSLContext.getDefault(),
                HttpSenderTest::unknown,
                new Target("127.0.0.1", receiver.port()),
                new Target("127.0.0.1", inside.port()));
        for (int status : List.of(301, 302, 303, 307, 308)) {
            receiver.answering(status, Map.of("Location", inside.url("/latest/meta-data")));
            Outcome outcome = sender.post(receiver.url("/"), post());
            assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
            assertThat(outcome.told()).contains("redirects are not followed");
        }
        assertThat(inside.requests()).isEmpty();
    }

    @Test
    void aNameThatLeadsInsideAMomentLaterLeadsNowhere() throws Exception {
        Queue<String> answers = new ConcurrentLinkedQueue<>(List.of("93.184.215.14", "127.0.0.1"));
        HttpSender sender =
                sender(SHORT, SSLContext.getDefault(), name -> List.of(InetAddress.getByName(answers.remove())));
        sender.check("https://hooks.example.org/");
        Outcome outcome = sender.post("https://hooks.example.org/", post());
        assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
        assertThat(outcome.told()).contains("hooks.example.org").doesNotContain("127.0.0.1");
        assertThat(answers).isEmpty();
    }

    @Test
    void aNameIsLookedUpOnceAndConnectedToAsItWasFound() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        HttpSender sender = sender(
                Limits.USUAL,
                SSLContext.getDefault(),
                name -> {
                    lookups.incrementAndGet();
                    return List.of(InetAddress.getLoopbackAddress());
                },
                new Target("hooks.minventory.test", receiver.port()));
        assertThat(sender.post("http://hooks.minventory.test:" + receiver.port() + "/", post())
                        .verdict())
                .isEqualTo(Verdict.DELIVERED);
        assertThat(lookups).hasValue(1);
        assertThat(receiver.requests().getFirst().headers())
                .containsEntry("Host", "hooks.minventory.test:" + receiver.port());
    }

    @Test
    void whereOneMachineIsAwayTheNextIsTried() throws Exception {
        HttpSender sender = sender(
                Limits.USUAL,
                SSLContext.getDefault(),
                name -> List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getLoopbackAddress()),
                new Target("hooks.minventory.test", receiver.port()));
        assertThat(sender.post("http://hooks.minventory.test:" + receiver.port() + "/", post())
                        .verdict())
                .isEqualTo(Verdict.DELIVERED);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void nobodyThereIsAnOutcome() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Outcome outcome = sender(port).post("http://127.0.0.1:" + port + "/", post());
        assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
        assertThat(outcome.code()).isNull();
        assertThat(outcome.told()).isEqualTo("No connection comes about.");
    }

    @Test
    void noProxyIsAsked() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        List<URI> asked = new ArrayList<>();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                asked.add(uri);
            }
        });
        try {
            sender(receiver.port()).post(receiver.url("/"), post());
        } finally {
            ProxySelector.setDefault(before);
        }
        assertThat(receiver.requests()).hasSize(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void oneAttemptIsOneRequest() throws Exception {
        Raw raw = raw(Socket::close);
        Outcome outcome = sender(raw.port()).post("http://127.0.0.1:" + raw.port() + "/", post());
        assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
        assertThat(outcome.told()).startsWith("The connection broke off");
        assertThat(raw.heard).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
                ""
            })
    void whatIsNoHttpIsAnOutcome(String nonsense) throws Exception {
        Raw raw = raw(socket -> answer(socket, nonsense));
        assertThat(sender(raw.port())
                        .post("http://127.0.0.1:" + raw.port() + "/", post())
                        .verdict())
                .isEqualTo(Verdict.AWAY);
    }

    @Test
    void aTarpitHoldsNobodyLongerThanTheLimit() throws Exception {
        Raw raw = raw(socket -> drip(socket, "HTTP/1.1 200 OK\r\nX-Slow: " + "x".repeat(10_000)));
        long before = System.nanoTime();
        Outcome outcome = hasty(raw.port()).post("http://127.0.0.1:" + raw.port() + "/", post());
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(15));
        assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
        assertThat(outcome.told()).isEqualTo("No answer within 1 s.");
        raw.assertLeft();
    }

    @Test
    void oneThatTakesTheConnectionAndSaysNothingEither() throws Exception {
        Raw raw = raw(HttpSenderTest::silence);
        assertThat(hasty(raw.port())
                        .post("http://127.0.0.1:" + raw.port() + "/", post())
                        .told())
                .isEqualTo("No answer within 1 s.");
        raw.assertLeft();
    }

    @Test
    void theStatusCountsWhateverFollowsIt() throws Exception {
        Raw raw = raw(socket -> {
            answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n");
            drip(socket, "x".repeat(9_000));
        });
        Outcome outcome = hasty(raw.port()).post("http://127.0.0.1:" + raw.port() + "/", post());
        assertThat(outcome.verdict()).isEqualTo(Verdict.DELIVERED);
        raw.assertLeft();
    }

    @Test
    void noMoreIsReadThanItsCap() throws Exception {
        int length = 50_000_000;
        AtomicInteger written = new AtomicInteger();
        Raw raw = raw(socket -> {
            answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            while (written.addAndGet(10_000) < length) socket.getOutputStream().write(new byte[10_000]);
        });
        Outcome outcome = sender(raw.port()).post("http://127.0.0.1:" + raw.port() + "/", post());
        assertThat(outcome.verdict()).isEqualTo(Verdict.DELIVERED);
        raw.assertLeft();
        assertThat(written).hasValueLessThan(length);
    }

    @Test
    void headersWithoutEndAreNoAnswer() throws Exception {
        Raw raw = raw(socket -> answer(socket, "HTTP/1.1 200 OK\r\n" + "X-More: x\r\n".repeat(10_000) + "\r\n"));
        assertThat(sender(raw.port())
                        .post("http://127.0.0.1:" + raw.port() + "/", post())
                        .verdict())
                .isEqualTo(Verdict.AWAY);
    }

    @Test
    void oneReceiverHoldsFewConnections() throws Exception {
        int few = 8;
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(few);
        Raw raw = raw(socket -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            all.countDown();
            await(all);
            open.decrementAndGet();
            answer(socket, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        });
        HttpSender sender = sender(raw.port());
        try (ExecutorService posts = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 3 * few; i++)
                outcomes.add(posts.submit(() -> sender.post("http://127.0.0.1:" + raw.port() + "/", post())));
            for (Future<Outcome> outcome : outcomes)
                assertThat(outcome.get().verdict()).isEqualTo(Verdict.DELIVERED);
        }
        assertThat(most).hasValue(few);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) throw new IOException("too few came");
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    @Test
    void stoppingEndsAnAttempt() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        Raw raw = raw(socket -> {
            taken.countDown();
            silence(socket);
        });
        HttpSender sender = sender(raw.port());
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            outcome.complete(sender.post("http://127.0.0.1:" + raw.port() + "/", post()));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        assertThat(outcome.get(5, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.AWAY);
        assertThat(outcome.get().told()).isEqualTo("This instance was stopping.");
        assertThat(flag.get(5, TimeUnit.SECONDS)).isTrue();
        raw.assertLeft();
    }

    @Test
    void whatIsClosedSendsNothing() throws Exception {
        HttpSender sender = sender(receiver.port());
        sender.close();
        assertThat(sender.post(receiver.url("/"), post()).told()).isEqualTo("This instance was stopping.");
        assertThat(receiver.requests()).isEmpty();
    }

    // ---- TLS

    @Test
    void theNameStaysForTls(@TempDir Path folder) throws Exception {
        KeyStore keys = keys(folder);
        CompletableFuture<List<?>> asked = new CompletableFuture<>();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.createContext("/", exchange -> {
            ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
            asked.complete(session.getRequestedServerNames());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        opened.add(() -> server.stop(0));
        int port = server.getAddress().getPort();
        Resolver here = name -> List.of(InetAddress.getLoopbackAddress());
        Target right = new Target("hooks.minventory.test", port);
        Target wrong = new Target("other.minventory.test", port);
        HttpSender sender = sender(Limits.USUAL, context(keys), here, right, wrong);

        assertThat(sender.post("https://" + right + "/", post()).verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(asked.get().toString())
                .isEqualTo(List.of(new SNIHostName("hooks.minventory.test")).toString());
        assertThat(sender.post("https://" + wrong + "/", post()).told()).startsWith("It does not prove who it is");
        Outcome strange =
                sender(Limits.USUAL, SSLContext.getDefault(), here, right).post("https://" + right + "/", post());
        assertThat(strange.verdict()).isEqualTo(Verdict.AWAY);
        assertThat(strange.told()).startsWith("It does not prove who it is");
    }

    @Test
    void oneThatSpeaksNoTlsIsAnOutcome() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> _ = threads.submit(() -> {
                try (Socket socket = plain.accept()) {
                    answer(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
                    silence(socket);
                }
                return null;
            });
            int port = plain.getLocalPort();
            assertThat(sender(port)
                            .post("https://127.0.0.1:" + port + "/", post())
                            .told())
                    .startsWith("It does not prove who it is");
        }
    }

    /** A certificate of its own for one name, and the trust in it. */
    private static KeyStore keys(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hooks",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hooks.minventory.test",
                        "-ext",
                        "san=dns:hooks.minventory.test",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, "changeit".toCharArray());
        }
        keys.setCertificateEntry("trusted", keys.getCertificate("hooks"));
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
        shown.init(keys, "changeit".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    // ---- receivers that are no good servers

    private interface Manner {
        void with(Socket socket) throws IOException;
    }

    private Raw raw(Manner manner) throws IOException {
        Raw raw = new Raw(manner);
        opened.add(raw);
        return raw;
    }

    private static void answer(Socket socket, String answer) throws IOException {
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void silence(Socket socket) throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** One byte after another, as slowly as nobody writes to us: reading waits so long. */
    private static void drip(Socket socket, String slow) throws IOException {
        socket.setSoTimeout(50);
        for (int at = 0; at < slow.length(); at++) {
            answer(socket, slow.substring(at, at + 1));
            try {
                if (socket.getInputStream().read() < 0) return;
            } catch (SocketTimeoutException pace) {
                // time for the next
            }
        }
    }

    /** Takes connections, reads one request, and then behaves as it is told. */
    private static final class Raw implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Queue<String> heard = new ConcurrentLinkedQueue<>();
        private final CountDownLatch left = new CountDownLatch(1);
        private final Manner manner;

        Raw(Manner manner) throws IOException {
            this.manner = manner;
            Future<?> _ = threads.submit(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        private Void accept() throws IOException {
            while (true) {
                Socket socket = server.accept();
                Future<?> _ = threads.submit(() -> serve(socket));
            }
        }

        private Void serve(Socket socket) throws IOException {
            try (socket) {
                heard.add(request(socket.getInputStream()));
                manner.with(socket);
            } finally {
                left.countDown();
            }
            return null;
        }

        private static String request(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("hello") < 0) {
                int next = in.read();
                if (next < 0) break;
                head.append((char) next);
            }
            return head.toString();
        }

        /** The connection was given up, not only forgotten. */
        void assertLeft() throws InterruptedException {
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() throws IOException {
            server.close();
            threads.shutdownNow();
        }
    }
}
