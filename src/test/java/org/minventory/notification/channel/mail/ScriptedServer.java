package org.minventory.notification.channel.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that answers what a test wishes: by the first word of what it hears ({@code MAIL}, {@code RCPT}), by
 * {@link #GREETING} before it hears anything, by {@code .} at the end of a mail.
 */
final class ScriptedServer implements AutoCloseable {
    static final String GREETING = "greeting";

    /** Instead of an answer: none, for as long as the other waits. */
    static final String SILENCE = "silence";

    /** Instead of an answer: a line that never ends, one letter after another. */
    static final String DRIP = "drip";

    /** Instead of an answer: it hangs up. */
    static final String HANG_UP = "hang up";

    private final ServerSocket door;
    private final Map<String, String> answers;
    private final @Nullable SSLContext tls;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch left = new CountDownLatch(1);

    ScriptedServer(Map<String, String> answers, @Nullable SSLContext tls) throws IOException {
        this.answers = answers;
        this.tls = tls;
        this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    /** What it was told, in the clear or not; of a mail nothing but its end. */
    List<String> heard() {
        return heard;
    }

    /** Waits until the one who came is gone again. */
    boolean isLeft() throws InterruptedException {
        return left.await(20, TimeUnit.SECONDS);
    }

    private void serve() {
        try (Socket visitor = door.accept()) {
            talk(visitor, GREETING, false);
        } catch (IOException gone) {
            // the visitor hung up, as some tests wish
        } finally {
            left.countDown();
        }
    }

    /** Until somebody hangs up, or both go on by TLS. */
    private void talk(Socket visitor, String first, boolean secured) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(visitor.getInputStream(), StandardCharsets.UTF_8));
        String word = first;
        boolean inMail = false;
        for (String line = ""; line != null; line = lines.readLine()) {
            if (inMail && !line.equals(".")) continue;
            if (!line.isEmpty()) {
                heard.add(line);
                word = line.split(" ", 2)[0];
            }
            if (!word.isEmpty() && !answer(visitor, word, secured)) return;
            inMail = word.equals("DATA") && answers.getOrDefault("DATA", "354").startsWith("354");
            if (word.equals("STARTTLS") && tls != null) {
                SSLSocket private_ = (SSLSocket) tls.getSocketFactory().createSocket(visitor, null, 0, true);
                private_.setUseClientMode(false);
                talk(private_, "", true);
                return;
            }
        }
    }

    /** Whether it goes on. */
    private boolean answer(Socket visitor, String word, boolean secured) throws IOException {
        String answer = answers.getOrDefault(word, usual(word, secured));
        switch (answer) {
            case SILENCE -> visitor.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            case DRIP -> drip(visitor);
            case HANG_UP -> visitor.close();
            default -> {
                say(visitor, answer + "\r\n");
                return true;
            }
        }
        return false;
    }

    private static String usual(String word, boolean secured) {
        return switch (word) {
            case GREETING -> "220 here";
            case "EHLO" -> "250-here\r\n" + (secured ? "" : "250-STARTTLS\r\n") + "250 AUTH PLAIN";
            case "STARTTLS" -> "220 2.0.0 go on";
            case "AUTH" -> "235 2.7.0 welcome";
            case "DATA" -> "354 say it";
            case "QUIT" -> "221 bye";
            default -> "250 2.0.0 ok";
        };
    }

    private void drip(Socket visitor) throws IOException {
        try {
            while (!left.await(20, TimeUnit.MILLISECONDS)) say(visitor, "2");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(Socket visitor, String text) throws IOException {
        visitor.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        visitor.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
