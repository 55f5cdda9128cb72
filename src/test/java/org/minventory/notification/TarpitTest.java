package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.base.WallClock;

/** Receivers that never answer keep nobody else waiting. */
class TarpitTest {
    private static final int OTHERS = 48;
    private static final int TOLD = 10;

    /** Takes every connection and says nothing, or what it says never comes to its end. */
    private static final class Tarpit implements AutoCloseable {
        private final ServerSocket door;
        private final List<Socket> taken = new ArrayList<>();
        private final boolean drips;

        Tarpit(boolean drips) {
            this.drips = drips;
            try {
                door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            Thread.ofVirtual().start(this::take);
        }

        private void take() {
            try {
                while (true) {
                    Socket socket = door.accept();
                    synchronized (taken) {
                        taken.add(socket);
                    }
                    if (drips) Thread.ofVirtual().start(() -> drip(socket));
                }
            } catch (IOException closed) {
                assertThat(door.isClosed()).isTrue();
            }
        }

        private static void drip(Socket socket) {
            try {
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    socket.getOutputStream().write('.');
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            } catch (IOException givenUp) {
                assertThat(socket.isConnected()).isTrue();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        int asked() {
            synchronized (taken) {
                return taken.size();
            }
        }

        @Override
        public void close() {
            try {
                door.close();
                synchronized (taken) {
                    for (Socket one : taken) one.close();
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @Test
    void theOthersHaveAllOfItWhileItStillHangs() {
        try (Tarpit silent = new Tarpit(false);
                Tarpit dripping = new Tarpit(true);
                Hearers hearers = new Hearers(
                        WallClock.MICROSECONDS, null, silent.door.getLocalPort(), dripping.door.getLocalPort())) {
            List<String> stuck = List.of(stuckAt(hearers, silent), stuckAt(hearers, dripping));
            for (int one = 0; one < OTHERS; one++) hearers.webhook("acme", "/" + one, "");
            for (int one = 0; one < TOLD; one++)
                hearers.says("acme", "box-" + one % 3, one % 2 == 0 ? "ok" : "critical");
            Awaiting.until(() -> silent.asked() > 0 && dripping.asked() > 0, both -> both);
            Awaiting.until(() -> hearers.receiver.requests().size(), count -> count >= OTHERS * TOLD);
            assertThat(stuck)
                    .allSatisfy(
                            one -> assertThat(hearers.states(one)).hasSize(TOLD).doesNotContain("delivered"));
            for (int one = 0; one < OTHERS; one++)
                assertThat(hearers.sentences("/" + one)).hasSize(TOLD);
        }
    }

    private static String stuckAt(Hearers hearers, Tarpit tarpit) {
        return hearers.subscribe(
                "acme",
                "{'type': 'webhook', 'url': 'http://127.0.0.1:" + tarpit.door.getLocalPort() + "/'}",
                "'notices': ['monitoring.state-changed']");
    }
}
