package org.minventory.notification.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.ChannelContract;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Outward.MailServer;
import org.minventory.notification.channel.Settings;

/** Mail keeps what holds for every channel. */
class MailContractTest extends ChannelContract {
    private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    MailContractTest() {
        post.start();
    }

    @AfterEach
    void close() {
        post.stop();
    }

    @Override
    protected Channel.Sent channel() {
        int port = post.getSmtp().getPort();
        return new MailChannel(new Outward(
                "https://minventory.example",
                List.of(),
                new MailServer(
                        "127.0.0.1", port, MailServer.Security.NONE, null, null, "minventory@minventory.example")));
    }

    @Override
    protected Settings settings() {
        return new Settings(Map.of("address", "olga@example.org"));
    }

    @Override
    protected Settings deaf() {
        return new Settings(Map.of("address", "olga"));
    }

    @Override
    protected List<Arrived> arrived() {
        return Arrays.stream(post.getReceivedMessages())
                .map(MailContractTest::arrived)
                .toList();
    }

    private static Arrived arrived(MimeMessage mail) {
        try {
            MimeMultipart parts = (MimeMultipart) mail.getContent();
            String text = mail.getSubject()
                    + "\n" + parts.getBodyPart(0).getContent()
                    + "\n" + parts.getBodyPart(1).getContent();
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            mail.writeTo(raw);
            return new Arrived(mail.getMessageID(), text, raw.toByteArray());
        } catch (Exception unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Override
    protected int limit() {
        return 2_000_000;
    }

    @Override
    protected Map<String, List<String>> unfit() {
        return Map.of(
                "address", List.of("", "olga", "Olga <olga@example.org>", "root@localhost", "a@b.example\r\nBcc: c@d"));
    }

    @Override
    protected void assertHarmless(Arrived arrived) {
        String headers = utf8(arrived.raw()).split("\r\n\r\n", 2)[0];
        assertThat(headers.lines()).noneMatch(line -> line.startsWith("Bcc") || line.startsWith("X-Injected"));
        String page = arrived.text().substring(arrived.text().indexOf("<!DOCTYPE html>"));
        assertThat(page).doesNotContain("<script", "<img", "<a href=\"https://evil.example");
    }
}
