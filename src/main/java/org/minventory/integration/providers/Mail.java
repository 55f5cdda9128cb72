package org.minventory.integration.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.minventory.base.Json;
import org.minventory.base.Refusal;
import org.minventory.survey.Mending;
import org.minventory.survey.Unreadable;
import org.minventory.survey.UnreadableDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was posted: one document, a list of them, the list under the name that a provider gives it, or documents under
 * names of somebody's choice. One that cannot be read never costs the others.
 */
final class Mail {
    /** Under which providers list what they were asked for. */
    private static final Set<String> LISTS = Set.of("servers", "transactions", "services", "orders");

    private final Provider provider;
    private final List<PostedPaper> posted = new ArrayList<>();

    Mail(Provider provider) {
        this.provider = provider;
    }

    /**
     * The papers of all documents, in their order.
     *
     * @throws Refusal where there is one document, and it is none of this provider's
     */
    List<PostedPaper> read(JsonNode told) {
        JsonNode mended = Mending.mend(told);
        if (mended.isArray()) {
            if (mended.isEmpty()) throw unreadable("");
            readAll(mended, "");
        } else if (!readDocument(mended, "") && !readMap(mended)) {
            throw unreadable("");
        }
        return posted;
    }

    private void readAll(JsonNode documents, String pointer) {
        for (int i = 0; i < documents.size(); i++) readOrRefuse(documents.get(i), pointer + "/" + i);
    }

    private void readOrRefuse(JsonNode document, String pointer) {
        if (!readDocument(document, pointer)) posted.add(PostedPaper.refused(unreadable(pointer)));
    }

    /** Whether any of the values is a document; then those that are not are refused in their place. */
    private boolean readMap(JsonNode map) {
        if (!map.isObject()) return false;
        for (var member : map.properties())
            if (LISTS.contains(member.getKey())
                    && member.getValue().isArray()
                    && !member.getValue().isEmpty()) {
                readAll(member.getValue(), "/" + member.getKey());
                return true;
            }
        List<PostedPaper> before = List.copyOf(posted);
        boolean any = false;
        for (var member : map.properties()) {
            String pointer = "/" + Json.escape(member.getKey());
            boolean read = readDocument(member.getValue(), pointer);
            any |= read;
            if (!read) posted.add(PostedPaper.refused(unreadable(pointer)));
        }
        if (!any) {
            posted.clear();
            posted.addAll(before);
        }
        return any;
    }

    private boolean readDocument(JsonNode told, String pointer) {
        if (!told.isObject()) return false;
        Discretion.Kept kept = Discretion.scrub(told);
        List<Paper> papers = provider.reader().read((ObjectNode) kept.document());
        List<String> scrubbed =
                kept.scrubbed().stream().map(place -> pointer + place).toList();
        for (int i = 0; i < papers.size(); i++)
            posted.add(PostedPaper.read(papers.get(i), i == 0 ? scrubbed : List.of()));
        return !papers.isEmpty();
    }

    private Refusal unreadable(String pointer) {
        return new UnreadableDocument(
                        pointer, Unreadable.Reason.NOT_FROM_THIS_TOOL, provider.label(), provider.expected())
                .refusal();
    }
}
