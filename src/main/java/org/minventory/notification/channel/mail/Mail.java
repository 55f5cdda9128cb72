package org.minventory.notification.channel.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Message.Subject;

/**
 * A message as a mail server takes it (RFC 5322): a letter as text and as a page, and the headers by which programs know
 * what it is, what it belongs to and how it is ended. Every attempt bears the same {@code Message-ID}: who gets it twice
 * sees one.
 */
final class Mail extends MimeMessage {
    private static final String SENDER = "Minventory";
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final String messageId;

    private Mail(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    static Mail of(Message message, MailAddress from, MailAddress to, Session session) throws MessagingException {
        Mail mail = new Mail(session, id(message.id().toString(), from));
        Letter letter = new Letter(message);
        mail.address(message, from, to);
        mail.belong(message, from);
        mail.letUnsubscribe(letter.unsubscribe());
        mail.enclose(letter);
        return mail;
    }

    private void address(Message message, MailAddress from, MailAddress to) throws MessagingException {
        try {
            setFrom(new InternetAddress(from.text(), SENDER, UTF_8));
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
        setRecipient(RecipientType.TO, new InternetAddress(to.text()));
        setHeader("Date", DATE.format(message.at().atOffset(ZoneOffset.UTC)));
        setHeader("Auto-Submitted", "auto-generated");
        setHeader("X-Auto-Response-Suppress", "All");
    }

    /** One list for each customer, one thread for each of its elements. Nobody ever got the mail that begins the thread. */
    private void belong(Message message, MailAddress from) throws MessagingException {
        setHeader("List-Id", "<" + message.customer().slug() + ".minventory." + from.domain() + ">");
        Subject element = message.element();
        if (element == null) return;
        String thread = id(element.id() + "." + message.customer().id(), from);
        setHeader("In-Reply-To", thread);
        setHeader("References", thread);
    }

    /** RFC 2369; by one POST only where nobody on the way can read the address (RFC 8058). */
    private void letUnsubscribe(@Nullable String address) throws MessagingException {
        if (address == null) return;
        setHeader("List-Unsubscribe", "<" + address + ">");
        if (address.startsWith("https:")) setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    private void enclose(Letter letter) throws MessagingException {
        setSubject(letter.subject(), UTF_8);
        setHeader("Content-Language", letter.tag());
        setContent(new MimeMultipart("alternative", part(letter.text(), "plain"), part(letter.page(), "html")));
        saveChanges();
    }

    /** Quoted-printable also where it is ASCII: no server on the way breaks a line, or a signature over it. */
    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    private static String id(String local, MailAddress from) {
        return "<" + local + "@" + from.domain() + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
