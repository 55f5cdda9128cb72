package org.minventory.notification.channel.discord;

import java.util.regex.Pattern;
import org.minventory.base.Json;
import org.minventory.notification.channel.Bulletin;
import org.minventory.notification.channel.Chat;
import org.minventory.notification.channel.Fullness;
import org.minventory.notification.channel.HttpSender;
import org.minventory.notification.channel.Message;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notices to a channel of Discord, in its Markdown. In the words of witnesses everything that could be markup is escaped,
 * and whatever is left of a mention calls nobody.
 */
public final class DiscordChannel extends Chat {
    /** Characters that the description of an embed holds. */
    static final int LIMIT = 4_096;

    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]()#+!<>~|@:-]");

    public DiscordChannel(HttpSender sender) {
        super(sender);
    }

    @Override
    public String word() {
        return "discord";
    }

    @Override
    protected byte[] written(Message message) {
        return Json.write(body(Fullness.fillText(
                message, LIMIT, Bulletin.MOST, (fullness, news) -> Bulletin.of(message, fullness, news)
                        .markdown(DiscordChannel::escaped))));
    }

    private static ObjectNode body(String text) {
        ObjectNode body = Json.object();
        body.putArray("embeds").addObject().put("description", text);
        body.putObject("allowed_mentions").putArray("parse");
        return body;
    }

    private static String escaped(String words) {
        return MARKUP.matcher(words).replaceAll("\\\\$0");
    }
}
