package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.minventory.Contract;
import org.minventory.Story;
import org.minventory.notification.Channels;
import org.minventory.notification.channel.Channel;
import tools.jackson.databind.JsonNode;

/** The contract says of each channel what its fields say: what it takes, and what of that is shown again. */
class ChannelsTest {
    private final List<Channel> channels =
            Story.told().server().room(Channels.class).all();

    private static JsonNode of(String schema, Channel channel) {
        JsonNode mapped = Contract.TRUTH.schema(schema).at("/discriminator/mapping/" + channel.word());
        assertThat(mapped.isString()).as(schema + " of " + channel.word()).isTrue();
        String name = mapped.stringValue().replaceFirst(".*/", "");
        JsonNode described = Contract.TRUTH.schema(name);
        assertThat(described.at("/properties/type/const").stringValue()).isEqualTo(channel.word());
        assertThat(described.get("additionalProperties").booleanValue()).isFalse();
        return described;
    }

    private static Set<String> fields(Channel channel, Predicate<Channel.Field> which) {
        Set<String> names = new TreeSet<>(Set.of("type"));
        channel.fields().stream().filter(which).map(Channel.Field::name).forEach(names::add);
        return names;
    }

    private static Set<String> texts(Stream<JsonNode> texts) {
        return new TreeSet<>(texts.map(JsonNode::stringValue).toList());
    }

    @Test
    void itTakesItsFieldsAndNothingElse() {
        for (Channel channel : channels) {
            JsonNode told = of("ChannelTold", channel);
            assertThat(new TreeSet<>(told.get("properties").propertyNames()))
                    .as(channel.word())
                    .isEqualTo(fields(channel, field -> true));
            assertThat(texts(told.get("required").valueStream()))
                    .as(channel.word())
                    .isEqualTo(fields(channel, Channel.Field::required));
        }
    }

    @Test
    void itShowsThoseThatAreNoSecretAndOnceThoseThatWeMade() {
        for (Channel channel : channels) {
            JsonNode shown = of("Channel", channel);
            assertThat(new TreeSet<>(shown.get("properties").propertyNames()))
                    .as(channel.word())
                    .isEqualTo(fields(channel, field -> !field.secret() || field.made()));
            assertThat(texts(shown.get("required").valueStream()))
                    .as(channel.word())
                    .isEqualTo(fields(channel, field -> field.required() && !field.secret()));
        }
    }

    @Test
    void thereAreNoOthers() {
        Set<String> words = new TreeSet<>(channels.stream().map(Channel::word).toList());
        for (String schema : List.of("ChannelTold", "Channel")) {
            JsonNode described = Contract.TRUTH.schema(schema);
            assertThat(new TreeSet<>(described.at("/discriminator/mapping").propertyNames()))
                    .isEqualTo(words);
            assertThat(texts(described.get("oneOf").valueStream().map(one -> one.get("$ref"))))
                    .isEqualTo(texts(described.at("/discriminator/mapping").valueStream()));
        }
    }
}
