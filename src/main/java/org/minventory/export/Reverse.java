package org.minventory.export;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Index;
import tools.jackson.databind.JsonNode;

/**
 * The name by which an address is known the other way round (its PTR), as its holders tell it. A machine tells one name,
 * that of its primary address, or of its only one.
 */
public record Reverse(Vocabulary vocabulary, Instant now) {

    /** The name of an address, or null where no holder tells one. */
    public @Nullable String of(IpAddress address, List<Inventory.Row> holders) {
        for (Inventory.Row holder : holders) {
            JsonNode name = known(holder, "reverse");
            if (name != null && name.isString() && isPrimary(address, holder)) return name.stringValue();
        }
        return null;
    }

    private boolean isPrimary(IpAddress address, Inventory.Row holder) {
        JsonNode primary = known(holder, "address");
        if (primary != null) return address.equals(address(primary));
        JsonNode all = known(holder, "addresses");
        return all != null && all.size() == 1 && address.equals(address(all.get(0)));
    }

    private @Nullable JsonNode known(Inventory.Row holder, String attribute) {
        return Index.bestKnown(holder.picture(), attribute, vocabulary, now);
    }

    /** Without its prefix length. */
    private static @Nullable IpAddress address(JsonNode told) {
        String text = told.asString("");
        int slash = text.indexOf('/');
        return IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    }
}
