package org.minventory.export;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which testimonies of the record. Values of one filter are alternatives; filters add up.
 *
 * @param element name or id of the element they are attached to
 * @param infrastructures names of infrastructures: what was said of any as a whole, and of the elements in it
 * @param kinds words of kinds
 * @param witness name or id of who said it
 * @param since not witnessed before; {@code until}: not witnessed after
 * @param recordedSince not learnt before
 * @param withdrawn whether it was withdrawn; null for no matter
 * @param agreed whether acts about projects and orders are among them: they are for people
 * @param unattached whether it still waits for its element; null for no matter
 */
public record RecordSelection(
        @Nullable String element,
        List<String> infrastructures,
        List<String> kinds,
        @Nullable String witness,
        List<String> sources,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Instant recordedSince,
        @Nullable Boolean withdrawn,
        @Nullable Boolean unattached,
        boolean agreed) {
    /** Whether it asks for what became of testimonies, and not only for what they say. */
    public boolean asksWhatBecame() {
        return element != null || !infrastructures.isEmpty() || withdrawn != null || unattached != null;
    }

    /** All of it. */
    public static final RecordSelection EVERYTHING =
            new RecordSelection(null, List.of(), List.of(), null, List.of(), null, null, null, null, null, true);

    /** What waits to be attached. */
    public static final RecordSelection WAITING =
            new RecordSelection(null, List.of(), List.of(), null, List.of(), null, null, null, null, true, true);
}
