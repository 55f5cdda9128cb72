package org.minventory.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minventory.base.Json;
import org.minventory.base.WallClock;
import org.minventory.notification.channel.Outcome.Verdict;
import tools.jackson.databind.JsonNode;

/** What holds for every channel that posts JSON, beside what holds for all. */
public abstract class HttpContract extends ChannelContract {
    protected final Receiver receiver = new Receiver();
    protected final Receiver refusing = new Receiver().answering(400, Map.of());
    protected final Outward outward = new Outward(
            "https://minventory.example",
            List.of(new Target("127.0.0.1", receiver.port()), new Target("127.0.0.1", refusing.port())),
            null);
    protected final HttpSender sender = new HttpSender(
            outward,
            name -> {
                throw new UnknownHostException(name);
            },
            WallClock.MICROSECONDS);

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
        refusing.close();
    }

    @Test
    void saysWhetherItArrived() {
        Outcome refused = channel().send(Messages.one(Locale.ENGLISH), deaf());
        assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.told()).contains("400").doesNotContain("own words");
        assertThat(refused.request()).startsWith("POST http://127.0.0.1:" + refusing.port() + "/…\n");
    }

    protected List<Receiver.Request> requests() {
        return receiver.requests();
    }

    /** The last body, as a tree: strictly read, so that a member said twice would fail. */
    protected JsonNode last() {
        return Json.read(requests().getLast().body());
    }

    /** All texts of a body, as they are read. */
    protected static String texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        collect(node, texts);
        return String.join("\n", texts);
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isValueNode()) texts.add(node.asString());
        node.forEach(child -> collect(child, texts));
    }

    /** Words of strangers that a chat could make a call or a link of. */
    protected static void assertCallsNobody(String text) {
        String ours = text.replace("https://minventory.example", "");
        assertThat(ours).doesNotContainPattern("@\\w").doesNotContain("://", "www.");
    }
}
