package org.minventory.notification.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to receivers that nobody can vouch for. It looks at every machine an address leads to and connects to one of
 * these; it follows no redirect, goes through no proxy, keeps no cookie, reads of an answer its status and no more than
 * 64 kB of what follows, and is done within its limit whatever the receiver does.
 */
public final class HttpSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpSender.class);

    private static final int MOST_READ = 64 * 1024;
    private static final int MOST_MACHINES_TRIED = 4;
    private static final Duration LONGEST_REST = Duration.ofHours(24);
    private static final int REQUEST_TIMEOUT = 408;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;

    private final Outward outward;
    private final Resolver resolver;
    private final InstantSource clock;
    private final Limits limits;
    private final CloseableHttpClient client;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("post-", 0).factory());

    /**
     * How long a receiver may take.
     *
     * @param connect until one machine has taken the connection
     * @param whole from the lookup of its name to the end of its answer
     */
    public record Limits(Duration connect, Duration whole) {
        /** As Standard Webhooks advises. */
        public static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    /**
     * What is posted.
     *
     * @param language of whoever reads the journal
     * @param shown the body as the journal may show it
     */
    public record Post(Locale language, String type, Map<String, String> headers, byte[] body, String shown) {}

    /** What came back. */
    private record Answer(int code, @Nullable Duration retryAfter) {}

    public HttpSender(Outward outward, Resolver resolver, InstantSource clock) {
        this(outward, resolver, clock, Limits.USUAL, trusted());
    }

    HttpSender(Outward outward, Resolver resolver, InstantSource clock, Limits limits, SSLContext tls) {
        this.outward = outward;
        this.resolver = resolver;
        this.clock = clock;
        this.limits = limits;
        this.client = DirectClient.of(limits, tls);
    }

    /**
     * Whether something may be posted there, now.
     *
     * @throws Refusal {@link org.minventory.base.Problem#UNFIT_TARGET} at {@code /channel/url}
     */
    public Destination check(String url) {
        return Destination.check(url, outward, resolver);
    }

    /** Posts it, and says what came of it. */
    public Outcome post(String url, Post post) {
        Exchange exchange = new Exchange(url, post);
        FutureTask<Answer> running = new FutureTask<>(exchange::run);
        try {
            threads.execute(running);
            return exchange.outcome(running.get(limits.whole().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            return exchange.failed(failed.getCause());
        } catch (TimeoutException late) {
            running.cancel(true);
            return exchange.stopped("no-answer", limits.whole().toSeconds());
        } catch (RejectedExecutionException closed) {
            return exchange.stopped("stopping");
        } catch (InterruptedException stopping) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            return exchange.stopped("stopping");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    /** One attempt, which another thread may stop. */
    private final class Exchange {
        private final String url;
        private final Post post;
        private volatile @Nullable Destination destination;
        private volatile @Nullable HttpPost request;
        private volatile @Nullable Answer answer;

        Exchange(String url, Post post) {
            this.url = url;
            this.post = post;
        }

        /** Tries one machine after the other until one takes the connection. */
        Answer run() throws IOException {
            Destination to = check(url);
            destination = to;
            IOException unreached = new ConnectException();
            for (InetAddress machine :
                    to.addresses().stream().limit(MOST_MACHINES_TRIED).toList()) {
                try {
                    return speak(to, machine);
                } catch (ConnectException | ConnectTimeoutException | NoRouteToHostException nobody) {
                    unreached = nobody;
                }
            }
            throw unreached;
        }

        private Answer speak(Destination to, InetAddress machine) throws IOException {
            int port = to.isUsualPort() ? -1 : to.port();
            HttpHost host = new HttpHost(to.scheme(), machine, to.host(), port);
            HttpPost asked = new HttpPost("/");
            asked.setPath(to.path());
            asked.setScheme(to.scheme());
            asked.setAuthority(new URIAuthority(to.host(), port));
            post.headers().forEach(asked::setHeader);
            asked.setEntity(new ByteArrayEntity(post.body(), ContentType.parse(post.type())));
            request = asked;
            if (Thread.currentThread().isInterrupted()) throw new ConnectException();
            ClassicHttpResponse response = client.executeOpen(host, asked, null);
            Answer read = new Answer(response.getCode(), rest(response.getFirstHeader("Retry-After")));
            answer = read;
            if (isReadToItsEnd(response.getEntity())) response.close();
            else asked.cancel(); // closing would read on
            return read;
        }

        /** The status has come: nothing that follows it changes what it said. */
        private static boolean isReadToItsEnd(@Nullable HttpEntity entity) {
            if (entity == null) return true;
            try {
                return entity.getContent().readNBytes(MOST_READ).length < MOST_READ;
            } catch (IOException brokenOff) {
                return false;
            }
        }

        /** It took too long, or this program stops: the connection is closed under it. */
        Outcome stopped(String key, Object... arguments) {
            HttpPost asked = request;
            if (asked != null) asked.cancel();
            Answer came = answer;
            return came == null ? away(null, null, key, arguments) : outcome(came);
        }

        Outcome outcome(Answer came) {
            int code = came.code();
            return switch (code / 100) {
                case 2 -> Outcome.delivered(code, shown());
                case 3 -> away(code, came.retryAfter(), "redirects", code);
                case 4 -> refused(code, came);
                default -> away(code, came.retryAfter(), "busy", code);
            };
        }

        private Outcome refused(int code, Answer came) {
            return switch (code) {
                case REQUEST_TIMEOUT, TOO_MANY -> away(code, came.retryAfter(), "busy", code);
                case GONE -> Outcome.gone(code, told("gone", code), shown());
                default -> Outcome.refused(code, told("refused", code), shown());
            };
        }

        /** Why no answer came; what the failure itself says may name machines that are nobody's business. */
        Outcome failed(@Nullable Throwable failure) {
            Answer came = answer;
            if (came != null) return outcome(came);
            return switch (failure) {
                case Refusal unfit -> Outcome.away(null, null, unfit.sentence().in(post.language()), shown());
                case ConnectException _, ConnectTimeoutException _, NoRouteToHostException _ ->
                    away(null, null, "nobody");
                case SSLException _ -> away(null, null, "tls");
                case SocketTimeoutException _ ->
                    away(null, null, "no-answer", limits.whole().toSeconds());
                case IOException _ -> away(null, null, "broken-off");
                case null, default -> {
                    LOG.error("A notice could not be posted", failure);
                    yield away(null, null, "ours");
                }
            };
        }

        private Outcome away(@Nullable Integer code, @Nullable Duration rest, String key, Object... arguments) {
            return Outcome.away(code, rest, told(key, arguments), shown());
        }

        private String told(String key, Object... arguments) {
            return Said.in(post.language(), "told." + key, arguments);
        }

        /** Where it went without path and query, which may be secrets, and what was said. */
        private String shown() {
            Destination to = destination;
            String where = to == null ? "…" : to.scheme() + "://" + new URIAuthority(to.host(), to.port()) + "/…";
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(post.headers());
            headers.put("Content-Type", post.type());
            headers.computeIfPresent("Authorization", (name, secret) -> "…");
            String lines = headers.entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\n")
                    .collect(Collectors.joining());
            return "POST " + where + "\n" + lines + "\n" + post.shown();
        }
    }

    /** {@code Retry-After} in seconds or as a date (RFC 9110), at most a day; what cannot be read wishes nothing. */
    private @Nullable Duration rest(@Nullable Header header) {
        if (header == null) return null;
        String told = header.getValue().strip();
        if (told.matches("\\d{1,9}")) return shorter(Duration.ofSeconds(Long.parseLong(told)), LONGEST_REST);
        Instant until = DateUtils.parseStandardDate(told);
        Instant now = clock.instant();
        return until == null || !until.isAfter(now) ? null : shorter(Duration.between(now, until), LONGEST_REST);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static SSLContext trusted() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
