package org.minventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A wire to a server of this machine that can be cut: whoever is connected through it falls off, and may come again. */
public final class Scissors implements AutoCloseable {
    private final ServerSocket wire;
    private final int port;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    public Scissors(int port) {
        this.port = port;
        try {
            wire = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return wire.getLocalPort();
    }

    /** Cuts off everybody. */
    public void cut() {
        open.forEach(Scissors::end);
        open.clear();
    }

    private void accept() {
        while (!wire.isClosed()) {
            try {
                Socket near = wire.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
                open.addAll(List.of(near, far));
                Thread.ofVirtual().start(() -> copy(near, far));
                Thread.ofVirtual().start(() -> copy(far, near));
            } catch (IOException closed) {
                if (!wire.isClosed()) throw new UncheckedIOException(closed);
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            end(to); // the other end learns that nothing comes any more
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            wire.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        cut();
    }
}
