package org.minventory.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.element.Attribute;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Index;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Utterance;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;

/**
 * Elements as a table for spreadsheets: what lists know, when anybody was last heard, and the best known value of every
 * attribute declared searchable. Values are those of the API (bytes, bit/s, RFC 3339), not their display.
 */
public final class ElementTable {
    private static final List<String> ALWAYS = List.of(
            "customer",
            "id",
            "name",
            "type",
            "status",
            "infrastructure",
            "project",
            "provider",
            "site",
            "tags",
            "divergences",
            "lastHeardAt");

    private final Reach reach;
    private final List<String> columns;

    /** @param wanted which columns the reader wants */
    public ElementTable(Reach reach, Predicate<String> wanted) {
        this.reach = reach;
        Set<String> all = new LinkedHashSet<>(ALWAYS);
        for (Vocabulary vocabulary : reach.vocabularies())
            for (Attribute attribute : vocabulary.attributes())
                if (attribute.searchable() && !attribute.name().startsWith("*")) all.add(attribute.name());
        this.columns = all.stream().filter(wanted).toList();
    }

    public List<String> columns() {
        return columns;
    }

    /** The cells of an element, as known at an instant. */
    public List<@Nullable String> row(Inventory.Row row, Instant at) {
        List<@Nullable String> cells = new ArrayList<>(columns.size());
        for (String column : columns) cells.add(cell(row, column, at));
        return cells;
    }

    private @Nullable String cell(Inventory.Row row, String column, Instant at) {
        return switch (column) {
            case "customer" -> reach.slug(row.customer());
            case "id" -> row.element().toString();
            case "name" -> row.name();
            case "type" -> row.type();
            case "status" -> row.status();
            case "infrastructure" -> row.infrastructure();
            case "project" -> row.project();
            case "provider" -> row.provider();
            case "site" -> row.site();
            case "tags" -> String.join(" ", row.tags());
            case "divergences" -> Integer.toString(row.divergences());
            case "lastHeardAt" -> lastHeard(row.picture());
            default -> text(Index.bestKnown(row.picture(), column, reach.vocabulary(row.customer()), at));
        };
    }

    private static @Nullable String lastHeard(Picture picture) {
        Instant last = null;
        for (Stance stance : Stance.values()) {
            Utterance heard = picture.lastHeard(stance);
            if (heard != null && (last == null || heard.lastAt().isAfter(last))) last = heard.lastAt();
        }
        return last == null ? null : last.toString();
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        if (value == null || value.isNull()) return null;
        if (!value.isContainer()) return value.asString();
        boolean plain = value.isArray();
        for (JsonNode item : value) plain &= !item.isContainer();
        if (!plain) return Json.canonicalText(value);
        List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(item.asString()));
        return String.join(" ", items);
    }
}
