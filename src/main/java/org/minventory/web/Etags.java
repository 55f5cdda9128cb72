package org.minventory.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Scope.Grant;
import org.minventory.base.Tx;

/**
 * Tags by which a reader asks for news: a hash of the program's version, the representation, the language, what was asked
 * for, what the reader reaches, and the version of each customer in reach. No news costs one tiny query.
 */
public final class Etags {
    private final Tx tx;
    private final String program;

    /** @param program the version of the program: a newer one may say the same in another way */
    public Etags(Tx tx, String program) {
        this.tx = tx;
        this.program = program;
    }

    /**
     * Does the work unless the reader has its outcome already. The tag and the answer are read at the same moment.
     *
     * @param representation format and whatever else chooses between answers to the same request
     * @param more what the answer depends on besides the customers' versions, the hour of a freshness for instance
     */
    public Answer unlessKnown(Asked asked, String representation, Supplier<Answer> work, Object... more) {
        return read(
                asked,
                () -> unlessHeld(asked, tag(asked, asked.path() + "?" + asked.query(), representation, more), work));
    }

    private Answer read(Asked asked, Supplier<Answer> work) {
        return asked.scope().grants().isEmpty() ? work.get() : tx.read(asked.scope(), db -> work.get());
    }

    /** Tags an answer by its own bytes, where no customer's version tells whether it changed: tokens, teams, mandates. */
    public Answer byContent(Asked asked, Answer answer) {
        MessageDigest digest = start(asked, answer.headers().toString());
        digest.update(answer.bytes());
        return unlessHeld(asked, finish(digest), () -> answer);
    }

    /** Tags what everybody reads alike, by its own bytes. */
    public Answer ofEverybody(Asked asked, Answer answer) {
        MessageDigest digest = Ids.sha256();
        add(digest, answer.headers().toString());
        digest.update(answer.bytes());
        return unlessHeld(asked, finish(digest), () -> answer);
    }

    /** The tag of what stands now as this reader reads it in that language, where the content itself is known. */
    public String ofContent(Asked asked, Locale language, byte[] content) {
        MessageDigest digest = start(asked, "content", language);
        digest.update(content);
        return finish(digest);
    }

    /** Does the work unless the reader holds what bears that tag; for who holds anything, after it was found to exist. */
    public Answer unlessHeld(Asked asked, String tag, Supplier<Answer> work) {
        String held = asked.header("If-None-Match");
        if (!isAny(held) && matches(held, tag)) return Answer.notModified(tag);
        Answer answer = work.get();
        return isAny(held) ? Answer.notModified(tag) : answer.etag(tag);
    }

    /**
     * Demands that an edit says what it was decided on.
     *
     * @throws Refusal {@link Problem#PRECONDITION_NEEDED} without If-Match
     */
    public void requireBasis(Asked asked) {
        if (asked.header("If-Match") == null) throw Refusal.of(Problem.PRECONDITION_NEEDED);
    }

    /** Whether what stands now, under any of these tags, is what the caller decided on. */
    public boolean isBasis(Asked asked, Collection<String> tags) {
        return tags.stream().anyMatch(tag -> matches(asked.header("If-Match"), tag));
    }

    /**
     * Demands that an edit was decided on what stands now.
     *
     * @param path of what was read, whose tag the caller sends
     * @throws Refusal {@link Problem#PRECONDITION_NEEDED} without If-Match, {@link Problem#CHANGED_MEANWHILE}
     */
    public void requireMatch(Asked asked, String path, String representation) {
        requireMatch(asked, tag(asked, path + "?", representation));
    }

    /** The same for a tag worked out by other means. */
    public void requireMatch(Asked asked, String current) {
        String told = asked.header("If-Match");
        if (told == null) throw Refusal.of(Problem.PRECONDITION_NEEDED);
        if (!matches(told, current)) throw Refusal.of(Problem.CHANGED_MEANWHILE);
    }

    private String tag(Asked asked, String request, String representation, Object... more) {
        MessageDigest digest = start(asked, representation);
        add(digest, request);
        add(digest, Arrays.toString(more));
        for (String version : versions(asked.scope())) add(digest, version);
        return finish(digest);
    }

    private MessageDigest start(Asked asked, String representation) {
        return start(asked, representation, asked.language());
    }

    private MessageDigest start(Asked asked, String representation, Locale language) {
        MessageDigest digest = Ids.sha256();
        add(digest, program);
        add(digest, representation);
        add(digest, language.getLanguage());
        add(digest, asked.caller().role() + " " + new TreeSet<>(asked.caller().tokenScopes()));
        asked.scope().grants().stream()
                .sorted(Comparator.comparing(Grant::customer))
                .forEach(grant ->
                        add(digest, grant.customer() + sorted(grant.infrastructures()) + sorted(grant.elements())));
        return digest;
    }

    private static String sorted(java.util.@Nullable Set<String> names) {
        return names == null ? "*" : new TreeSet<>(names).toString();
    }

    private List<String> versions(Scope scope) {
        if (scope.grants().isEmpty()) return List.of();
        return tx.read(scope, db -> db.sql("select customer_id, version from customer_head order by customer_id")
                .query((row, number) -> row.getString(1) + row.getLong(2))
                .list());
    }

    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static String finish(MessageDigest digest) {
        byte[] half = Arrays.copyOf(digest.digest(), 16);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(half) + '"';
    }

    private static boolean isAny(@Nullable String header) {
        return header != null && header.strip().equals("*");
    }

    /** Weak tags are taken for strong ones: proxies that pack answers weaken them on the way. */
    private static boolean matches(@Nullable String header, String tag) {
        if (header == null) return false;
        if (isAny(header)) return true;
        for (String told : header.split(",", -1)) {
            String strong = told.strip();
            if (strong.startsWith("W/")) strong = strong.substring(2);
            if (strong.equals(tag)) return true;
        }
        return false;
    }
}
