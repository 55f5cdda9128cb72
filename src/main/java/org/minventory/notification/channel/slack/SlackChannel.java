package org.minventory.notification.channel.slack;

import org.minventory.base.Json;
import org.minventory.notification.channel.Bulletin;
import org.minventory.notification.channel.Bulletin.Item;
import org.minventory.notification.channel.Chat;
import org.minventory.notification.channel.Fullness;
import org.minventory.notification.channel.HttpSender;
import org.minventory.notification.channel.Message;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notices to a channel of Slack. Words of witnesses stand in blocks of {@code plain_text}, where nothing is markup; what
 * is, our own links alone, stands in blocks that are taken as they are ({@code verbatim}).
 */
public final class SlackChannel extends Chat {
    static final int LIMIT = 16_000;

    private static final int LONGEST_HEADER = 150;
    private static final int LONGEST_TEXT = 3_000;
    private static final int LONGEST_ENTITY = 5;

    public SlackChannel(HttpSender sender) {
        super(sender);
    }

    @Override
    public String word() {
        return "slack";
    }

    @Override
    protected byte[] written(Message message) {
        return Fullness.fill(
                message,
                LIMIT,
                Bulletin.MOST,
                (fullness, news) -> Json.write(payload(Bulletin.of(message, fullness, news))));
    }

    private static ObjectNode payload(Bulletin bulletin) {
        ObjectNode payload = Json.object();
        payload.put("text", notification(bulletin));
        payload.put("mrkdwn", false);
        payload.put("parse", "none");
        payload.put("link_names", false);
        payload.put("unfurl_links", false);
        payload.put("unfurl_media", false);
        ArrayNode blocks = payload.putArray("blocks");
        plain(blocks.addObject().put("type", "header").putObject("text"), bulletin.title(), LONGEST_HEADER);
        for (Item item : bulletin.items()) {
            plain(section(blocks), item.text(line -> line), LONGEST_TEXT);
            link(context(blocks), item.link(), bulletin.read());
        }
        if (bulletin.omitted() > 0) plain(section(blocks), bulletin.more(), LONGEST_TEXT);
        ArrayNode closing = context(blocks);
        plain(closing.addObject(), bulletin.why(), LONGEST_TEXT);
        link(closing, bulletin.manage(), bulletin.change());
        return payload;
    }

    /** What a telephone shows where it shows no blocks. */
    private static String notification(Bulletin bulletin) {
        String first = bulletin.items().getFirst().lines().getFirst();
        return cut(escaped(bulletin.title() + "\n" + first), LONGEST_TEXT);
    }

    private static ObjectNode section(ArrayNode blocks) {
        return blocks.addObject().put("type", "section").putObject("text");
    }

    private static ArrayNode context(ArrayNode blocks) {
        return blocks.addObject().put("type", "context").putArray("elements");
    }

    private static void plain(ObjectNode text, String words, int longest) {
        text.put("type", "plain_text").put("text", cut(escaped(words), longest)).put("emoji", false);
    }

    private static void link(ArrayNode elements, String url, String label) {
        String target = escaped(url).replace("|", "%7C");
        elements.addObject()
                .put("type", "mrkdwn")
                .put("text", "<" + target + "|" + escaped(label) + ">")
                .put("verbatim", true);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Neither within an entity nor within a character. */
    private static String cut(String escaped, int longest) {
        if (escaped.length() <= longest) return escaped;
        int end = longest - 1;
        int entity = escaped.lastIndexOf('&', end - 1);
        if (entity > end - LONGEST_ENTITY && escaped.indexOf(';', entity) >= end) end = entity;
        if (Character.isHighSurrogate(escaped.charAt(end - 1))) end--;
        return escaped.substring(0, end) + "…";
    }
}
