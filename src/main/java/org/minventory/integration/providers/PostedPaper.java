package org.minventory.integration.providers;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Refusal;

/**
 * A paper in the order in which it was posted, or why a document is none.
 *
 * @param scrubbed pointers into its document to what was taken out; told with the document's first paper
 */
record PostedPaper(@Nullable Paper paper, @Nullable Refusal why, List<String> scrubbed) {

    static PostedPaper read(Paper paper, List<String> scrubbed) {
        return new PostedPaper(paper, null, List.copyOf(scrubbed));
    }

    static PostedPaper refused(Refusal why) {
        return new PostedPaper(null, why, List.of());
    }

    /** Why it is none. */
    Refusal refusal() {
        return Objects.requireNonNull(why, "refused");
    }
}
