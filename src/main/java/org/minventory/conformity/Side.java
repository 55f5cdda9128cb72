package org.minventory.conformity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;
import org.minventory.element.Vocabulary;
import tools.jackson.databind.JsonNode;

/**
 * One side of a comparison.
 *
 * @param value normalised
 * @param told as it was told, where known: a disk told "256 GB" has a second reading that its bytes no longer show
 */
public record Side(JsonNode value, @Nullable JsonNode told) {

    public Side(JsonNode value) {
        this(value, null);
    }

    /** What the value may mean: as it is kept first, then with decimal prefixes of disks read as binary ones. */
    List<JsonNode> readings(Attribute attribute) {
        @Nullable JsonNode second = told == null ? null : Vocabulary.secondReading(attribute, told);
        return second == null ? List.of(value) : List.of(value, second);
    }
}
