package org.minventory.notification.channel.mattermost;

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

class MattermostChannelTest extends HttpContract {
    @Override
    protected Channel.Sent channel() {
        return new MattermostChannel(sender);
    }

    @Override
    protected Settings settings() {
        return new Settings(Map.of("url", receiver.url("/hooks/hush1234")));
    }

    @Override
    protected Settings deaf() {
        return new Settings(Map.of("url", refusing.url("/hooks/hush1234")));
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

    private static String text(JsonNode payload) {
        assertThat(payload.propertyNames()).containsExactly("text");
        return payload.get("text").stringValue();
    }

    @Override
    protected int limit() {
        return MattermostChannel.LIMIT;
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
        assertThat(rest.replaceAll("\\\\[\\\\`*_{}\\[\\]()#+!>~|-]", ""))
                .doesNotContainPattern("[\\\\`*_{}\\[\\]()#+!>~|-]");
        assertThat(rest).doesNotContainPattern("&(?!amp;)#?\\w+;");
        assertCallsNobody(rest);
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
