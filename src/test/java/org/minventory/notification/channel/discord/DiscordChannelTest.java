package org.minventory.notification.channel.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minventory.base.Json;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.HttpContract;
import org.minventory.notification.channel.Messages;
import org.minventory.notification.channel.Settings;
import tools.jackson.databind.JsonNode;

class DiscordChannelTest extends HttpContract {
    private static final String MARKUP = "[\\\\`*_{}\\[\\]()#+!<>~|@:-]";

    @Override
    protected Channel.Sent channel() {
        return new DiscordChannel(sender);
    }

    @Override
    protected Settings settings() {
        return new Settings(Map.of("url", receiver.url("/api/webhooks/1/hush1234")));
    }

    @Override
    protected Settings deaf() {
        return new Settings(Map.of("url", refusing.url("/api/webhooks/1/hush1234")));
    }

    @Override
    protected List<Arrived> arrived() {
        return requests().stream()
                .map(request -> new Arrived(
                        request.text(),
                        text(Json.read(request.body())).replaceAll("\\\\(\\p{Punct})", "$1"),
                        request.body()))
                .toList();
    }

    /** Whatever is written in it, it calls nobody. */
    private static String text(JsonNode payload) {
        assertThat(payload.propertyNames()).containsExactlyInAnyOrder("embeds", "allowed_mentions");
        assertThat(payload.at("/allowed_mentions/parse").isArray()).isTrue();
        assertThat(payload.at("/allowed_mentions/parse")).isEmpty();
        assertThat(payload.get("embeds")).hasSize(1);
        assertThat(payload.at("/embeds/0").propertyNames()).containsExactly("description");
        String text = payload.at("/embeds/0/description").stringValue();
        assertThat(text.length()).isLessThanOrEqualTo(DiscordChannel.LIMIT);
        return text;
    }

    /** In bytes, of which a character has up to three. */
    @Override
    protected int limit() {
        return 4 * DiscordChannel.LIMIT;
    }

    @Override
    protected Map<String, List<String>> unfit() {
        return Map.of("url", List.of("http://chat.example/hooks/x", "https://[::1]/hooks/x"));
    }

    /** Without our own two links and the two pairs of stars of the title, no character is left that is markup. */
    @Override
    protected void assertHarmless(Arrived arrived) {
        String text = text(Json.read(arrived.raw()));
        String ours =
                "\\[(Open in Minventory|Change or end the subscription)\\]\\(https://minventory\\.example/[^()]*\\)";
        String rest = text.replaceAll(ours, "").replaceAll("\\A\\*\\*(.*)\\*\\*\n", "$1\n");
        assertThat(rest.replaceAll("\\\\" + MARKUP, "")).doesNotContainPattern(MARKUP);
    }

    @Test
    void saysItInMarkdownOfOurs() {
        channel().send(Messages.one(Locale.FRENCH), settings());
        assertThat(text(last())).isEqualTo("""
                **▲ Acme · shop\\-db\\-1**

                memory number 1 is 32 GiB instead of 64 GiB.
                • raid is missing too
                dit par Ada
                [Ouvrir dans Minventory](https://minventory.example/elements/1?x=1&y=2)

                You follow all of Acme.
                [Modifier ou arrêter l’abonnement](https://minventory.example/subscriptions/1)""");
    }
}
