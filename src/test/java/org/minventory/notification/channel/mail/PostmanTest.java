package org.minventory.notification.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Outcome.Verdict;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Outward.MailServer;
import org.minventory.notification.channel.Outward.MailServer.Security;
import org.minventory.notification.channel.Settings;

/** What each answer of a mail server, or none, means for a message; and what is never told to whom. */
@Timeout(60)
class PostmanTest {
    private static final Postman.Limits SHORT =
            new Postman.Limits(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(3));
    private static final Postman.Limits PATIENT =
            new Postman.Limits(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMillis(600));
    private static final String PASSWORD = "correct-horse-battery";
    private static final Settings OLGA = new Settings(Map.of("address", "olga.martin@example.org"));

    @TempDir
    static Path folder;

    private static SSLContext certified;

    @BeforeAll
    static void aCertificate() throws Exception {
        certified = Certificates.made(folder).context();
    }

    // ---- answers

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // where, what the server says there, what comes of it, what is told
                "RCPT, 550 5.1.1 no such user, REFUSED, 550, refuses this mail (550 5.1.1)",
                "RCPT, 553 nobody, REFUSED, 553, refuses this mail (553)",
                "RCPT, 450 4.2.0 greylisted, AWAY, 450, takes no mail now (450 4.2.0)",
                "RCPT, 452 4.2.2 mailbox full, AWAY, 452, takes no mail now (452 4.2.2)",
                "RCPT, 421 4.3.2 shutting down, AWAY, 421, takes no mail now (421 4.3.2)",
                "DATA, 451 4.3.0 later, AWAY, 451, takes no mail now (451 4.3.0)",
                "., 554 5.6.0 spam, REFUSED, 554, refuses this mail (554 5.6.0)",
                "., 552 5.3.4 too large, REFUSED, 552, refuses this mail (552 5.3.4)",
                "., 451 4.7.1 later, AWAY, 451, takes no mail now (451 4.7.1)",
                "MAIL, 550 5.7.1 not you, AWAY, 550, refuses the sender: check --mail-from. (550 5.7.1)",
                "MAIL, 554 5.7.1 not you, AWAY, 554, refuses the sender: check --mail-from. (554 5.7.1)",
                "MAIL, 552 5.3.4 too large, REFUSED, 552, refuses this mail (552 5.3.4)",
                "MAIL, 530 5.7.0 who are you, AWAY, 530, does not let this instance in: (530 5.7.0)",
                "MAIL, 451 4.3.0 later, AWAY, 451, takes no mail now (451 4.3.0)",
                "greeting, 554 5.7.1 go away, AWAY, 554, takes no mail now (554 5.7.1)",
                "greeting, 421 busy, AWAY, 421, takes no mail now (421)",
                "AUTH, 535 5.7.8 wrong, AWAY, 535, does not let this instance in: (535 5.7.8)",
                "AUTH, 454 4.7.0 later, AWAY, 454, does not let this instance in: (454 4.7.0)",
                "RCPT, hang up, AWAY, -, broke off",
                "., hang up, AWAY, -, broke off",
                "greeting, hang up, AWAY, -, Nobody answers",
                "QUIT, silence, DELIVERED, 250, ''",
                "QUIT, hang up, DELIVERED, 250, ''",
            })
    void whatItAnswersDecides(String where, String answer, Verdict verdict, Integer code, String told)
            throws Exception {
        try (ScriptedServer server = new ScriptedServer(Map.of(where, answer), null)) {
            Outcome outcome = send(server, Security.NONE, Postman.Limits.USUAL, null);
            assertThat(outcome.verdict()).as("%s", outcome).isEqualTo(verdict);
            assertThat(outcome.code()).isEqualTo(code);
            for (String part : told.split(" (?=\\()", -1))
                assertThat(outcome.told()).contains(part);
            assertDiscreet(outcome, answer);
        }
    }

    /** Neither the password nor the whole address, and of the server's answers only the figures. */
    private static void assertDiscreet(Outcome outcome, String answer) {
        String journal = outcome.told() + "\n" + outcome.request();
        assertThat(journal).doesNotContain(PASSWORD, "olga.martin");
        assertThat(outcome.request()).startsWith("To: o…@example.org\nMessage-ID: <");
        String words = answer.replaceFirst("^[0-9. ]+", "");
        if (!words.isEmpty()) assertThat(outcome.told()).doesNotContain(words);
    }

    @Test
    void aFailureIsToldInTheLanguageOfTheMessage() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Map.of("RCPT", "550 5.1.1 no"), null)) {
            Outcome outcome = channel(server.port(), Security.NONE, Postman.Limits.USUAL, null)
                    .send(Letters.divergence(Locale.FRENCH), OLGA);
            assertThat(outcome.told())
                    .isEqualTo("Le serveur de courriel refuse ce courriel, ou son destinataire. (550 5.1.1)");
        }
    }

    // ---- no answer

    @ParameterizedTest
    @CsvSource({"greeting", "EHLO", "AUTH", "MAIL", "RCPT", "."})
    void whoNeverAnswersIsLeftAlone(String where) throws Exception {
        try (ScriptedServer server = new ScriptedServer(Map.of(where, ScriptedServer.SILENCE), null)) {
            assertSilent(send(server, Security.NONE, SHORT, null));
            assertThat(server.isLeft()).isTrue();
        }
    }

    @Test
    void whoNeverAnswersTheBeginningOfTlsIsLeftAlone() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Map.of("greeting", ScriptedServer.SILENCE), null)) {
            assertSilent(send(server, Security.TLS, SHORT, certified));
        }
    }

    @Test
    void whoAnswersLetterByLetterIsLeftAloneToo() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Map.of("MAIL", ScriptedServer.DRIP), null)) {
            assertSilent(send(server, Security.NONE, PATIENT, null));
            assertThat(server.isLeft()).as("the connection is closed").isTrue();
        }
    }

    private static void assertSilent(Outcome outcome) {
        assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
        assertThat(outcome.code()).isNull();
        assertThat(outcome.told()).isEqualTo("The mail server did not answer in time.");
    }

    @Test
    void whoSendsMayBeStopped() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Map.of("MAIL", ScriptedServer.SILENCE), null)) {
            Thread.currentThread().interrupt();
            Outcome outcome = send(server, Security.NONE, PATIENT, null);
            assertThat(Thread.interrupted()).as("it stays known").isTrue();
            assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
        }
    }

    @Test
    void whereNobodyListensNothingIsLost() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        Outcome outcome = channel(port, Security.NONE, SHORT, null).send(Letters.divergence(Locale.ENGLISH), OLGA);
        assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
        assertThat(outcome.code()).isNull();
        assertThat(outcome.told()).startsWith("Nobody answers at the address of the mail server");
    }

    // ---- TLS

    @Test
    void nothingIsSaidInTheClearWhereStarttlsIsNotOffered() throws Exception {
        Map<String, String> stripped = Map.of("EHLO", "250-here\r\n250 AUTH PLAIN");
        try (ScriptedServer server = new ScriptedServer(stripped, null)) {
            Outcome outcome = send(server, Security.STARTTLS, Postman.Limits.USUAL, certified);
            assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
            assertThat(outcome.told()).isEqualTo("The mail server offers no STARTTLS: check --mail-security.");
            assertSaysNothing(server);
        }
    }

    @Test
    void nothingIsSaidToWhomNobodyCertifies() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Map.of(), certified)) {
            Outcome outcome = send(server, Security.STARTTLS, Postman.Limits.USUAL, null);
            assertThat(outcome.verdict()).isEqualTo(Verdict.AWAY);
            assertThat(outcome.code()).isNull();
            assertThat(outcome.told()).startsWith("The mail server does not prove who it is");
            assertSaysNothing(server);
        }
    }

    @Test
    void nothingIsSaidToWhoIsCertifiedUnderAnotherName() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Map.of(), certified)) {
            MailServer misnamed = new MailServer(
                    "localhost", server.port(), Security.STARTTLS, "minventory", PASSWORD, "minventory@example.org");
            Outcome outcome = new MailChannel(
                            new Outward(null, List.of(), misnamed), Postman.Limits.USUAL, certified.getSocketFactory())
                    .send(Letters.divergence(Locale.ENGLISH), OLGA);
            assertThat(outcome.told()).startsWith("The mail server does not prove who it is");
            assertSaysNothing(server);
        }
    }

    private static void assertSaysNothing(ScriptedServer server) throws InterruptedException {
        assertThat(server.isLeft()).isTrue();
        assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
    }

    @Test
    void afterStarttlsItIsToldWhoSendsAndToWhom() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Map.of(), certified)) {
            Outcome outcome = send(server, Security.STARTTLS, Postman.Limits.USUAL, certified);
            assertThat(outcome).isEqualTo(Outcome.delivered(250, outcome.request()));
            assertThat(server.isLeft()).isTrue();
            assertThat(server.heard())
                    .extracting(line -> line.split("[ :]", 2)[0])
                    .containsExactly("EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", ".", "QUIT");
            assertThat(server.heard())
                    .contains(
                            "EHLO minventory.example.org",
                            "MAIL FROM:<minventory@example.org>",
                            "RCPT TO:<olga.martin@example.org>");
        }
    }

    private static Outcome send(ScriptedServer server, Security security, Postman.Limits limits, SSLContext trust) {
        SSLSocketFactory sockets = trust == null ? null : trust.getSocketFactory();
        return channel(server.port(), security, limits, sockets).send(Letters.divergence(Locale.ENGLISH), OLGA);
    }

    private static MailChannel channel(int port, Security security, Postman.Limits limits, SSLSocketFactory trust) {
        MailServer server =
                new MailServer("127.0.0.1", port, security, "minventory", PASSWORD, "minventory@example.org");
        return new MailChannel(new Outward("https://minventory.example.org", List.of(), server), limits, trust);
    }
}
