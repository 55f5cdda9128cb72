package org.minventory.web;

import java.util.List;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

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
        String accept = asked.header("Accept");
        if (accept == null || accept.isBlank()) return offered[0];
        for (MediaType wanted : accepted(accept))
            for (Format format : offered)
                if (wanted.getQualityValue() > 0 && wanted.includes(MediaType.valueOf(format.mediaType))) return format;
        throw Refusal.of(Problem.NOT_ACCEPTABLE);
    }

    private static List<MediaType> accepted(String accept) {
        try {
            List<MediaType> types = MediaType.parseMediaTypes(accept);
            MimeTypeUtils.sortBySpecificity(types);
            types.sort((one, other) -> Double.compare(other.getQualityValue(), one.getQualityValue()));
            return types;
        } catch (InvalidMediaTypeException unreadable) {
            throw Refusal.of(Problem.NOT_ACCEPTABLE);
        }
    }
}
