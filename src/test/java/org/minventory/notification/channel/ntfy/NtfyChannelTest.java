package org.minventory.notification.channel.ntfy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minventory.base.Json;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.HttpContract;
import org.minventory.notification.channel.Messages;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Settings;
import tools.jackson.databind.JsonNode;

class NtfyChannelTest extends HttpContract {
    @Override
    protected Channel.Sent channel() {
        return new NtfyChannel(sender);
    }

    @Override
    protected Settings settings() {
        return new Settings(Map.of("url", receiver.url("/"), "topic", "hush-topic", "token", "tk_hush"));
    }

    @Override
    protected Settings deaf() {
        return settings().with("url", refusing.url("/"));
    }

    @Override
    protected List<Arrived> arrived() {
        return requests().stream()
                .map(request -> new Arrived(request.text(), texts(Json.read(request.body())), request.body()))
                .toList();
    }

    @Override
    protected int limit() {
        return 4_096;
    }

    @Override
    protected Map<String, List<String>> unfit() {
        return Map.of(
                "url", List.of("http://ntfy.example", receiver.url("/topic"), receiver.url("/?auth=x")),
                "topic", List.of("", "a/b", "é", "a b", "x".repeat(65), "a\r\nb"),
                "token", List.of("", "a b", "tk_\r\nX-Injected: yes", "é"));
    }

    @Override
    protected void assertHarmless(Arrived arrived) {
        JsonNode publication = Json.read(arrived.raw());
        assertThat(publication.propertyNames())
                .containsExactly("topic", "title", "message", "markdown", "priority", "tags", "click");
        assertThat(publication.get("topic").stringValue()).isEqualTo("hush-topic");
        assertThat(publication.get("markdown").booleanValue()).isFalse();
        assertThat(publication.get("click").stringValue()).startsWith("https://minventory.example/");
        assertCallsNobody(publication.get("title").stringValue());
        assertCallsNobody(publication.get("message").stringValue());
    }

    @Test
    void pressesAsMuchAsItsGravestNews() {
        channel().send(Messages.one(Locale.ENGLISH), settings());
        assertThat(last().get("priority").intValue()).isEqualTo(4);
        assertThat(last().at("/tags/0").stringValue()).isEqualTo("warning");
        assertThat(last().get("title").stringValue()).isEqualTo("▲ Acme · shop-db-1");
        assertThat(last().get("click").stringValue()).isEqualTo(Messages.link(1));
        channel().send(Messages.several(Locale.ENGLISH, 2), settings());
        assertThat(last().get("priority").intValue()).isEqualTo(5);
        channel().send(Messages.several(Locale.ENGLISH, 1), settings());
        assertThat(last().get("priority").intValue()).isEqualTo(3);
    }

    @Test
    void saysWhoItIsOnlyWhereATokenIsGiven() {
        Outcome known = channel().send(Messages.one(Locale.ENGLISH), settings());
        assertThat(requests().getLast().headers()).containsEntry("Authorization", "Bearer tk_hush");
        assertThat(known.request()).contains("Authorization: …", "{\"topic\":\"…\",");
        channel().send(Messages.one(Locale.ENGLISH), new Settings(Map.of("url", receiver.url(""), "topic", "open")));
        assertThat(requests().getLast().headers()).doesNotContainKey("Authorization");
        assertThat(requests().getLast().path()).isEqualTo("/");
    }
}
