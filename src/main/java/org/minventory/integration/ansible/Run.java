package org.minventory.integration.ansible;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.testimony.Secrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One run of a playbook, as far as it is kept: per host its tallies and which tasks failed, and what was declared. */
final class Run {
    private static final String FAILED = "failed";

    private static final String UNREACHABLE = "unreachable";
    private static final String PARTIAL = "partial";
    private static final String TRIAL = "check";
    private static final String CHANGED = "changed";
    private static final String OK = "ok";

    private static final int LONGEST_WORD = 200;
    private static final int LONGEST_MESSAGE = 1_000;
    private static final int FAILURES_OF_A_HOST = 10;
    private static final List<String> TALLIES =
            List.of(OK, CHANGED, "failures", UNREACHABLE, "skipped", "rescued", "ignored");

    private @Nullable String id;
    private @Nullable String playbook;
    private @Nullable Instant end;
    private final SequencedSet<String> partial = new LinkedHashSet<>();
    private final SequencedMap<String, ObjectNode> tallies = new LinkedHashMap<>();
    private final Map<String, Failures> failures = new LinkedHashMap<>();
    private final SequencedMap<String, JsonNode> declared = new LinkedHashMap<>();

    /** The last tasks of a host that failed, and how many there were before them. */
    private static final class Failures {
        private final Deque<ObjectNode> last = new ArrayDeque<>();
        private int more;

        void add(ObjectNode failure) {
            last.addLast(failure);
            if (last.size() <= FAILURES_OF_A_HOST) return;
            last.removeFirst();
            more++;
        }
    }

    // ---- what is read -----------------------------------------------------------------------------------------------

    /** A play began: the first one names the run, the last one ends it. */
    void play(JsonNode play, @Nullable Instant ended) {
        if (id == null) id = word(play.path("id").asString(""));
        if (playbook == null) playbook = shortened(play.path("path").asString(""), LONGEST_WORD);
        if (ended != null && (end == null || ended.isAfter(end))) end = ended;
    }

    /** The run is called so, whatever its plays are called; false for what could be no name. */
    boolean called(String told) {
        String word = word(told);
        if (word != null) id = word;
        return word != null;
    }

    /** Nothing was changed: it was only tried out. */
    void trial() {
        partial(TRIAL);
    }

    /** Not everything was run, or it was only tried out. */
    void partial(String why) {
        String word = word(why);
        if (word != null && partial.size() < 10) partial.add(word);
    }

    void tallies(String host, JsonNode counted) {
        ObjectNode kept = Json.object();
        for (String one : TALLIES) kept.put(one, Math.max(0, counted.path(one).asLong(0)));
        tallies.put(host, kept);
    }

    void failure(String host, JsonNode task, boolean unreachable, @Nullable String message) {
        ObjectNode failure = Json.object();
        failure.put("task", shortened(task.path("name").asString(""), LONGEST_WORD));
        failure.put("path", shortened(task.path("path").asString(""), LONGEST_WORD));
        failure.put("state", unreachable ? UNREACHABLE : FAILED);
        if (message != null) failure.put("message", message);
        failures.computeIfAbsent(host, h -> new Failures()).add(failure);
    }

    /** The playbook declares facts of an element; what it says of it later stands beside or replaces that. */
    void declared(String element, JsonNode facts) {
        JsonNode before = declared.get(element);
        if (before instanceof ObjectNode object && facts instanceof ObjectNode more) object.setAll(more);
        else declared.put(element, facts);
    }

    // ---- what it says -----------------------------------------------------------------------------------------------

    /** A stable name of the run, or null where the document gives it none. */
    @Nullable
    String id() {
        return id;
    }

    @Nullable
    Instant end() {
        return end;
    }

    /** The hosts that took part, in the order of the document. */
    SequencedSet<String> hosts() {
        return new LinkedHashSet<>(tallies.keySet());
    }

    /** Element, as the playbook names it, → what it declares of it; in a trial it declares what would have been. */
    SequencedMap<String, JsonNode> declared() {
        return partial.contains(TRIAL) ? new LinkedHashMap<>() : declared;
    }

    boolean isPartial() {
        return !partial.isEmpty();
    }

    /**
     * How a host's part ended. What failed and was ignored or rescued did not fail. A part of a deployment says so where it
     * would say that all is well.
     */
    String result(String host) {
        if (count(host, "failures") > 0) return FAILED;
        if (count(host, UNREACHABLE) > 0) return UNREACHABLE;
        if (isPartial()) return PARTIAL;
        return count(host, CHANGED) > 0 ? CHANGED : OK;
    }

    private long count(String host, String tally) {
        return tallies.getOrDefault(host, Json.object()).path(tally).asLong(0);
    }

    /** What is kept beside the testimony of one of them: never whole results, which are large and hold secrets. */
    ObjectNode document(String host) {
        ObjectNode document = Json.object().put("host", host);
        if (id != null) document.put("run", id);
        if (playbook != null) document.put("playbook", playbook);
        if (end != null) document.put("ended", end.toString());
        if (isPartial()) partial.forEach(document.putArray(PARTIAL)::add);
        ObjectNode counted = tallies.get(host);
        if (counted != null) document.set("stats", counted);
        Failures failed = failures.get(host);
        if (failed == null) return document;
        ArrayNode list = document.putArray(FAILED);
        failed.last.forEach(list::add);
        if (failed.more > 0) document.put("failedBefore", failed.more);
        return document;
    }

    /** One line that may be kept as a name; null for anything else. */
    private static @Nullable String word(String told) {
        String word = told.strip();
        boolean fits = !word.isEmpty()
                && word.length() <= LONGEST_WORD
                && word.chars().noneMatch(Character::isISOControl)
                && Secrets.inText(word).isEmpty();
        return fits ? word : null;
    }

    /** The beginning of what a failed task says. */
    static String message(String told) {
        return shortened(told, LONGEST_MESSAGE);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
