package org.minventory.notification;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Sayable;
import org.minventory.base.Scope;
import org.minventory.base.Sentence;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.minventory.element.Vocabulary;
import org.minventory.notification.channel.Message;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Puts into words what there is to say: each notice one sentence, in the subscriber's language, of what it may know. */
public final class Composer {
    private static final String SAID = "org.minventory.notification.said";

    private final BiFunction<JdbcClient, UUID, Vocabulary> vocabularies;
    private final Supplier<String> publicUrl;

    /** One that reads each customer's vocabulary there, and links to where people reach this instance. */
    public Composer(BiFunction<JdbcClient, UUID, Vocabulary> vocabularies, Supplier<String> publicUrl) {
        this.vocabularies = vocabularies;
        this.publicUrl = publicUrl;
    }

    /** Where people reach this instance. */
    public String publicUrl() {
        return publicUrl.get();
    }

    /**
     * A notice, and of its elements those that the reader hears of.
     *
     * @param elements empty where it is about none
     */
    public record Heard(Given given, List<UUID> elements) {}

    /** What all of these say, in their order, to a reader of that reach. */
    public List<Message.News> news(
            JdbcClient db, UUID customer, Scope.Grant reader, Locale language, Collection<Heard> heard) {
        Vocabulary vocabulary = vocabularies.apply(db, customer);
        Set<UUID> elements = new HashSet<>();
        for (Heard one : heard) {
            elements.addAll(one.elements());
            elements.addAll(diverging(one.given().notice()));
        }
        Known known = Known.of(db, customer, elements);
        Map<Long, Behind> behind = behind(db, customer, heard);
        Map<Long, Long> recorded = recorded(db, customer, heard);
        Map<UUID, Divergence> divergences = divergences(db, customer, heard);
        List<Message.News> news = new ArrayList<>();
        for (Heard one : heard) {
            Notice notice = one.given().notice();
            List<Message.Subject> subjects = known.cards(one.elements()).stream()
                    .map(card -> new Message.Subject(card.id(), card.name()))
                    .toList();
            Long counted = recorded.get(one.given().no());
            List<String> sentences = counted == null
                    ? sentences(one, divergences, vocabulary, reader, known, language)
                    : List.of(recorded(notice, counted).in(language));
            Behind testimony = isOfTestimony(notice) ? behind.get(notice.seq()) : null;
            news.add(new Message.News(
                    one.given().no(),
                    notice.type().word(),
                    notice.severity().word(),
                    one.given().at(),
                    sentences.getFirst(),
                    sentences.subList(1, sentences.size()),
                    subjects,
                    link(notice, subjects),
                    testimony != null && testimony.isFor(reader, one) ? testimony.id() : null,
                    testimony == null ? null : testimony.witness()));
        }
        return news;
    }

    /** A testimony, who gave it, and of which element, if of one. */
    private record Behind(UUID id, String witness, @Nullable UUID element) {
        /** The last of many may be about what the reader does not read: only one of what is heard of is named. */
        boolean isFor(Scope.Grant reader, Heard heard) {
            return reader.isWhole()
                    || (element == null
                            ? heard.given().notice().body().has("infrastructure")
                            : heard.elements().contains(element));
        }
    }

    /** Of whole infrastructures' divergences, the elements. */
    private static List<UUID> diverging(Notice notice) {
        return notice.body()
                .path("divergences")
                .valueStream()
                .filter(turned -> turned.has("element"))
                .map(turned -> UUID.fromString(text(turned, "element")))
                .toList();
    }

    /** How many of the testimonies that were recorded together are about the elements that are heard of, by number. */
    private static Map<Long, Long> recorded(JdbcClient db, UUID customer, Collection<Heard> heard) {
        Arrays asked = new Arrays("bigint", "bigint", "bigint", "text");
        for (Heard one : heard)
            if (one.given().notice().type() == Notice.Type.TESTIMONY_RECORDED
                    && !one.elements().isEmpty())
                asked.row(
                        one.given().no(),
                        one.given().notice().body().path("from").longValue(),
                        one.given().notice().body().path("to").longValue(),
                        one.elements().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")));
        Map<Long, Long> recorded = new HashMap<>();
        if (asked.isEmpty()) return recorded;
        asked.bind(db, """
                        select q.no, count(*) from (select ?::uuid as customer) as mine,
                            unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[]) as q (no, first, last, elements),
                            lateral (select coalesce(e.merged_into, e.element_id) as element from assignment a
                                join element e on e.customer_id = a.customer_id and e.element_id = a.element_id
                                where a.customer_id = mine.customer and a.seq between q.first and q.last) as told
                        where told.element = any(q.elements::uuid[]) group by q.no""", customer).query(row -> {
            recorded.put(row.getLong("no"), row.getLong("count"));
        });
        return recorded;
    }

    private static Sentence recorded(Notice notice, @Nullable Long counted) {
        long from = notice.body().path("from").asLong(0);
        long count = counted == null ? notice.body().path("to").asLong(from) - from + 1 : counted;
        return count == 1 ? said(notice, "one") : said(notice, "many", count);
    }

    /** The testimony and the witness behind each. */
    private static Map<Long, Behind> behind(JdbcClient db, UUID customer, Collection<Heard> heard) {
        Map<Long, Behind> behind = new HashMap<>();
        db.sql("""
                        select t.seq, t.id, w.name, coalesce(e.merged_into, e.element_id) as element from testimony t
                        join witness w on w.customer_id = t.customer_id and w.actor_id = t.witness_id
                        left join assignment a on a.customer_id = t.customer_id and a.seq = t.seq
                        left join element e on e.customer_id = a.customer_id and e.element_id = a.element_id
                        where t.customer_id = ? and t.seq = any(?)""")
                .param(1, customer)
                .param(
                        2,
                        Arrays.of(
                                "bigint",
                                heard.stream()
                                        .map(one -> one.given().notice().seq())
                                        .distinct()
                                        .toList()))
                .query(row -> {
                    behind.put(
                            row.getLong("seq"),
                            new Behind(
                                    row.getObject("id", UUID.class),
                                    row.getString("name"),
                                    row.getObject("element", UUID.class)));
                });
        return behind;
    }

    private static Map<UUID, Divergence> divergences(JdbcClient db, UUID customer, Collection<Heard> heard) {
        List<UUID> ids = heard.stream()
                .flatMap(one -> one.given().notice().body().path("divergences").valueStream())
                .map(turned -> UUID.fromString(turned.get("id").stringValue()))
                .toList();
        return Divergences.withIds(db, customer, ids);
    }

    /** What time alone brought about has no testimony behind it. */
    private static boolean isOfTestimony(Notice notice) {
        return switch (notice.type()) {
            case DEADLINE_NEAR, DEADLINE_PASSED, TOKEN_EXPIRING, DISPATCH_ENDPOINT_DISABLED -> false;
            case TESTIMONY_RECORDED,
                    ELEMENT_STATUS_CHANGED,
                    DIVERGENCE_OPENED,
                    DIVERGENCE_WORSENED,
                    DIVERGENCE_RESOLVED,
                    CONTRADICTION_OPENED,
                    CONTRADICTION_RESOLVED,
                    KNOWLEDGE_LATE,
                    KNOWLEDGE_STALE,
                    KNOWLEDGE_REFRESHED,
                    MONITORING_STATE_CHANGED,
                    DEPLOYMENT_REPORTED,
                    DEPLOYMENT_FAILED,
                    INCIDENT_OPENED,
                    INCIDENT_RESOLVED,
                    DELIVERY_RECEIVED,
                    DELIVERY_ACCEPTED,
                    DELIVERY_REFUSED,
                    PROJECT_REQUESTED,
                    PROJECT_MESSAGE,
                    PROJECT_APPROVED,
                    PROJECT_PROGRESSED,
                    MANDATE_CHANGED -> true;
        };
    }

    private String link(Notice notice, List<Message.Subject> subjects) {
        if (notice.type() == Notice.Type.DELIVERY_RECEIVED && !subjects.isEmpty())
            return publicUrl.get() + "/ui/deliveries/" + subjects.getFirst().id();
        return subjects.size() == 1
                ? publicUrl.get() + "/ui/elements/" + subjects.getFirst().id()
                : publicUrl.get() + "/ui";
    }

    /** One sentence, and one more for each of several divergences. */
    private static List<String> sentences(
            Heard heard,
            Map<UUID, Divergence> divergences,
            Vocabulary vocabulary,
            Scope.Grant reader,
            Known known,
            Locale language) {
        Notice notice = heard.given().notice();
        List<String> sentences = new ArrayList<>();
        for (JsonNode turned : notice.body().path("divergences")) {
            Divergence divergence =
                    divergences.get(UUID.fromString(turned.get("id").stringValue()));
            if (divergence != null && isRead(turned, reader, known))
                sentences.add(
                        Divergences.sentence(divergence, vocabulary, reader).in(language));
        }
        if (sentences.size() > 1)
            sentences.addFirst(said(notice, "many", sentences.size()).in(language));
        else if (sentences.size() == 1)
            sentences.set(0, said(notice, "one", sentences.getFirst()).in(language));
        else sentences.addAll(plain(notice, heard.elements(), language));
        return sentences;
    }

    /** What was of an infrastructure when that was told may have gone elsewhere since. */
    private static boolean isRead(JsonNode turned, Scope.Grant reader, Known known) {
        return !turned.has("element")
                || reader.isWhole()
                || known.cards(List.of(UUID.fromString(text(turned, "element")))).stream()
                        .anyMatch(card -> card.isWithin(reader));
    }

    /** Of deadlines one sentence each, and of no element that is not heard of. */
    private static List<String> plain(Notice notice, List<UUID> heard, Locale language) {
        List<String> deadlines = notice.body()
                .path("deadlines")
                .valueStream()
                .filter(one -> !one.has("element") || heard.contains(UUID.fromString(text(one, "element"))))
                .map(one -> said(
                                notice, "of", deadline(text(one, "what")), text(one, "name"), new Day(one.path("date")))
                        .in(language))
                .toList();
        if (deadlines.isEmpty()) return List.of(sentence(notice).in(language));
        if (deadlines.size() == 1) return deadlines;
        List<String> all = new ArrayList<>(deadlines);
        all.addFirst(said(notice, "many", deadlines.size()).in(language));
        return all;
    }

    private static Sentence said(Notice notice, String form, Object... arguments) {
        return Sentence.of(SAID, notice.type().word() + "." + form, arguments);
    }

    private static Sentence sentence(Notice notice) {
        JsonNode body = notice.body();
        if (body.path("infrastructure").isString()
                && Sentence.exists(SAID, notice.type().word() + ".all"))
            return said(notice, "all", text(body, "infrastructure"));
        return switch (notice.type()) {
            case TESTIMONY_RECORDED -> recorded(notice, null);
            case ELEMENT_STATUS_CHANGED ->
                body.path("before").isString()
                        ? said(notice, "now", word("status", body, "now"), word("status", body, "before"))
                        : said(notice, "new", word("status", body, "now"));
            case DIVERGENCE_OPENED,
                    DIVERGENCE_WORSENED,
                    DIVERGENCE_RESOLVED,
                    CONTRADICTION_OPENED,
                    CONTRADICTION_RESOLVED -> said(notice, "gone");
            case KNOWLEDGE_LATE, KNOWLEDGE_STALE ->
                said(notice, "of", text(body, "witness"), new Day(body.path("last")), text(body, "source"));
            case KNOWLEDGE_REFRESHED -> said(notice, "of", text(body, "witness"));
            case MONITORING_STATE_CHANGED -> said(notice, "now", word("state", body, "state"));
            case DEPLOYMENT_REPORTED,
                    DEPLOYMENT_FAILED,
                    INCIDENT_OPENED,
                    INCIDENT_RESOLVED,
                    DELIVERY_RECEIVED,
                    DELIVERY_ACCEPTED,
                    DELIVERY_REFUSED,
                    MANDATE_CHANGED -> said(notice, "now");
            case PROJECT_REQUESTED, PROJECT_MESSAGE, PROJECT_APPROVED -> said(notice, "now", text(body, "name"));
            case PROJECT_PROGRESSED -> said(notice, "now", text(body, "name"), word("status", body, "now"));
            case DEADLINE_NEAR, DEADLINE_PASSED -> said(notice, "many", 0);
            case TOKEN_EXPIRING -> said(notice, "now", text(body, "label"), new Day(body.path("expiresAt")));
            case DISPATCH_ENDPOINT_DISABLED -> said(notice, "now", text(body, "label"), text(body, "channel"));
        };
    }

    private static String text(JsonNode body, String member) {
        return body.path(member).asString("?");
    }

    private static Object word(String family, JsonNode body, String member) {
        String word = text(body, member);
        String key = family + "." + word;
        return Sentence.exists(SAID, key) ? Sentence.of(SAID, key) : word;
    }

    /** The day of an instant or a date, as a person of that language reads it. */
    private record Day(JsonNode told) implements Sayable {
        private static final String ISO = "uuuu-MM-dd";
        private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("d MMMM uuuu");

        @Override
        public String in(Locale language) {
            String text = told.asString("?");
            return text.length() < ISO.length()
                    ? text
                    : LocalDate.parse(text.substring(0, ISO.length())).format(WRITTEN.withLocale(language));
        }
    }

    /** What a test says, which no notice is behind. */
    Message.News test(Locale language, Instant now) {
        return new Message.News(
                0,
                "subscription.test",
                Notice.Severity.INFO.word(),
                now,
                Sentence.of(SAID, "test.now").in(language),
                List.of(),
                List.of(),
                publicUrl.get() + "/ui",
                null,
                null);
    }

    /** What a receiver is asked who has yet to agree; its link leads to where that is done. */
    Message.News question(Envelope envelope, String owner, Instant now) {
        Locale language = envelope.subscription().language();
        Day last = new Day(Json.text(now.plus(Subscription.OPEN).toString()));
        return new Message.News(
                0,
                "subscription.question",
                Notice.Severity.INFO.word(),
                now,
                Sentence.of(SAID, "question.now", owner, envelope.customer().name())
                        .in(language),
                List.of(Sentence.of(SAID, "question.how", last).in(language)),
                List.of(),
                envelope.confirmation(),
                null,
                null);
    }

    /** Why somebody is asked. */
    static String whyAsked(Locale language) {
        return Sentence.of(SAID, "why.asked").in(language);
    }

    /** What a deadline is called. */
    public static Sentence deadline(String what) {
        return Sentence.of(SAID, "deadline." + what);
    }

    /** Why the subscriber gets this. */
    public static String why(Subscription subscription, String customer, Locale language) {
        String notices = subscription.notices().isEmpty()
                ? Sentence.of(SAID, "why.all").in(language)
                : subscription.notices().stream()
                        .map(Notice.Type::word)
                        .sorted()
                        .collect(Collectors.joining(", "));
        String key = subscription.usual() == null ? "why.made" : "why.usual";
        return Sentence.of(SAID, key, subscription.label(), customer, notices).in(language);
    }
}
