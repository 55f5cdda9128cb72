package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.notification.channel.Outward.MailServer;
import org.minventory.notification.channel.Outward.MailServer.Security;
import org.minventory.notification.channel.Receiver;

/** A program that was away: nothing is said for its being started, and what gathered is said together. */
class AwayTest {
    private static final int RESTARTS = 10;
    private static final String DAY = "2026-11-30";
    private static final String AT_ONCE = "at-once@example.org";
    private static final String DAILY = "daily@example.org";

    private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    {
        post.start();
    }

    private final Story.StandingClock clock = new Story.StandingClock();
    private final Hearers hearers = new Hearers(
            clock,
            new MailServer("127.0.0.1", post.getSmtp().getPort(), Security.NONE, null, null, "minventory@example.org"));

    @AfterEach
    void close() {
        hearers.close();
        post.stop();
    }

    private static final Pattern LINK = Pattern.compile("(/confirm/mnf_[0-9A-Za-z]+)");

    private long count(String table) {
        return hearers.story
                .database()
                .everything()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private record Said(long notices, long dispatches, long mails, long posts) {}

    private Said said() {
        return new Said(
                count("notice"),
                count("dispatch"),
                post.getReceivedMessages().length,
                hearers.receiver.requests().size());
    }

    private List<MimeMessage> mails(String to) {
        return Arrays.stream(post.getReceivedMessages())
                .filter(mail -> isTo(mail, to))
                .toList();
    }

    private static boolean isTo(MimeMessage mail, String to) {
        try {
            return mail.getAllRecipients()[0].toString().equals(to);
        } catch (jakarta.mail.MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** By mail to somebody, who agrees. */
    private void mail(String to, String more) throws Exception {
        hearers.subscribe("acme", "{'type': 'mail', 'address': '" + to + "'}", more);
        hearers.awaitCalm(clock);
        Matcher link = LINK.matcher(text(mails(to).getFirst()));
        assertThat(link.find()).isTrue();
        assertThat(hearers.story.send(Story.NOBODY, "POST", link.group(1), null).status())
                .isEqualTo(200);
        post.purgeEmailFromAllMailboxes();
    }

    /** A robot that is awaited each week, and a domain that ends on {@link #DAY}. */
    private void begin() {
        for (String element : List.of("vpn-1", "vpn-2"))
            hearers.story
                    .post(
                            hearers.story.ansible,
                            "/api/v1/testimonies?customer=acme",
                            "{'kind': 'survey', 'element': '" + element
                                    + "', 'type': 'server', 'create': true, 'facts': {'memory': '8 GiB'}}")
                    .expect(201);
        hearers.tells(
                "acme",
                "{'kind': 'wish', 'element': 'shop.example', 'type': 'domain', 'facts': {'expires': '" + DAY + "'}}");
        hearers.awaitCalm(clock);
        clock.pass(Duration.ofHours(1)); // the watches have seen it
        hearers.awaitCalm(clock);
    }

    @Test
    void tenStartsWithNothingChangedSayNothing() throws Exception {
        mail(AT_ONCE, "'notices': ['knowledge.late', 'deadline.near', 'deadline.passed', 'monitoring.state-changed']");
        hearers.webhook("acme", "/acme", "");
        begin();
        hearers.says("acme", "vpn-1", "critical");
        hearers.awaitCalm(clock);
        Said before = said();
        assertThat(before.mails()).as("there was something to say").isPositive();
        for (int start = 0; start < RESTARTS; start++) {
            hearers.story.stop();
            clock.pass(Duration.ofMinutes(11)); // the watches look again
            hearers.story.startAgain();
            hearers.awaitCalm(clock);
        }
        assertThat(said()).isEqualTo(before);
        hearers.says("acme", "vpn-1", "ok");
        hearers.awaitCalm(clock);
        assertThat(hearers.sentences("/acme")).containsExactly("Monitoring says: critical.", "Monitoring says: ok.");
    }

    @Test
    void afterThreeDaysEverybodyGetsOneMessage() throws Exception {
        String notices =
                "'notices': ['knowledge.late', 'deadline.near', 'deadline.passed', 'monitoring.state-changed']";
        mail(AT_ONCE, notices);
        mail(DAILY, notices + ", 'when': {'digest': {'hour': 8, 'zone': 'Europe/Paris'}}");
        hearers.subscribe("acme", "{'type': 'webhook', 'url': '" + hearers.receiver.url("/acme") + "'}", notices);
        begin();
        clock.pass(Duration.ofDays(6));
        hearers.awaitCalm(clock);
        post.purgeEmailFromAllMailboxes();
        hearers.receiver.answering(request -> new Receiver.Answer(503));
        hearers.says("acme", "vpn-1", "critical");
        hearers.awaitCalm(clock);
        post.purgeEmailFromAllMailboxes();
        int posted = hearers.arrived("/acme").size();
        hearers.story.stop();
        hearers.receiver.answering(request -> Receiver.Answer.OK);
        clock.pass(Duration.ofDays(3));
        hearers.story.startAgain();
        hearers.awaitCalm(clock);
        aLittleLater();
        assertThat(mails(AT_ONCE)).hasSize(1);
        assertThat(text(mails(AT_ONCE).getFirst()))
                .contains("is late", "Passed")
                .contains("vpn-1", "shop.example");
        assertThat(mails(DAILY)).as("what waited for eight o'clock").hasSize(1);
        assertThat(text(mails(DAILY).getFirst())).contains("Monitoring says: critical");
        assertThat(hearers.arrived("/acme")
                        .subList(posted, hearers.arrived("/acme").size()))
                .as("machines get each by itself")
                .extracting(one -> Json.ours(one.body()).get("type").stringValue())
                .containsExactlyInAnyOrder("monitoring.state-changed", "knowledge.late", "deadline.passed");
        clock.pass(Duration.ofDays(1));
        hearers.awaitCalm(clock);
        aLittleLater();
        assertThat(mails(AT_ONCE)).hasSize(1);
        assertThat(mails(DAILY))
                .as("what was found at the start, at the next eight o'clock")
                .hasSize(2);
        assertThat(text(mails(DAILY).getLast())).contains("is late", "Passed");
    }

    /** What gathers waits for what the watches say. */
    private void aLittleLater() {
        clock.pass(Duration.ofSeconds(5));
        hearers.awaitCalm(clock);
    }

    private static String text(MimeMessage mail) throws Exception {
        return ((jakarta.mail.internet.MimeMultipart) mail.getContent())
                .getBodyPart(0)
                .getContent()
                .toString();
    }
}
