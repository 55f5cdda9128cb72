package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as anybody starts it, in a process of its own that can be killed. */
public final class Program {
    private static final Pattern SETUP_TOKEN = Pattern.compile("mns_[A-Za-z0-9_-]+");

    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private Program(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::listen);
    }

    /** Starts {@code serve} with these options and variables, and waits until it is ready. */
    public static Program serve(int port, Map<String, String> variables, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.minventory.Minventory",
                "serve",
                "--port",
                Integer.toString(port)));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Program program = new Program(builder.start());
        program.awaitReady(port);
        return program;
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) said.add(line);
        } catch (IOException ended) {
            said.add("(its output ended)");
        }
    }

    private void awaitReady(int port) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (isReady(port)) return;
            assertThat(process.isAlive()).as(said::toString).isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        process.destroyForcibly();
        throw new AssertionError("not ready in a minute: " + said);
    }

    private static boolean isReady(int port) throws InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            URI uri = URI.create("http://127.0.0.1:" + port + "/health/ready");
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it said so far. */
    public List<String> said() {
        return said;
    }

    /** The token of setup that its first start prints. */
    public String setupToken() {
        String all = Awaiting.until(
                () -> String.join("\n", said), text -> SETUP_TOKEN.matcher(text).find());
        Matcher token = SETUP_TOKEN.matcher(all);
        assertThat(token.find()).isTrue();
        return token.group();
    }

    /** Kills it: no word of farewell. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop, and waits until it has. */
    public void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
