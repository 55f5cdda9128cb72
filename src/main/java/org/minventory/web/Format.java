package org.minventory.web;

import java.util.Arrays;
import java.util.List;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;

/** The formats of a list; the reader's {@code Accept} chooses among those that the list offers. */
public enum Format {
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    CSV("text/csv");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /**
     * The first that the reader accepts, by its weights; the first of all where it says nothing.
     *
     * @throws Refusal {@link Problem#NOT_ACCEPTABLE}
     */
    public static Format of(Asked asked, Format... offered) {
        List<String> types = Arrays.stream(offered).map(Format::mediaType).toList();
        return offered[types.indexOf(Accepted.of(asked, types))];
    }
}
