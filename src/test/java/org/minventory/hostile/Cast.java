package org.minventory.hostile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minventory.Awaiting;
import org.minventory.Story;
import tools.jackson.databind.JsonNode;

/** What hostile words are said of: as many elements, projects and orders as there are words, so that none replaces another. */
final class Cast {
    static final String BOX = "box-";
    static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTEx";
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)[^}]*}");

    private final Story story;
    private final List<Map<String, String>> each = new ArrayList<>();
    private final Map<String, String> common = new HashMap<>();

    Cast(Story story, int count) {
        this.story = story;
        declare();
        for (int n = 0; n < count; n++) each.add(bringIn(n));
    }

    private void declare() {
        post(story.ops, "/api/v1/infrastructures", "{'customer': 'acme', 'name': 'shop'}");
        tell("{'kind': 'wish', 'element': 'net', 'type': 'ip-range', 'facts': {'range': '10.0.0.0/16'}}");
        common.put("customer", "acme");
        common.put("team", "gardeners");
        common.put("lang", "en");
        common.put("theme", "dark");
        common.put("slug", "not-found");
        common.put("n", "1");
        common.put("provider", "ovh");
        common.put("file", "minventory.css");
        for (String channel : List.of("atom", "calendar")) {
            JsonNode subscription = post(
                    story.ops,
                    "/api/v1/subscriptions",
                    "{'customer': 'acme', 'label': 'l', 'channel': {'type': '" + channel + "'}}");
            common.put("subscription", subscription.get("id").stringValue());
            common.put(channel, subscription.get("address").stringValue().replaceAll(".*/|\\.[a-z]+$", ""));
        }
    }

    private Map<String, String> bringIn(int n) {
        Map<String, String> its = new HashMap<>();
        String box = BOX + n;
        tell("{'kind': 'wish', 'element': '" + box + "', 'type': '" + (n % 2 == 0 ? "server" : "virtual-machine")
                + "', 'facts': {'infrastructure': 'shop', 'project': 'project-" + n
                + "', 'memory': '8 GiB', 'address': '192.0.2." + (n + 1)
                + "', 'fqdn': '" + box + ".shop.example', 'tags': ['web'], 'url': 'https://" + box
                + ".shop.example/', 'expires': '2030-01-01', 'ansible_user': 'deploy'}}");
        tell("{'kind': 'order', 'element': '" + box + "', 'facts': {'memory': '8 GiB'}}");
        tell("{'kind': 'delivery-notice', 'element': '" + box + "', 'facts': {'memory': '8 GiB'}}");
        JsonNode survey = tell("{'kind': 'delivery-survey', 'element': '" + box
                + "', 'facts': {'memory': '4 GiB', 'hostkeys':" + " ['" + KEY + "']}}");
        its.put("element", box);
        its.put("delivery", box);
        its.put("id", survey.at("/element/id").stringValue());
        its.put("divergence", survey.at("/divergences/0/id").stringValue());
        its.put(
                "testimony",
                post(
                                story.ops,
                                "/api/v1/testimonies?customer=acme",
                                "{'kind': 'survey', 'element': 'lost-" + n + "', 'facts': {'memory': '4 GiB'}}",
                                202)
                        .get("id")
                        .stringValue());
        its.put(
                "project",
                post(
                                story.ops,
                                "/api/v1/projects",
                                "{'customer': 'acme', 'name': 'project-" + n
                                        + "', 'infrastructure': 'shop', 'title': 't'}")
                        .at("/project/id")
                        .stringValue());
        JsonNode message = post(
                story.ops,
                "/api/v1/projects/" + its.get("project") + "/messages",
                "{'as': 'proposal', 'text': 'x', 'attachments': [{'name': 'plan.txt', 'mediaType': 'text/plain', 'content': 'eA=="
                        + "'}]}");
        its.put("message", message.get("id").stringValue());
        its.put("sha256", message.at("/project/attachments/0/sha256").stringValue());
        its.put(
                "order",
                post(story.ops, "/api/v1/orders", "{'customer': 'acme', 'number': 'order-" + n + "'}")
                        .at("/order/id")
                        .stringValue());
        JsonNode link = post(
                story.cio,
                "/api/v1/share-links",
                "{'project': '" + its.get("project") + "', 'kind': 'approve', 'label': 'l'}");
        its.put("link", link.get("id").stringValue());
        its.put("secret", link.get("address").stringValue().replaceAll(".*/", ""));
        return its;
    }

    private JsonNode tell(String testimony) {
        return post(story.ops, "/api/v1/testimonies?customer=acme", testimony);
    }

    private JsonNode post(String token, String path, String body) {
        return post(token, path, body, 201);
    }

    private JsonNode post(String token, String path, String body, int status) {
        return story.post(token, path, body).expect(status);
    }

    /** What is known only after somebody was told: an attempt to send a notice, a witness, a token. */
    void lookAround() {
        JsonNode dispatches = Awaiting.until(
                () -> story.get(story.ops, "/api/v1/dispatches?limit=1").expect(200),
                page -> !page.get("items").isEmpty());
        common.put("dispatch", dispatches.at("/items/0/id").stringValue());
        for (Map.Entry<String, String> one : Map.of(
                        "witness", "/api/v1/witnesses?limit=1",
                        "token", "/api/v1/tokens?limit=1",
                        "mandate", "/api/v1/mandates?limit=1")
                .entrySet())
            common.put(
                    one.getKey(),
                    story.get(story.ops, one.getValue())
                            .expect(200)
                            .at("/items/0/id")
                            .stringValue());
        common.put("member", Objects.requireNonNull(common.get("witness")));
    }

    /** A path of the n-th, its variables filled in. */
    String path(String pattern, int n) {
        Matcher variable = VARIABLE.matcher(pattern);
        StringBuilder path = new StringBuilder();
        while (variable.find()) variable.appendReplacement(path, value(pattern, variable.group(1), n));
        return variable.appendTail(path).toString();
    }

    private String value(String pattern, String variable, int n) {
        if (variable.equals("name")) return pattern.contains("infrastructures") ? "shop" : "hostile";
        if (pattern.contains("{element}/next-")) return "net";
        if (pattern.startsWith("/feeds")) return Objects.requireNonNull(common.get("atom"));
        if (pattern.startsWith("/calendar")) return Objects.requireNonNull(common.get("calendar"));
        String value = each.get(n).getOrDefault(variable, common.get(variable));
        if (value == null)
            throw new AssertionError("Nobody knows what stands for {" + variable + "} of " + pattern
                    + ": add it to Cast, as it is of that route.");
        return value;
    }

    /** Whether a path leads to something else for each of the words. */
    boolean isOfEach(String pattern) {
        return VARIABLE.matcher(pattern).results().anyMatch(variable -> each.getFirst()
                .containsKey(variable.group(1)));
    }
}
