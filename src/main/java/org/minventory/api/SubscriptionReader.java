package org.minventory.api;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Word;
import org.minventory.notification.Channels;
import org.minventory.notification.Condition;
import org.minventory.notification.Filter;
import org.minventory.notification.Notice;
import org.minventory.notification.Schedule;
import org.minventory.notification.Subscription;
import org.minventory.notification.Subscriptions;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Settings;
import org.minventory.web.Members;
import tools.jackson.databind.JsonNode;

/** Reads what somebody wants to hear, member by member: every refusal says where. */
final class SubscriptionReader {
    private static final int LONGEST_LABEL = 200;
    private static final int LONGEST_VALUE = 2_000;
    private static final int MOST = 200;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST_DAYS = 366;

    private final Channels channels;

    SubscriptionReader(Channels channels) {
        this.channels = channels;
    }

    /** What is wished; the caller reads {@code customer} and closes the members. */
    Subscriptions.Wanted wanted(Members members, Locale otherwise) {
        String label = label(members);
        Map.Entry<Channel, Settings> channel = members.object("channel", this::channel);
        Set<Notice.Type> notices = notices(members);
        Filter filter = filter(members);
        Condition condition = condition(members);
        Schedule schedule = schedule(members);
        Locale language = language(members);
        return new Subscriptions.Wanted(
                label,
                channel.getKey(),
                channel.getValue(),
                notices == null ? Set.of() : notices,
                filter == null ? Filter.ALL : filter,
                condition == null ? Condition.NONE : condition,
                schedule == null ? Schedule.AT_ONCE : schedule,
                language == null ? otherwise : language);
    }

    Subscriptions.Change change(Members members) {
        Subscriptions.Change change = new Subscriptions.Change(
                label(members),
                notices(members),
                filter(members),
                condition(members),
                schedule(members),
                language(members),
                state(members.textOrNull("state")));
        members.done();
        return change;
    }

    private static @Nullable String label(Members members) {
        String label = members.textOrNull("label");
        if (label == null) return null;
        boolean fit = !label.isBlank()
                && label.length() <= LONGEST_LABEL
                && label.codePoints().noneMatch(Character::isISOControl);
        if (!fit) throw Refusal.at(Problem.WRONG_TYPE, "/label", "text ≤ " + LONGEST_LABEL);
        return label.strip();
    }

    private Map.Entry<Channel, Settings> channel(Members members) {
        String word = members.text("type");
        Channel channel = channels.find(word);
        if (channel == null)
            throw Refusal.at(
                    Problem.UNKNOWN_CHANNEL,
                    "/channel/type",
                    word,
                    channels.all().stream().map(Channel::word).collect(Collectors.joining(", ")));
        Map<String, String> values = new HashMap<>();
        for (Channel.Field field : channel.fields()) {
            String value = field.required() ? members.text(field.name()) : members.textOrNull(field.name());
            if (value != null && (value.isBlank() || value.length() > LONGEST_VALUE))
                throw Refusal.at(
                        Problem.WRONG_TYPE, "/channel/" + Json.escape(field.name()), "text ≤ " + LONGEST_VALUE);
            if (value != null) values.put(field.name(), value);
        }
        members.done();
        return Map.entry(channel, new Settings(values));
    }

    private static @Nullable Set<Notice.Type> notices(Members members) {
        List<String> told = members.textsOrNull("notices");
        if (told == null) return null;
        Set<Notice.Type> types = new HashSet<>();
        for (int i = 0; i < told.size(); i++) {
            Notice.Type type = Notice.Type.of(told.get(i));
            if (type == null)
                throw Refusal.at(
                        Problem.UNKNOWN_NOTICE, "/notices/" + i, told.get(i), String.join(", ", Notice.Type.words()));
            types.add(type);
        }
        return types;
    }

    private static @Nullable Filter filter(Members members) {
        return members.objectOrNull("filter", inner -> {
            Filter filter = new Filter(
                    names(inner, "infrastructures"),
                    names(inner, "elements"),
                    names(inner, "types"),
                    names(inner, "providers"));
            inner.done();
            return filter;
        });
    }

    private static @Nullable Set<String> names(Members members, String name) {
        List<String> told = members.textsOrNull(name);
        if (told != null && told.size() > MOST) throw Refusal.at(Problem.WRONG_TYPE, "/filter/" + name, "≤ " + MOST);
        return told == null ? null : Set.copyOf(told);
    }

    private static @Nullable Condition condition(Members members) {
        return members.objectOrNull("conditions", inner -> {
            List<String> becomes = inner.textsOrNull("becomes");
            String lasting = inner.textOrNull("hasBeenFor");
            JsonNode expiresIn = inner.anyOrNull("expiresIn");
            String severity = inner.textOrNull("severity");
            Condition condition = new Condition(
                    becomes == null ? null : Set.copyOf(becomes),
                    lasting == null ? null : duration(lasting),
                    expiresIn == null ? null : days(expiresIn),
                    severity == null ? null : severity(severity),
                    inner.flag("mine", false),
                    inner.flag("unacknowledged", false));
            inner.done();
            return condition;
        });
    }

    private static Duration duration(String told) {
        try {
            Duration duration = Duration.parse(told);
            if (!duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0) return duration;
        } catch (DateTimeException unreadable) {
            // said below, as for one that is too long
        }
        throw Refusal.at(Problem.WRONG_TYPE, "/conditions/hasBeenFor", "PT15M … P366D");
    }

    private static int days(JsonNode told) {
        int days = told.isIntegralNumber() && told.canConvertToInt() ? told.intValue() : 0;
        if (days < 1 || days > MOST_DAYS)
            throw Refusal.at(Problem.WRONG_TYPE, "/conditions/expiresIn", "1 … " + MOST_DAYS);
        return days;
    }

    private static Notice.Severity severity(String told) {
        for (Notice.Severity severity : Notice.Severity.values())
            if (severity.word().equals(told)) return severity;
        throw Refusal.at(Problem.WRONG_TYPE, "/conditions/severity", "info, warning, critical");
    }

    private static @Nullable Schedule schedule(Members members) {
        JsonNode told = members.anyOrNull("when");
        if (told == null) return null;
        if (told.isString() && told.stringValue().equals("at-once")) return Schedule.AT_ONCE;
        if (!told.isObject()) throw Refusal.at(Problem.WRONG_TYPE, "/when", "\"at-once\", {\"digest\": {…}}");
        Members when = Members.of(told, "/when");
        Schedule.Digest digest = when.object("digest", SubscriptionReader::digest);
        when.done();
        return new Schedule(digest);
    }

    private static Schedule.Digest digest(Members members) {
        JsonNode hour = members.anyOrNull("hour");
        int at = hour != null && hour.isIntegralNumber() && hour.canConvertToInt() ? hour.intValue() : -1;
        if (at < 0 || at > 23) throw Refusal.at(Problem.WRONG_TYPE, "/when/digest/hour", "0 … 23");
        String weekday = members.textOrNull("weekday");
        String zone = members.textOrNull("zone");
        Schedule.Digest digest = new Schedule.Digest(
                at, weekday == null ? null : weekday(weekday), zone == null ? ZoneOffset.UTC : zone(zone));
        members.done();
        return digest;
    }

    private static DayOfWeek weekday(String told) {
        for (DayOfWeek day : DayOfWeek.values()) if (Word.of(day).equals(told)) return day;
        throw Refusal.at(Problem.WRONG_TYPE, "/when/digest/weekday", "monday … sunday");
    }

    private static ZoneId zone(String told) {
        if (ZoneId.getAvailableZoneIds().contains(told)) return ZoneId.of(told);
        throw Refusal.at(Problem.WRONG_TYPE, "/when/digest/zone", "Europe/Paris");
    }

    private static @Nullable Locale language(Members members) {
        String told = members.textOrNull("language");
        if (told == null) return null;
        if (!told.equals("fr") && !told.equals("en")) throw Refusal.at(Problem.WRONG_TYPE, "/language", "fr, en");
        return Locale.of(told);
    }

    private static Subscription.@Nullable State state(@Nullable String told) {
        if (told == null) return null;
        for (Subscription.State state : List.of(Subscription.State.ACTIVE, Subscription.State.PAUSED))
            if (state.word().equals(told)) return state;
        throw Refusal.at(Problem.WRONG_TYPE, "/state", "active, paused");
    }
}
