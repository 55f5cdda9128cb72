package org.minventory.notification.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the machine's resolver, on threads of its own: a lookup holds the thread that it runs on, and a name whose servers
 * never answer would hold one of the few that carry all the others' work.
 */
public final class SystemResolver implements Resolver, AutoCloseable {
    static final int AT_ONCE = 64;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(5);

    private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(
            0,
            AT_ONCE,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("lookup-", 0).daemon().factory());
    private final Duration limit;
    private final Resolver machine;

    public SystemResolver() {
        this(USUAL_LIMIT, name -> List.of(InetAddress.getAllByName(name)));
    }

    SystemResolver(Duration limit, Resolver machine) {
        this.limit = limit;
        this.machine = machine;
    }

    @Override
    public List<InetAddress> resolve(String name) throws UnknownHostException {
        try {
            Future<List<InetAddress>> lookup = lookups.submit(() -> machine.resolve(name));
            return lookup.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException unknown) {
            throw unknown(name, unknown);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unknown(name, stopped);
        }
    }

    private static UnknownHostException unknown(String name, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(name);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
