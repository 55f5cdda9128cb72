package org.minventory.web;

import java.util.List;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** The media type that a reader accepts of those that a route offers. */
public final class Accepted {
    private Accepted() {}

    /**
     * The first that the reader accepts, by its weights; the first of all where it says nothing.
     *
     * @throws Refusal {@link Problem#NOT_ACCEPTABLE}
     */
    public static String of(Asked asked, List<String> offered) {
        String accept = asked.header("Accept");
        if (accept == null || accept.isBlank()) return offered.getFirst();
        for (MediaType wanted : read(accept))
            for (String type : offered)
                if (wanted.getQualityValue() > 0 && wanted.includes(MediaType.valueOf(type))) return type;
        throw Refusal.of(Problem.NOT_ACCEPTABLE);
    }

    private static List<MediaType> read(String accept) {
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
