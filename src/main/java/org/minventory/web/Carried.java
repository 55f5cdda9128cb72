package org.minventory.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that the jar carries and a door hands out as they are. */
public final class Carried {

    private Carried() {}

    /**
     * The bytes of a file.
     *
     * @param door the class beside which it lies; a name that begins with a slash counts from the top of the jar
     * @throws IllegalStateException where the jar lacks it, so that the start fails and not a request
     */
    public static byte[] file(Class<?> door, String name) {
        try (InputStream in = door.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("The jar lacks " + name);
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
