package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.Awaiting;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Outward.MailServer;
import org.minventory.notification.channel.Receiver;
import org.minventory.notification.channel.Target;
import tools.jackson.databind.JsonNode;

/** A story with somebody who listens to it: a receiver on this machine, and the words to subscribe and to tell with. */
final class Hearers implements AutoCloseable {
    final Receiver receiver = new Receiver();
    final Story story;

    /** Posts may go to the receiver and to these ports of this machine. */
    Hearers(InstantSource clock, @Nullable MailServer mail, int... otherPorts) {
        List<Target> targets = IntStream.concat(IntStream.of(receiver.port()), IntStream.of(otherPorts))
                .mapToObj(port -> new Target("127.0.0.1", port))
                .toList();
        story = Story.fresh(clock, new Outward(null, targets, mail));
    }

    Hearers(InstantSource clock) {
        this(clock, null);
    }

    /** The ops hears of monitoring of a customer, at a path of the receiver; {@code more} are members of the subscription. */
    String webhook(String customer, String path, String more) {
        return subscribe(
                customer,
                "{'type': 'webhook', 'url': '" + receiver.url(path) + "'}",
                "'notices': ['monitoring.state-changed']" + more);
    }

    String subscribe(String customer, String channel, String more) {
        return story.post(
                        story.ops,
                        "/api/v1/subscriptions",
                        "{'customer': '" + customer + "', 'channel': " + channel + ", " + more + "}")
                .expect(201)
                .get("id")
                .stringValue();
    }

    /** Monitoring says of an element of a customer. */
    void says(String customer, String element, String state) {
        tells(
                customer,
                "{'kind': 'monitoring-state', 'element': '" + element
                        + "', 'type': 'server', 'create': true, 'facts': {'state': '" + state + "'}}");
    }

    void tells(String customer, String testimony) {
        assertThat(story.post(story.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                        .status())
                .isIn(200, 201);
    }

    List<Receiver.Request> arrived(String path) {
        return receiver.requests().stream()
                .filter(one -> one.path().equals(path))
                .toList();
    }

    /** What arrived at a path, in its order; of a digest each piece of its news. */
    List<String> sentences(String path) {
        return arrived(path).stream()
                .map(one -> Json.ours(one.body()).get("data"))
                .flatMap(data -> data.has("news") ? data.get("news").valueStream() : Stream.of(data))
                .map(news -> news.get("sentence").stringValue())
                .toList();
    }

    JsonNode subscription(String id) {
        return story.get(story.ops, "/api/v1/subscriptions/" + id).expect(200);
    }

    /** The newest first. */
    List<JsonNode> dispatches(String subscription) {
        List<JsonNode> all = new ArrayList<>();
        story.get(story.ops, "/api/v1/dispatches?limit=1000&subscription=" + subscription)
                .expect(200)
                .get("items")
                .forEach(all::add);
        return all;
    }

    List<String> states(String subscription) {
        return dispatches(subscription).stream()
                .map(one -> one.get("state").stringValue())
                .toList();
    }

    /** The attempts at a dispatch, the first first. */
    JsonNode tries(JsonNode dispatch) {
        return story.get(story.ops, "/api/v1/dispatches/" + dispatch.get("id").stringValue())
                .expect(200)
                .get("tries");
    }

    /** Waits until nothing is due by the clock of the house: all was looked at, spread and sent. */
    void awaitCalm(InstantSource clock) {
        Awaiting.until(() -> underway(clock), count -> count == 0);
    }

    private long underway(InstantSource clock) {
        return story.database()
                .everything()
                .sql("""
                        select (select count(*) from errand where due_at <= ?::timestamptz or leased_until is not null)
                            + (select count(*) from customer_head h left join fan_out f using (customer_id)
                                where h.no > coalesce(f.no, 0))
                            + (select count(*) from (values ('silence')) as w (sort), customer_head h
                                where not exists (select from errand e where e.customer_id = h.customer_id and e.sort = w.sort))""")
                .param(clock.instant().toString())
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        story.close();
        receiver.close();
    }
}
