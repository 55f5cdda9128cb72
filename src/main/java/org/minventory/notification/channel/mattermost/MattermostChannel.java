package org.minventory.notification.channel.mattermost;

import java.util.regex.Pattern;
import org.minventory.base.Json;
import org.minventory.notification.channel.Bulletin;
import org.minventory.notification.channel.Chat;
import org.minventory.notification.channel.Fullness;
import org.minventory.notification.channel.HttpSender;
import org.minventory.notification.channel.Message;

/** Notices to a channel of Mattermost, in its Markdown; in the words of witnesses everything that could be markup is escaped. */
public final class MattermostChannel extends Chat {
    /** A post holds 16,383 characters. */
    static final int LIMIT = 16_000;

    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]()#+!>~|-]");
    private static final Pattern ENTITY = Pattern.compile("&(?=#?\\w+;)");

    public MattermostChannel(HttpSender sender) {
        super(sender);
    }

    @Override
    public String word() {
        return "mattermost";
    }

    @Override
    protected byte[] written(Message message) {
        return Fullness.fill(
                message,
                LIMIT,
                Bulletin.MOST,
                (fullness, news) -> Json.write(Json.object()
                        .put("text", Bulletin.of(message, fullness, news).markdown(MattermostChannel::escaped))));
    }

    private static String escaped(String words) {
        return MARKUP.matcher(ENTITY.matcher(words).replaceAll("&amp;")).replaceAll("\\\\$0");
    }
}
