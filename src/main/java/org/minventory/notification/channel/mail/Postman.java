package org.minventory.notification.channel.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Sentence;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Outward.MailServer;
import org.minventory.notification.channel.Outward.MailServer.Security;

/** Speaks SMTP with the one server that takes our mail (RFC 6409), and knows what each of its answers means for a message. */
final class Postman {
    private static final int DONE = 250;
    private static final int FIRST_FAILURE = 400;
    private static final int FIRST_REFUSAL = 500;
    private static final int AUTHENTICATION_NEEDED = 530;
    private static final int TOO_LARGE = 552;
    /** The code, and where it follows the finer one of RFC 3463. The words behind them are the server's, and stay there. */
    private static final Pattern REPLY = Pattern.compile("(?s)(\\d{3})(?:[ -](\\d\\.\\d{1,3}\\.\\d{1,3})\\b)?.*");

    private final MailServer server;
    private final Limits limits;
    private final Session session;

    /**
     * How long the server may take.
     *
     * @param answer to each of our lines
     * @param whole for all of it, however slowly its answers drip
     */
    record Limits(Duration connect, Duration answer, Duration whole) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60));
    }

    /**
     * A way to that server.
     *
     * @param name by which we present ourselves, or null for that of the machine
     * @param trust what its certificate is judged by, or null for what Java trusts
     */
    Postman(MailServer server, @Nullable String name, Limits limits, @Nullable SSLSocketFactory trust) {
        this.server = server;
        this.limits = limits;
        Properties said = new Properties();
        said.put("mail.smtp.connectiontimeout", Long.toString(limits.connect().toMillis()));
        said.put("mail.smtp.timeout", Long.toString(limits.answer().toMillis()));
        said.put("mail.smtp.writetimeout", Long.toString(limits.answer().toMillis()));
        said.put("mail.smtp.auth", Boolean.toString(server.user() != null));
        said.put("mail.smtp.ssl.enable", Boolean.toString(server.security() == Security.TLS));
        said.put("mail.smtp.starttls.enable", Boolean.toString(server.security() == Security.STARTTLS));
        said.put("mail.smtp.starttls.required", Boolean.toString(server.security() == Security.STARTTLS));
        said.put("mail.smtp.ssl.checkserveridentity", "true");
        said.put("mail.smtp.socketFactory.fallback", "false");
        said.put("mail.smtp.quitwait", "false");
        if (name != null) said.put("mail.smtp.localhost", name);
        if (trust != null) said.put("mail.smtp.ssl.socketFactory", trust);
        this.session = Session.getInstance(said);
    }

    Session session() {
        return session;
    }

    /**
     * Hands it over. What sends waits for no longer than the limits say.
     *
     * @param language of what is told of a failure
     * @param request what is told of the mail
     */
    Outcome carry(Mail mail, Address to, Locale language, String request) {
        FutureTask<Outcome> dialogue = new FutureTask<>(() -> new Dialogue(language, request).hold(mail, to));
        Thread.ofVirtual().start(dialogue);
        try {
            return dialogue.get(limits.whole().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            dialogue.cancel(true);
            return Outcome.away(null, null, say("silent", language), request);
        } catch (InterruptedException stopped) {
            dialogue.cancel(true);
            Thread.currentThread().interrupt();
            return Outcome.away(null, null, say("broken-off", language), request);
        } catch (ExecutionException fault) {
            throw new IllegalStateException("A mail was not handed over", fault.getCause());
        }
    }

    static String say(String key, Locale language) {
        return Sentence.of(Letter.SAID, key).in(language);
    }

    /** One connection, one mail. */
    private final class Dialogue {
        private final Locale language;
        private final String request;
        private final SMTPTransport line;

        Dialogue(Locale language, String request) throws MessagingException {
            this.language = language;
            this.request = request;
            this.line = (SMTPTransport) session.getTransport("smtp");
        }

        Outcome hold(Mail mail, Address to) {
            try {
                line.connect(server.host(), server.port(), server.user(), server.password());
            } catch (MessagingException failed) {
                return away(greeted(failed));
            }
            try {
                line.sendMessage(mail, new Address[] {to});
                return Outcome.delivered(line.getLastReturnCode(), request);
            } catch (MessagingException failed) {
                return answered(failed);
            } finally {
                hangUp();
            }
        }

        /** Why it did not let us in: nothing of that is the message's fault. */
        private String greeted(MessagingException failed) {
            if (has(failed, SSLException.class)) return "insecure";
            if (has(failed, InterruptedIOException.class)) return "silent";
            if (failed instanceof AuthenticationFailedException) return "unauthenticated";
            if (code() != null) return "busy";
            boolean talked = line.getLastReturnCode() == DONE;
            return talked && server.security() == Security.STARTTLS ? "no-starttls" : "unreachable";
        }

        private Outcome answered(MessagingException failed) {
            Integer code = code();
            if (code == null) return away(has(failed, InterruptedIOException.class) ? "silent" : "broken-off");
            if (code < FIRST_REFUSAL) return away("busy");
            if (code == AUTHENTICATION_NEEDED) return away("unauthenticated");
            if (isOfSender(failed) && code != TOO_LARGE) return away("sender-refused");
            return Outcome.refused(code, told("refused"), request);
        }

        private static boolean isOfSender(MessagingException failed) {
            return failed instanceof SMTPSendFailedException refused
                    && refused.getCommand().startsWith("MAIL FROM");
        }

        private Outcome away(String why) {
            return Outcome.away(code(), null, told(why), request);
        }

        private String told(String why) {
            String response = line.getLastServerResponse();
            Matcher reply = REPLY.matcher(response == null ? "" : response);
            if (code() == null || !reply.matches()) return say(why, language);
            String codes = reply.group(2) == null ? reply.group(1) : reply.group(1) + " " + reply.group(2);
            return say(why, language) + " (" + codes + ")";
        }

        /** The last reply, where it says that something is in the way. */
        private @Nullable Integer code() {
            int code = line.getLastReturnCode();
            return code >= FIRST_FAILURE ? code : null;
        }

        private void hangUp() {
            try {
                line.close();
            } catch (MessagingException goneBefore) {
                // what it answered counts, whether or not it waited for our goodbye
            }
        }

        private static boolean has(Throwable failed, Class<? extends Throwable> cause) {
            for (Throwable each = failed; each != null; each = each.getCause()) if (cause.isInstance(each)) return true;
            return false;
        }
    }
}
