package org.minventory.notification.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Message.News;
import org.minventory.notification.channel.Message.Subject;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Outcome.Verdict;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Outward.MailServer;
import org.minventory.notification.channel.Outward.MailServer.Security;
import org.minventory.notification.channel.Settings;

/** Mails as they arrive at a real mail server, by SMTP and by SMTPS. */
class MailChannelTest {
    private static final String HOME = "127.0.0.1";
    private static final Settings OLGA = new Settings(Map.of("address", "olga.martin@example.org"));

    @TempDir
    static Path folder;

    private static GreenMail post;
    private static SSLSocketFactory trust;

    @BeforeAll
    static void open() throws Exception {
        Certificates certificates = Certificates.made(folder);
        System.setProperty("greenmail.tls.keystore.file", certificates.file().toString());
        System.setProperty("greenmail.tls.keystore.password", Certificates.PASSWORD);
        trust = certificates.context().getSocketFactory();
        post = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, HOME, ServerSetup.PROTOCOL_SMTP), new ServerSetup(0, HOME, ServerSetup.PROTOCOL_SMTPS)
        });
        post.start();
        post.setUser("minventory@example.org", "minventory", "correct-horse");
    }

    @AfterAll
    static void close() {
        if (post != null) post.stop();
    }

    @BeforeEach
    void anEmptyBox() throws Exception {
        post.purgeEmailFromAllMailboxes();
    }

    // ---- one piece of news

    @Test
    void inEnglishItSaysWhatHappenedAndToWhat() throws Exception {
        Mailed mail = sent(Letters.divergence(Locale.ENGLISH));

        assertThat(mail.message().getSubject())
                .isEqualTo("shop-db-1: Divergence: 32 GiB of memory were delivered, 64 GiB ordered");
        assertThat(mail.text()).isEqualTo("""
                        * shop-db-1
                          Divergence: 32 GiB of memory were delivered, 64 GiB ordered.
                          Critical · Épicerie Acmé · 24 Nov 2026, 09:05\u00a0UTC · said by ansible
                          https://minventory.example.org/ui/elements/018f0000-0000-7000-8000-0000000000db

                        --\s
                        You get this because of the subscription “Divergences” to Épicerie Acmé:
                        divergence.opened.
                        Change or end the subscription: https://minventory.example.org/ui/subscriptions
                        Unsubscribe: https://minventory.example.org/unsubscribe/mnvu_Zm9vYmFy
                        """);
        assertThat(mail.html())
                .contains(
                        "<html lang=\"en\">",
                        "<h1",
                        ">shop-db-1</h1>",
                        "Divergence: 32 GiB of memory were delivered, 64 GiB ordered.",
                        "<span class=\"critical\"",
                        "✕</span> Critical</span> Épicerie Acmé · 24 Nov 2026, 09:05\u00a0UTC · said by ansible",
                        "You get this because of the subscription “Divergences” to Épicerie Acmé: divergence.opened.",
                        "href=\"https://minventory.example.org/ui/elements/018f0000-0000-7000-8000-0000000000db\"",
                        "href=\"https://minventory.example.org/ui/subscriptions\"",
                        "href=\"https://minventory.example.org/unsubscribe/mnvu_Zm9vYmFy\"");
    }

    @Test
    void inFrenchTooWithItsAccentsAndSpaces() throws Exception {
        Mailed mail = sent(Letters.divergence(Locale.FRENCH));

        assertThat(mail.message().getSubject())
                .isEqualTo("shop-db-1\u00a0: Écart\u00a0: 32 Gio de mémoire ont été livrés, 64 Gio commandés");
        assertThat(mail.message().getHeader("Subject")[0])
                .matches("(?s)(\\s*=\\?UTF-8\\?[QB]\\?[!-~&&[^?]]+\\?=)+")
                .isASCII();
        assertThat(mail.text())
                .isEqualTo("""
                        * shop-db-1
                          Écart : 32 Gio de mémoire ont été livrés, 64 Gio commandés.
                          Critique · Épicerie Acmé · 24 nov. 2026, 09:05\u00a0UTC · dit par ansible
                          https://minventory.example.org/ui/elements/018f0000-0000-7000-8000-0000000000db

                        --\s
                        Vous recevez ceci à cause de l’abonnement « Écarts » à Épicerie Acmé :
                        divergence.opened.
                        Modifier ou arrêter l’abonnement : https://minventory.example.org/ui/subscriptions
                        Se désabonner : https://minventory.example.org/unsubscribe/mnvu_Zm9vYmFy
                        """.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»"));
        assertThat(mail.html()).contains("<html lang=\"fr\">", "Se désabonner</a>", "Ouvrir dans Minventory</a>");
        assertThat(mail.message().getHeader("Content-Language")).containsExactly("fr");
    }

    @Test
    void programsKnowWhatItIs() throws Exception {
        Mailed mail = sent(Letters.divergence(Locale.ENGLISH));

        assertThat(mail.header("From")).isEqualTo("Minventory <minventory@example.org>");
        assertThat(mail.header("To")).isEqualTo("olga.martin@example.org");
        assertThat(mail.header("Date")).isEqualTo("Tue, 24 Nov 2026 09:05:30 +0000");
        assertThat(mail.header("Message-ID")).isEqualTo("<019ab000-0000-7000-8000-000000000001@example.org>");
        assertThat(mail.header("Content-Language")).isEqualTo("en");
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.header("X-Auto-Response-Suppress")).isEqualTo("All");
        assertThat(mail.header("List-Id")).isEqualTo("<acme.minventory.example.org>");
        assertThat(mail.header("List-Unsubscribe"))
                .isEqualTo("<https://minventory.example.org/unsubscribe/mnvu_Zm9vYmFy>");
        assertThat(mail.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(mail.header("MIME-Version")).isEqualTo("1.0");
        assertThat(mail.message().getContentType()).startsWith("multipart/alternative");
        assertThat(mail.message().getHeader("Precedence")).isNull();
        MimeMultipart parts = (MimeMultipart) mail.message().getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
    }

    @Test
    void whoCannotEndItByOneClickIsNotTempted() throws Exception {
        Message none = Letters.message(
                UUID.randomUUID(),
                Locale.ENGLISH,
                Letters.divergence(Locale.ENGLISH).news(),
                null);
        Mailed mail = sent(none);
        assertThat(mail.message().getHeader("List-Unsubscribe")).isNull();
        assertThat(mail.message().getHeader("List-Unsubscribe-Post")).isNull();
        assertThat(mail.text() + mail.html()).doesNotContain("Unsubscribe");

        post.purgeEmailFromAllMailboxes();
        String local = "http://127.0.0.1:8080/unsubscribe/x";
        mail = sent(Letters.message(UUID.randomUUID(), Locale.ENGLISH, none.news(), local));
        assertThat(mail.header("List-Unsubscribe")).isEqualTo("<" + local + ">");
        assertThat(mail.message().getHeader("List-Unsubscribe-Post"))
                .as("RFC 8058 asks for https")
                .isNull();
    }

    @Test
    void aSecondAttemptIsTheSameMail() throws Exception {
        Message message = Letters.divergence(Locale.FRENCH);
        send(message);
        send(message);
        MimeMessage[] both = post.getReceivedMessages();
        assertThat(both).hasSize(2);
        for (String header : List.of("Message-ID", "Date", "Subject", "References", "List-Id"))
            assertThat(both[0].getHeader(header)).isEqualTo(both[1].getHeader(header));
        assertThat(new Mailed(both[0]).html()).isEqualTo(new Mailed(both[1]).html());
    }

    @Test
    void whatIsAboutOneElementIsOneThread() throws Exception {
        send(id(1, Letters.news(3, "critical", "It was opened.", Letters.db())));
        send(id(2, Letters.news(4, "info", "It was resolved.", Letters.db())));
        send(id(3, Letters.news(5, "info", "Another.", Letters.web())));
        send(id(4, Letters.news(6, "info", "Both.", Letters.db(), Letters.web())));
        send(id(5, Letters.news(7, "info", "Nothing in particular.")));
        List<MimeMessage> mails = List.of(post.getReceivedMessages());

        String thread = "<" + Letters.DB + "." + Letters.ACME + "@example.org>";
        assertThat(mails.subList(0, 2)).allSatisfy(mail -> {
            assertThat(mail.getHeader("References")).containsExactly(thread);
            assertThat(mail.getHeader("In-Reply-To")).containsExactly(thread);
        });
        assertThat(mails.get(2).getHeader("References")).isNotNull().doesNotContain(thread);
        assertThat(mails.get(3).getHeader("References")).isNull();
        assertThat(mails.get(4).getHeader("References")).isNull();
        assertThat(mails.stream().map(mail -> header(mail, "Message-ID")).distinct())
                .hasSize(5);
        assertThat(mails.get(3).getSubject()).isEqualTo("shop-db-1 and 1 more: Both");
        assertThat(mails.get(4).getSubject()).isEqualTo("Nothing in particular");
    }

    private static Message id(long id, News news) {
        return Letters.message(new UUID(7, id), Locale.ENGLISH, List.of(news), null);
    }

    // ---- a digest

    @Test
    void aDigestCountsAndSaysTheGravestFirst() throws Exception {
        Mailed mail = sent(Letters.message(
                Locale.ENGLISH,
                Letters.news(1, "info", "Now deployed, before delivered.", Letters.web()),
                Letters.news(2, "critical", "Monitoring says: critical.", Letters.db()),
                Letters.news(
                        3,
                        "warning",
                        "2 divergences opened.",
                        List.of("Memory is half of what was ordered.", "PostgreSQL is 17, 18 was wished."),
                        Letters.db())));

        assertThat(mail.message().getSubject()).isEqualTo("Épicerie Acmé: 3 notices");
        assertThat(mail.text())
                .startsWith("Épicerie Acmé: 3 notices\n\n* shop-db-1\n  Monitoring says: critical.\n")
                .contains(
                        "  2 divergences opened.\n  - Memory is half of what was ordered.\n  - PostgreSQL is 17, 18",
                        "* shop-web-1\n  Now deployed, before delivered.\n  Information · ");
        assertThat(mail.html()).contains("<h1", "Épicerie Acmé: 3 notices</h1>", "shop-web-1</h2>", "<li");
        assertThat(mail.html().indexOf("critical.")).isLessThan(mail.html().indexOf("deployed, before"));
        assertThat(mail.message().getHeader("References"))
                .as("about two elements")
                .isNull();
    }

    @Test
    void inFrenchADigestCountsToo() throws Exception {
        News news = Letters.news(1, "info", "Désormais déployé.", Letters.web());
        Mailed mail = sent(Letters.message(Locale.FRENCH, news, news));
        assertThat(mail.message().getSubject()).isEqualTo("Épicerie Acmé\u00a0: 2 avis");
        assertThat(mail.message().getHeader("References"))
                .as("about one element")
                .hasSize(1);
    }

    @Test
    void afterALongOutageADigestStaysReadable() throws Exception {
        List<News> news = new ArrayList<>();
        IntStream.range(0, 5_000)
                .forEach(no ->
                        news.add(Letters.news(no, no == 4_711 ? "critical" : "info", "No " + no + ".", Letters.db())));
        Mailed mail = sent(Letters.message(UUID.randomUUID(), Locale.ENGLISH, news, null));
        assertThat(mail.message().getSubject()).isEqualTo("Épicerie Acmé: 5000 notices");
        assertThat(mail.text())
                .contains("No 4711.", "No 48.", "And 4950 more, in Minventory.")
                .doesNotContain("No 49.");
        assertThat(mail.html())
                .contains("No 48.", "And 4950 more, in Minventory.")
                .doesNotContain("No 49.");
    }

    // ---- words of witnesses

    private static final String OVERRIDE = "\u202Egpj.exe\u202C";

    static Stream<String> hostile() {
        return Stream.of(
                "a\r\nBcc: eve@evil.example\r\n\r\n<h1>hello</h1>",
                "a\nSubject: other\n\n.\nMAIL FROM:<eve@evil.example>",
                "a\u2028Bcc: eve@evil.example\u2029\u0085x",
                "<script>alert(1)</script><img src=x onerror=alert(1)>",
                "\"><a href=\"javascript:alert(1)\">x</a>",
                "=?utf-8?B?UGF5IG1lIG5vdw==?=",
                "=?utf-8?Q?=0D=0ABcc:_eve@evil.example?=",
                "é =?utf-8?B?UGF5IG1lIG5vdw==?= é",
                OVERRIDE + "\u2066\u200F\u061C\uFEFF\u00AD",
                "\uDB40\uDC41\uDB40\uDC42 tags",
                "half \uD83D of a character",
                "\u0000\u0007\u001B[31mred\u009B",
                "@everyone @here <!channel>",
                "------=_Part_0_1.2\r\nContent-Type: text/html\r\n\r\n<b>x</b>",
                "-- \r\nUnsubscribe: https://evil.example/",
                "word ".repeat(20_000),
                "x".repeat(100_000),
                "é".repeat(100_000),
                " \t\r\n ");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void wordsOfWitnessesStayWords(String words) throws Exception {
        Subject named = new Subject(Letters.DB, words);
        News news = new News(
                1,
                "divergence.opened",
                "warning",
                Letters.AT,
                words,
                Collections.nCopies(30, words),
                Collections.nCopies(30, named),
                "https://minventory.example.org/",
                null,
                words);
        Message message = new Message(
                UUID.randomUUID(),
                Letters.AT,
                Locale.ENGLISH,
                new Message.Customer(Letters.ACME, "acme", words),
                List.of(news),
                "Because.",
                "https://minventory.example.org/",
                null);
        Message digest = new Message(
                UUID.randomUUID(),
                Letters.AT,
                Locale.FRENCH,
                message.customer(),
                List.of(news, news),
                words,
                "https://minventory.example.org/",
                null);
        for (Message each : List.of(message, digest)) {
            post.purgeEmailFromAllMailboxes();
            assertHarmless(sent(each), each, words);
        }
    }

    private static void assertHarmless(Mailed mail, Message message, String words) throws Exception {
        String source = mail.source();
        assertThat(source.length()).isLessThan(500_000);
        assertThat(source.lines()).allMatch(line -> line.length() <= 998).allMatch(line -> line.matches("\\p{ASCII}*"));
        String headers = source.substring(0, source.indexOf("\r\n\r\n"));
        assertThat(headers.split("\r\n"))
                .allMatch(line -> line.matches("[A-Za-z-]+: .+|[ \t].+"))
                .noneMatch(line -> line.startsWith("Bcc"));
        assertThat(mail.message().getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("olga.martin@example.org");
        assertThat(mail.message().getRecipients(RecipientType.BCC)).isNull();
        assertThat(mail.message().getSubject())
                .isEqualTo(new Letter(message).subject())
                .doesNotContain("Pay me now")
                .matches("[^\\p{Cntrl}\u202E\u2066\u200F]*");
        assertThat(mail.message().getHeader("Subject")).hasSize(1);
        MimeMultipart parts = (MimeMultipart) mail.message().getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(mail.text()).matches("(?s)[^\\p{Cntrl}\u202E\u2066\u200F\u061C\uFEFF\uDB40&&[^\n]]*");
        assertThat(mail.text().lines().filter(line -> line.equals("-- "))).hasSize(1);
        assertThat(mail.text().lines()).noneMatch(line -> line.startsWith("Unsubscribe"));
        assertThat(mail.html())
                .doesNotContain("<script", "<img", "<b>", "<a href=\"javascript", "<!channel")
                .matches("(?s)[^\\p{Cntrl}\u202E\u2066\u200F\u061C\uFEFF\uDB40&&[^\n]]*");
        assertThat(mail.html().split("<a ", -1)).as("our links alone").hasSizeLessThanOrEqualTo(4);
        if (words.startsWith("@everyone")) assertThat(mail.text()).contains("@everyone @here <!channel>");
    }

    @Test
    void onlyAnAddressOfTheWebIsMadeALink() throws Exception {
        News news = new News(
                1,
                "divergence.opened",
                "info",
                Letters.AT,
                "News.",
                List.of(),
                List.of(),
                "javascript:alert(1)",
                null,
                null);
        Mailed mail = sent(new Message(
                UUID.randomUUID(),
                Letters.AT,
                Locale.ENGLISH,
                new Message.Customer(Letters.ACME, "acme", "Acme"),
                List.of(news),
                "Because.",
                "data:text/html,x",
                "https://x/\r\nBcc: eve@evil.example"));
        assertThat(mail.html()).doesNotContain("<a ");
        assertThat(mail.text()).doesNotContain("javascript", "data:");
        assertThat(mail.message().getHeader("List-Unsubscribe")).isNull();
    }

    // ---- the server

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsLetInByUserAndPassword(boolean right) throws Exception {
        String password = right ? "correct-horse" : "wrong-horse";
        for (Security security : List.of(Security.NONE, Security.TLS)) {
            post.purgeEmailFromAllMailboxes();
            Outcome outcome = channel(security, "minventory", password).send(Letters.divergence(Locale.ENGLISH), OLGA);
            assertThat(outcome.verdict()).as("%s", outcome).isEqualTo(right ? Verdict.DELIVERED : Verdict.AWAY);
            assertThat(post.getReceivedMessages()).hasSize(right ? 1 : 0);
            assertThat(outcome.toString()).doesNotContain("horse", "olga.martin");
            if (!right) assertThat(outcome.told()).startsWith("The mail server does not let this instance in");
        }
    }

    @Test
    void whatIsJournalledSaysWhatWasSentAndToWhomOnlyToHim() throws Exception {
        Outcome outcome = send(Letters.divergence(Locale.ENGLISH));
        assertThat(outcome.request()).isEqualTo("""
                        To: o…@example.org
                        Message-ID: <019ab000-0000-7000-8000-000000000001@example.org>
                        Subject: shop-db-1: Divergence: 32 GiB of memory were delivered, 64 GiB ordered""");
    }

    @Test
    void anAddressInOtherLettersIsReached() throws Exception {
        Outcome outcome = channel(Security.NONE, null, null)
                .send(Letters.divergence(Locale.FRENCH), new Settings(Map.of("address", "olga@épicerie.example")));
        assertThat(outcome.verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(header(post.getReceivedMessages()[0], "To")).isEqualTo("olga@xn--picerie-9xa.example");
    }

    // ---- before it is kept

    @Test
    void whereNoServerIsSetNobodySubscribesByMail() {
        MailChannel nowhere = new MailChannel(Outward.USUAL);
        Refusal refused = catchThrowableOfType(Refusal.class, () -> nowhere.check(OLGA));
        assertThat(refused.problem()).isEqualTo(Problem.NO_MAIL_SERVER);
        assertThat(refused.places()).extracting(Refusal.Place::pointer).containsExactly("/channel/address");
        assertThat(refused.sentence().in(Locale.ENGLISH)).contains("--mail-host", "--mail-from");
        assertThat(refused.sentence().in(Locale.FRENCH)).contains("--mail-host", "--mail-from");

        Outcome outcome = nowhere.send(Letters.divergence(Locale.ENGLISH), OLGA);
        assertThat(outcome.verdict()).as("it waits until one is").isEqualTo(Verdict.AWAY);
        assertThat(outcome.told()).isEqualTo("No mail server is set: start with --mail-host and --mail-from.");
    }

    @ParameterizedTest
    @CsvSource({"olga@example.org, true", "olga, false", "Olga <olga@example.org>, false", "root@localhost, false"})
    void anAddressIsLookedAtBeforeItIsKept(String address, boolean fits) throws Exception {
        MailChannel channel = channel(Security.NONE, null, null);
        Settings settings = new Settings(Map.of("address", address));
        if (fits) {
            channel.check(settings);
            return;
        }
        Refusal refused = catchThrowableOfType(Refusal.class, () -> channel.check(settings));
        assertThat(refused.problem()).isEqualTo(Problem.UNFIT_VALUE);
        assertThat(refused.places()).extracting(Refusal.Place::pointer).containsExactly("/channel/address");
        assertThat(channel.send(Letters.divergence(Locale.ENGLISH), settings).verdict())
                .isEqualTo(Verdict.REFUSED);
    }

    @Test
    void bothLanguagesSayTheSame() throws Exception {
        assertThat(keys("fr")).isEqualTo(keys("en"));
    }

    private static java.util.Set<String> keys(String language) throws Exception {
        var texts = new java.util.Properties();
        try (var stream = Letter.class.getResourceAsStream("said_" + language + ".properties")) {
            texts.load(stream);
        }
        return new java.util.TreeSet<>(texts.stringPropertyNames());
    }

    // ----

    /** A mail that arrived. */
    private record Mailed(MimeMessage message) {
        String header(String name) {
            return MailChannelTest.header(message, name);
        }

        String text() throws Exception {
            return part(0);
        }

        String html() throws Exception {
            return part(1);
        }

        private String part(int number) throws Exception {
            return ((String) ((MimeMultipart) message.getContent())
                            .getBodyPart(number)
                            .getContent())
                    .replace("\r\n", "\n");
        }

        String source() throws Exception {
            ByteArrayOutputStream source = new ByteArrayOutputStream();
            message.writeTo(source);
            return source.toString(StandardCharsets.UTF_8);
        }
    }

    private static String header(MimeMessage mail, String name) {
        try {
            String[] values = mail.getHeader(name);
            assertThat(values).as(name).hasSize(1);
            return values[0];
        } catch (jakarta.mail.MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static Mailed sent(Message message) throws Exception {
        send(message);
        assertThat(post.getReceivedMessages()).hasSize(1);
        return new Mailed(post.getReceivedMessages()[0]);
    }

    private static Outcome send(Message message) {
        Outcome outcome = channel(Security.NONE, null, null).send(message, OLGA);
        assertThat(outcome.verdict()).as("%s", outcome).isEqualTo(Verdict.DELIVERED);
        return outcome;
    }

    private static MailChannel channel(Security security, String user, String password) {
        int port = (security == Security.TLS ? post.getSmtps() : post.getSmtp()).getPort();
        MailServer server = new MailServer(HOME, port, security, user, password, "minventory@example.org");
        return new MailChannel(
                new Outward("https://minventory.example.org", List.of(), server), Postman.Limits.USUAL, trust);
    }
}
