package org.minventory.export;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Word;
import org.minventory.element.ElementType;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Freshness;
import org.minventory.knowledge.Index;
import org.minventory.knowledge.LastWords;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Step;
import org.minventory.knowledge.Utterance;
import org.minventory.party.Actors;
import org.minventory.testimony.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who can enter what, since when, and when that was last proven: the secure accesses of a customer, keys among them, its
 * domains, certificates and hostings, whatever else is declared to have a holder, and its inventory itself. What wants
 * looking at is flagged.
 */
public final class AccessReview {
    /** What wants looking at. */
    private enum Flag {
        NO_HOLDER,
        NEVER_PROVEN,
        PROOF_STALE,
        EXPIRED,
        /** The account, or a domain itself, is not the customer's own, but its ops's. */
        HELD_IN_THE_NAME_OF_THE_OPS,
        TO_REVOKE,
        REVOCATION_LATE
    }

    /** A type of which this is told is in the review. */
    private static final String HOLDER = "holder";

    /** Its holder is who owns it before the law: that it is entered by an account is another thing. */
    private static final String DOMAIN = "domain";

    private final Reach reach;
    private final Instant now;
    private final Map<UUID, Set<String>> namesOfOps = new HashMap<>();

    public AccessReview(JdbcClient db, Reach reach, Instant now) {
        this.reach = reach;
        this.now = now;
        db.sql("""
                        select m.customer_id, t.name, t.slug, a.name as person
                        from mandate m join ops_team t on t.ops_team_id = m.ops_team_id
                        left join actor a on a.ops_team_id = t.ops_team_id and a.customer_id is null
                        where m.customer_id = any(?) and m.state = 'active'""").param(Arrays.of(reach.scope().customers())).query(row -> {
            Set<String> names =
                    namesOfOps.computeIfAbsent(row.getObject("customer_id", UUID.class), c -> new HashSet<>());
            for (String column : List.of("name", "slug", "person")) {
                String name = row.getString(column);
                if (name != null) names.add(name.toLowerCase(Locale.ROOT));
            }
        });
    }

    /** The types that are reviewed: those that are declared to have a holder. */
    public static List<String> types(Reach reach) {
        return reach.vocabularies().stream()
                .flatMap(vocabulary -> vocabulary.types().stream())
                .filter(type -> type.attributes().contains(HOLDER))
                .map(ElementType::name)
                .distinct()
                .sorted()
                .toList();
    }

    /** One secure access, domain, certificate… */
    public ObjectNode access(Inventory.Row row) {
        Known known = new Known(row.picture(), reach.vocabulary(row.customer()), now);
        ObjectNode json = Json.object();
        json.put("customer", reach.slug(row.customer()));
        json.putObject("element")
                .put("id", row.element().toString())
                .put("name", row.name())
                .put("type", row.type())
                .put("status", row.status());
        for (String attribute : List.of("method", HOLDER, "account", "account.owner"))
            json.put(camel(attribute), known.text(attribute));
        ArrayNode opens = json.putArray("opens");
        for (String relation : List.of("assigned-to", "part-of", "runs-on"))
            known.names(relation).forEach(opens::add);
        Step first =
                row.picture().steps().isEmpty() ? null : row.picture().steps().getFirst();
        json.put("since", first == null ? null : first.at().toString());
        Utterance proof = lastProof(row.picture(), proving(row.picture(), known.vocabulary()));
        json.put("provenAt", proof == null ? null : proof.lastAt().toString());
        json.put("testimony", proof == null ? null : proof.id().toString());
        json.put("expires", known.text("expires"));
        json.put("revokeBy", known.text("revoke.by"));
        ArrayNode flags = json.putArray("flags");
        for (Flag flag : flags(row, known, proof)) flags.add(Word.of(flag));
        return json;
    }

    private static String camel(String attribute) {
        return attribute.equals("account.owner") ? "accountOwner" : attribute;
    }

    private List<Flag> flags(Inventory.Row row, Known known, @Nullable Utterance proof) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<Flag> flags = new ArrayList<>();
        if (known.text(HOLDER) == null) flags.add(Flag.NO_HOLDER);
        Kind proving = proving(row.picture(), known.vocabulary());
        Freshness freshness = proof == null
                ? Freshness.NEVER
                : Freshness.of(row.picture().rhythm(proving, known.vocabulary()), proof.lastAt(), now);
        if (freshness == Freshness.NEVER) flags.add(Flag.NEVER_PROVEN);
        if (freshness == Freshness.STALE) flags.add(Flag.PROOF_STALE);
        LocalDate expires = known.day("expires");
        if (expires != null && expires.isBefore(today)) flags.add(Flag.EXPIRED);
        boolean ops = isOfOps(row, known.text("account.owner"))
                || (row.type().equals(DOMAIN) && isOfOps(row, known.text(HOLDER)));
        if (ops) flags.add(Flag.HELD_IN_THE_NAME_OF_THE_OPS);
        LocalDate revoke = known.day("revoke.by");
        if (revoke != null) flags.add(revoke.isBefore(today) ? Flag.REVOCATION_LATE : Flag.TO_REVOKE);
        return flags;
    }

    private boolean isOfOps(Inventory.Row row, @Nullable String name) {
        return name != null
                && namesOfOps.getOrDefault(row.customer(), Set.of()).contains(name.toLowerCase(Locale.ROOT));
    }

    /** What proves that it is as it is told: a proof, or a survey of what is surveyed and never proven otherwise. */
    private static Kind proving(Picture picture, Vocabulary vocabulary) {
        boolean surveyed =
                picture.rhythm(Kind.PROOF, vocabulary) == null && picture.rhythm(Kind.SURVEY, vocabulary) != null;
        return surveyed ? Kind.SURVEY : Kind.PROOF;
    }

    private static @Nullable Utterance lastProof(Picture picture, Kind proving) {
        Utterance newest = null;
        for (LastWords words : picture.words()) {
            Utterance latest = words.latest();
            boolean surveyed = proving == Kind.SURVEY && latest != null && latest.kind() == Kind.SURVEY;
            Utterance proof = surveyed ? latest : words.proof();
            if (proof == null) continue;
            Utterance heard = words.asHeard(proof);
            if (newest == null || heard.isNewerThan(newest)) newest = heard;
        }
        return newest;
    }

    /** What is best known of an access. */
    private record Known(Picture picture, Vocabulary vocabulary, Instant now) {
        @Nullable
        String text(String attribute) {
            JsonNode value = Index.bestKnown(picture, attribute, vocabulary, now);
            return value == null || !value.isString() ? null : value.stringValue();
        }

        @Nullable
        LocalDate day(String attribute) {
            String told = text(attribute);
            return told == null ? null : LocalDate.parse(told);
        }

        List<String> names(String relation) {
            List<String> names = new ArrayList<>();
            JsonNode value = Index.bestKnown(picture, relation, vocabulary, now);
            if (value != null && value.isArray()) value.forEach(name -> names.add(name.asString("")));
            else if (value != null && value.isString()) names.add(value.stringValue());
            return names;
        }
    }

    /** Somebody who can enter the inventory itself. */
    public ObjectNode account(Actors.Entering entering) {
        return Json.object()
                .put("customer", reach.slug(entering.customer()))
                .put("witness", entering.actor().id().toString())
                .put("name", entering.actor().name())
                .put("role", entering.actor().role().word())
                .put("team", entering.team())
                .put("since", entering.actor().createdAt().toString())
                .put("tokens", entering.tokens())
                .put(
                        "lastUsedAt",
                        entering.lastUsedAt() == null
                                ? null
                                : entering.lastUsedAt().toString())
                .put(
                        "expiresAt",
                        entering.expiresAt() == null
                                ? null
                                : entering.expiresAt().toString());
    }
}
