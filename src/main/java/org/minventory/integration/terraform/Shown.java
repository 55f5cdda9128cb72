package org.minventory.integration.terraform;

import java.util.ArrayList;
import java.util.List;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import tools.jackson.databind.JsonNode;

/**
 * What {@code terraform show -json} prints: the resources of a state, or those that a plan leads to. Of all else in it,
 * outputs, variables, configuration, nothing is read.
 *
 * @param isPlan whether this is meant, and not there yet
 * @param resources of all modules; data sources are left out
 */
record Shown(boolean isPlan, List<JsonNode> resources) {
    private static final String SAID = "org.minventory.integration.terraform.said";
    private static final String MANAGED = "managed";

    /** @throws Refusal {@link Problem#UNREADABLE_DOCUMENT} for what is none, or of another format */
    static Shown read(JsonNode document) {
        refuseOthers(document);
        boolean isPlan = document.has("planned_values");
        List<JsonNode> resources = new ArrayList<>();
        gather(document.path(isPlan ? "planned_values" : "values").path("root_module"), resources);
        return new Shown(isPlan, resources);
    }

    private static void refuseOthers(JsonNode document) {
        JsonNode format = document.path("format_version");
        if (!format.isString() && document.has("lineage")) throw unreadable("raw-state");
        if (!format.isString()) throw unreadable("no-format");
        String version = format.stringValue();
        if (!version.equals("1") && !version.startsWith("1."))
            throw unreadable("other-format", version.substring(0, Math.min(20, version.length())));
    }

    /** A plan says nothing by a resource of which nothing is read. */
    static Refusal nothing(String type) {
        Sentence why = Sentence.of(SAID, "nothing-read", type.isEmpty() ? "?" : type);
        return Refusal.of(Problem.UNREADABLE_DOCUMENT, why);
    }

    private static Refusal unreadable(String sentence, Object... arguments) {
        Sentence why = Sentence.of(SAID, sentence, arguments);
        return Refusal.at(
                Problem.UNREADABLE_DOCUMENT, "/format_version", Sentence.of(Problem.UNREADABLE_DOCUMENT, why));
    }

    private static void gather(JsonNode module, List<JsonNode> resources) {
        for (JsonNode resource : module.path("resources"))
            if (resource.path("mode").asString(MANAGED).equals(MANAGED)) resources.add(resource);
        for (JsonNode child : module.path("child_modules")) gather(child, resources);
    }
}
