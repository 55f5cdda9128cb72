package org.minventory.project;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where something stands in a list whose latest news come first: by when it changed, then by id. */
public record Place(Instant changedAt, UUID id) {
    /** After every id there is. */
    private static final UUID LAST = new UUID(-1, -1);

    /** The instant before which a page lists, as PostgreSQL reads it; every instant where nothing was listed yet. */
    static String before(@Nullable Place place) {
        return place == null ? "infinity" : place.changedAt.toString();
    }

    /** Among those of that instant, the id before which it lists. */
    static UUID beforeId(@Nullable Place place) {
        return place == null ? LAST : place.id;
    }
}
