package org.minventory.integration.ansible;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.survey.Reading;
import org.minventory.survey.Survey;
import org.minventory.survey.Surveyed;
import org.minventory.survey.Unreadable;
import org.minventory.survey.UnreadableDocument;
import org.minventory.survey.Unsurveyed;
import org.minventory.testimony.Secrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what {@code ansible -m setup --tree DIR} writes. Understood are one file of it
 * ({@code {"ansible_facts": {…}, "changed": false}}), the facts alone as the {@code jsonfile} cache keeps them,
 * a list of either, and a map from host to either, also under one member {@code hosts}.
 *
 * <p>The environment and the kernel's command line hold secrets of every shape: both are taken out whole. The
 * rest is scrubbed before a single fact is read from it, so that no fact can carry what the document may not.
 */
public final class SetupFacts {

    private static final String TOOL = "ansible -m setup";
    private static final String EXPECTED = "{\"ansible_facts\": {…}}";

    /** Where the facts stand in a file of {@code --tree}. */
    private static final String FACTS = "ansible_facts";

    private static final int MOST_HOSTS = 10_000;

    private static final Map<String, Secrets.Reason> TAKEN_OUT_WHOLE = Map.of(
            "ansible_env", Secrets.Reason.ENVIRONMENT,
            "env", Secrets.Reason.ENVIRONMENT,
            "ansible_cmdline", Secrets.Reason.COMMAND_LINE,
            "cmdline", Secrets.Reason.COMMAND_LINE,
            "ansible_proc_cmdline", Secrets.Reason.COMMAND_LINE,
            "proc_cmdline", Secrets.Reason.COMMAND_LINE);

    private SetupFacts() {}

    /**
     * What each host's facts say, in the order of the document. A host that was unreachable, where the survey
     * failed, or whose part cannot be read is {@link Unsurveyed}, and loses none of the others.
     *
     * @param name the inventory name of the host of a document about one; null to take what the facts call it
     * @throws UnreadableDocument where no host at all can be made out
     */
    public static List<Survey> read(JsonNode document, @Nullable String name) {
        if (isOfOneHost(document)) {
            return List.of(host(name, document, ""));
        }
        List<Survey> surveys = new ArrayList<>();
        if (document.isArray()) {
            refuseTooMany(document);
            for (int index = 0; index < document.size(); index++) {
                surveys.add(host(document.size() == 1 ? name : null, document.get(index), "/" + index));
            }
        } else if (document.isObject()) {
            Map.Entry<String, JsonNode> hosts = hostsOf(document);
            refuseTooMany(hosts.getValue());
            for (Map.Entry<String, JsonNode> host : hosts.getValue().properties()) {
                String pointer = hosts.getKey() + "/" + Json.escape(host.getKey());
                surveys.add(host(host.getKey(), host.getValue(), pointer));
            }
        }
        if (surveys.stream().noneMatch(SetupFacts::isFromSetup)) {
            throw new UnreadableDocument("", Unreadable.Reason.NOT_FROM_THIS_TOOL, TOOL, EXPECTED);
        }
        return surveys;
    }

    private static void refuseTooMany(JsonNode hosts) {
        if (hosts.size() > MOST_HOSTS) {
            throw new UnreadableDocument(
                    "",
                    Unreadable.Reason.TOO_MANY,
                    "hosts",
                    Integer.toString(hosts.size()),
                    Integer.toString(MOST_HOSTS));
        }
    }

    /** Pointer and object of the map from host to facts. */
    private static Map.Entry<String, JsonNode> hostsOf(JsonNode document) {
        JsonNode hosts = document.path("hosts");
        boolean isWrapped = document.size() == 1 && hosts.isObject() && !isOfOneHost(hosts);
        return isWrapped ? Map.entry("/hosts", hosts) : Map.entry("", document);
    }

    static boolean isFromSetup(Survey survey) {
        return switch (survey) {
            case Surveyed surveyed -> true;
            case Unsurveyed unsurveyed -> unsurveyed.why().reason() != Unreadable.Reason.NOT_FROM_THIS_TOOL;
        };
    }

    /** Whether this member tells that the object which holds it speaks of one host, not of one host per member. */
    static boolean speaksOfOneHost(String member, JsonNode value) {
        return switch (member) {
            case FACTS -> true;
            case "unreachable", "failed" -> isTrue(value);
            case "module_setup" -> value.isBoolean();
            default -> isNamedByTool(member) && !isHost(value);
        };
    }

    /** Nothing in the document is what the tool writes. */
    static UnreadableDocument notFromThisTool() {
        return new UnreadableDocument("", Unreadable.Reason.NOT_FROM_THIS_TOOL, TOOL, EXPECTED);
    }

    private static boolean isOfOneHost(JsonNode document) {
        return document.isObject() && (document.has(FACTS) || isRefused(document) || looksLikeFacts(document));
    }

    /** The facts alone: all their names begin with the tool's, save two that say how they were gathered. */
    private static boolean looksLikeFacts(JsonNode document) {
        return document.path("module_setup").isBoolean()
                || document.properties().stream()
                        .anyMatch(member -> isNamedByTool(member.getKey()) && !isHost(member.getValue()));
    }

    static boolean isNamedByTool(String name) {
        return name.startsWith("ansible_");
    }

    /** A host may itself be called {@code ansible_something}: then it is the map that holds it. */
    static boolean isHost(JsonNode value) {
        return value.has(FACTS)
                || isRefused(value)
                || value.propertyNames().stream().anyMatch(SetupFacts::isNamedByTool);
    }

    private static boolean isRefused(JsonNode result) {
        return isTrue(result.path("unreachable")) || isTrue(result.path("failed"));
    }

    private static boolean isTrue(JsonNode flag) {
        return flag.isBoolean() && flag.booleanValue();
    }

    static Survey host(@Nullable String name, JsonNode told, String pointer) {
        Secrets.Scrubbed kept = withoutSecrets(told);
        if (!isOfOneHost(told)) {
            return unsurveyed(
                    name, kept, new Unreadable(pointer, Unreadable.Reason.NOT_FROM_THIS_TOOL, List.of(TOOL, EXPECTED)));
        }
        JsonNode result = kept.document();
        if (isRefused(result)) {
            Unreadable.Reason reason =
                    isTrue(result.path("unreachable")) ? Unreadable.Reason.UNREACHABLE : Unreadable.Reason.FAILED;
            return unsurveyed(name, kept, new Unreadable(pointer, reason, List.of("ansible", messageOf(result))));
        }
        boolean isWrapped = result.has(FACTS);
        JsonNode facts = isWrapped ? result.path(FACTS) : result;
        try {
            SetupHost host = new SetupHost(facts, isWrapped ? pointer + "/" + FACTS : pointer);
            SortedMap<String, JsonNode> found = host.facts();
            if (found.isEmpty()) {
                return unsurveyed(name, kept, new Unreadable(pointer, Unreadable.Reason.NOTHING_TOLD, List.of(TOOL)));
            }
            return new Surveyed(nameOr(name, host.name()), found, result, kept.pointers());
        } catch (UnreadableDocument refusal) {
            return unsurveyed(name, kept, refusal.why());
        }
    }

    private static Unsurveyed unsurveyed(@Nullable String name, Secrets.Scrubbed kept, Unreadable why) {
        return new Unsurveyed(nameOr(name, Optional.empty()), why, kept.document(), kept.pointers());
    }

    private static @Nullable String nameOr(@Nullable String told, Optional<String> found) {
        return told == null || told.isBlank() ? found.orElse(null) : told;
    }

    private static String messageOf(JsonNode result) {
        return Reading.excerpt(Reading.text(result.path("msg"))
                .or(() -> Reading.text(result.path("module_stderr")))
                .orElse(""));
    }

    private static Secrets.Scrubbed withoutSecrets(JsonNode told) {
        List<Secrets.Found> found = new ArrayList<>();
        JsonNode taken = takeOut(told, "", found);
        JsonNode facts = taken.path(FACTS);
        if (facts.isObject()) {
            taken = shallowCopy(taken).set(FACTS, takeOut(facts, "/" + FACTS, found));
        }
        Secrets.Scrubbed scrubbed = Secrets.scrub(taken);
        found.addAll(scrubbed.found());
        return new Secrets.Scrubbed(scrubbed.document(), found);
    }

    private static JsonNode takeOut(JsonNode facts, String pointer, List<Secrets.Found> found) {
        ObjectNode copy = null;
        for (String name : facts.propertyNames()) {
            Secrets.Reason reason = TAKEN_OUT_WHOLE.get(name);
            if (reason != null && !facts.path(name).isNull()) {
                copy = copy == null ? shallowCopy(facts) : copy;
                copy.set(name, reason.mark());
                found.add(new Secrets.Found(pointer + "/" + name, reason));
            }
        }
        return copy == null ? facts : copy;
    }

    private static ObjectNode shallowCopy(JsonNode object) {
        ObjectNode copy = Json.object();
        object.properties().forEach(member -> copy.set(member.getKey(), member.getValue()));
        return copy;
    }
}
