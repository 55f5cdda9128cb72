package org.minventory.notification.channel.slack;

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

class SlackChannelTest extends HttpContract {
    @Override
    protected Channel.Sent channel() {
        return new SlackChannel(sender);
    }

    @Override
    protected Settings settings() {
        return new Settings(Map.of("url", receiver.url("/services/T012/B345/hush")));
    }

    @Override
    protected Settings deaf() {
        return new Settings(Map.of("url", refusing.url("/services/T012/B345/hush")));
    }

    @Override
    protected List<Arrived> arrived() {
        return requests().stream()
                .map(request -> new Arrived(request.text(), read(Json.read(request.body())), request.body()))
                .toList();
    }

    private static String read(JsonNode payload) {
        return texts(payload).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    @Override
    protected int limit() {
        return SlackChannel.LIMIT;
    }

    @Override
    protected Map<String, List<String>> unfit() {
        return Map.of("url", List.of("http://hooks.slack.com/services/x", "https://10.0.0.1/"));
    }

    @Override
    protected void assertHarmless(Arrived arrived) {
        JsonNode payload = Json.read(arrived.raw());
        assertThat(payload.propertyNames())
                .containsExactly("text", "mrkdwn", "parse", "link_names", "unfurl_links", "unfurl_media", "blocks");
        assertThat(payload.get("mrkdwn").booleanValue()).isFalse();
        assertThat(payload.get("link_names").booleanValue()).isFalse();
        assertThat(payload.get("text").stringValue()).doesNotContain("<", ">").hasSizeLessThanOrEqualTo(3_000);
        assertThat(payload.get("blocks").size()).isLessThanOrEqualTo(50);
        for (JsonNode block : payload.get("blocks")) {
            if (block.has("text"))
                assertPlain(block.get("text"), block.get("type").stringValue().equals("header"));
            for (JsonNode element : block.path("elements")) {
                if (element.get("type").stringValue().equals("mrkdwn")) assertOurs(element);
                else assertPlain(element, false);
            }
        }
    }

    private static void assertPlain(JsonNode text, boolean header) {
        assertThat(text.get("type").stringValue()).isEqualTo("plain_text");
        String words = text.get("text").stringValue();
        assertThat(words).isNotBlank().doesNotContain("<", ">").hasSizeLessThanOrEqualTo(header ? 150 : 3_000);
        assertThat(words.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
        assertCallsNobody(words);
    }

    private static void assertOurs(JsonNode element) {
        assertThat(element.get("text").stringValue()).matches("<https://minventory\\.example/[^<>|]*\\|[^<>|]*>");
        assertThat(element.get("verbatim").booleanValue()).isTrue();
    }

    @Test
    void saysWhoseWhichAndHowGrave() {
        channel().send(Messages.one(Locale.ENGLISH), settings());
        assertThat(last().at("/blocks/0/text/text").stringValue()).isEqualTo("▲ Acme · shop-db-1");
        assertThat(last().at("/text").stringValue())
                .isEqualTo("▲ Acme · shop-db-1\nmemory number 1 is 32 GiB instead of 64 GiB.");
        channel().send(Messages.several(Locale.FRENCH, 3), settings());
        assertThat(last().at("/blocks/0/text/text").stringValue()).isEqualTo("✕ Acme\u00a0: 3 avis");
        assertThat(last().at("/blocks/3/text/text").stringValue())
                .startsWith("✕ shop-web-2\u00a0: memory number 2 is 32 GiB instead of 64 GiB.\n• raid is missing too");
    }
}
