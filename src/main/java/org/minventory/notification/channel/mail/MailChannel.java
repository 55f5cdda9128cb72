package org.minventory.notification.channel.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Outward.MailServer;
import org.minventory.notification.channel.Settings;

/**
 * News by mail, in the reader's language: as text and as a page, ended by one click (RFC 8058), one thread for each
 * element. A mail server asks that the same mail may come twice rather than never: it bears the same {@code Message-ID}.
 */
public final class MailChannel implements Channel.Sent {
    private static final String ADDRESS = "address";
    private static final String PLACE = "/channel/" + ADDRESS;

    private final @Nullable Postman postman;
    private final @Nullable MailAddress from;

    /** By the server that the operator named, if any. */
    public MailChannel(Outward outward) {
        this(outward, Postman.Limits.USUAL, null);
    }

    MailChannel(Outward outward, Postman.Limits limits, @Nullable SSLSocketFactory trust) {
        MailServer server = outward.mail();
        this.postman = server == null ? null : new Postman(server, name(outward.publicUrl()), limits, trust);
        this.from = server == null
                ? null
                : Objects.requireNonNull(MailAddress.read(server.from()), "the settings let nothing else through");
    }

    /** People know us by this name, and so may the mail server; an address literal is none. */
    private static @Nullable String name(@Nullable String publicUrl) {
        if (publicUrl == null) return null;
        String host = URI.create(publicUrl).getHost();
        return MailAddress.read("name@" + host) == null ? null : host;
    }

    @Override
    public String word() {
        return "mail";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.needed(ADDRESS, Field.Type.EMAIL));
    }

    @Override
    public boolean isForPeople() {
        return true;
    }

    @Override
    public void check(Settings settings) {
        if (postman == null) throw Refusal.at(Problem.NO_MAIL_SERVER, PLACE);
        if (MailAddress.read(settings.get(ADDRESS)) == null)
            throw Refusal.at(Problem.UNFIT_VALUE, PLACE, Sentence.of(Letter.SAID, "unfit-address"));
    }

    @Override
    public boolean asksFirst(Settings settings, @Nullable String own) {
        MailAddress to = MailAddress.read(settings.get(ADDRESS));
        MailAddress mine = own == null ? null : MailAddress.read(own);
        return to == null || mine == null || !to.text().equalsIgnoreCase(mine.text());
    }

    @Override
    public Outcome send(Message message, Settings settings) {
        MailAddress to = MailAddress.read(settings.get(ADDRESS));
        if (to == null) return Outcome.refused(null, Postman.say("unfit-address", message.language()), "");
        String request = "To: " + to.masked();
        if (postman == null || from == null)
            return Outcome.away(null, null, Postman.say("no-server", message.language()), request);
        try {
            Mail mail = Mail.of(message, from, to, postman.session());
            request += "\nMessage-ID: " + mail.getMessageID() + "\nSubject: " + mail.getSubject();
            return postman.carry(mail, new InternetAddress(to.text()), message.language(), request);
        } catch (MessagingException unwritable) {
            throw new IllegalStateException("A mail cannot be written", unwritable);
        }
    }
}
