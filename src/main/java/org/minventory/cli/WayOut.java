package org.minventory.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.Word;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Outward.MailServer;
import org.minventory.notification.channel.Outward.MailServer.Security;
import org.minventory.notification.channel.Target;
import org.minventory.notification.channel.mail.MailAddress;

/** What was said of the way out, weighed: where people reach us, whom we may reach, who takes our mail. */
final class WayOut {
    private static final List<Setting> OF_MAIL = List.of(
            Setting.MAIL_FROM, Setting.MAIL_PORT, Setting.MAIL_SECURITY, Setting.MAIL_USER, Setting.MAIL_PASSWORD);
    private static final Pattern THIS_MACHINE =
            Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[?::1\\]?", Pattern.CASE_INSENSITIVE);

    private final Layers layers;

    private WayOut(Layers layers) {
        this.layers = layers;
    }

    /** @throws CannotStart where a value does not fit, or one is missing that another needs */
    static Outward of(Layers layers) {
        WayOut said = new WayOut(layers);
        return new Outward(
                layers.value(Setting.PUBLIC_URL).map(WayOut::publicUrl).orElse(null), said.targets(), said.mail());
    }

    private static String publicUrl(String told) {
        URI url = url(told.strip());
        String host = url.getHost();
        String path = url.getRawPath();
        boolean alone = (path.isEmpty() || path.equals("/"))
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.getRawUserInfo() == null;
        boolean safe = url.getScheme().equals("https")
                || (url.getScheme().equals("http") && THIS_MACHINE.matcher(host).matches());
        if (!alone || !safe) throw unfitUrl(told);
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    private static URI url(String told) {
        try {
            URI url = URI.create(told);
            if (url.getHost() != null && url.getScheme() != null) return url;
        } catch (IllegalArgumentException refusedBelow) {
            // the same sentence for what is no address and for one that leads nowhere
        }
        throw unfitUrl(told);
    }

    private static CannotStart unfitUrl(String told) {
        return new CannotStart(Said.here("unfit-public-url", DatabaseUrl.withoutPassword(told)));
    }

    private List<Target> targets() {
        return layers.find(Setting.ALLOW_TARGET).map(Layers.Found::values).orElse(List.of()).stream()
                .map(WayOut::target)
                .toList();
    }

    private static Target target(String told) {
        Target target = Target.read(told);
        if (target == null) throw new CannotStart(Said.here("unfit-target", told));
        return target;
    }

    private @Nullable MailServer mail() {
        Optional<String> host = layers.value(Setting.MAIL_HOST);
        if (host.isEmpty()) {
            OF_MAIL.stream()
                    .filter(one -> layers.find(one).isPresent())
                    .findFirst()
                    .ifPresent(alone -> {
                        throw new CannotStart(Said.here("mail-host-needed", "--" + alone.word()));
                    });
            return null;
        }
        Security security = security();
        Target server = server(host.get(), layers.value(Setting.MAIL_PORT).orElse(usualPort(security)));
        String user = layers.value(Setting.MAIL_USER).orElse(null);
        String password = layers.value(Setting.MAIL_PASSWORD).orElse(null);
        if (user != null && password == null) throw new CannotStart(Said.here("mail-password-needed", user));
        if (user == null && password != null) throw new CannotStart(Said.here("mail-user-needed"));
        if (password != null
                && security == Security.NONE
                && !THIS_MACHINE.matcher(server.host()).matches()) throw new CannotStart(Said.here("mail-in-clear"));
        return new MailServer(server.host(), server.port(), security, user, password, from());
    }

    private Security security() {
        String told = layers.value(Setting.MAIL_SECURITY).orElse(Word.of(Security.STARTTLS));
        try {
            return Word.read(Security.class, told);
        } catch (IllegalArgumentException unknown) {
            throw new CannotStart(Said.here("unfit-mail-security", told), unknown);
        }
    }

    private static String usualPort(Security security) {
        return switch (security) {
            case STARTTLS -> "587";
            case TLS -> "465";
            case NONE -> "25";
        };
    }

    private static Target server(String host, String port) {
        boolean bare = host.contains(":") && !host.startsWith("[");
        Target server = Target.read((bare ? "[" + host + "]" : host) + ":" + port.strip());
        if (server == null) throw new CannotStart(Said.here("unfit-mail-server", host, port));
        return server;
    }

    private String from() {
        String told = layers.value(Setting.MAIL_FROM).orElseThrow(() -> new CannotStart(Said.here("mail-from-needed")));
        MailAddress from = MailAddress.read(told.strip());
        if (from == null) throw new CannotStart(Said.here("unfit-mail-from", told));
        return from.text();
    }
}
