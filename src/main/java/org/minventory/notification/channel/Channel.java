package org.minventory.notification.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to say something. Adding one is a folder with its class and a line in {@code Channels}: its form, its
 * validation, its documentation and its place in the contract derive from {@link #fields}.
 */
public interface Channel {
    /** Its name in the API and in the database: {@code webhook}. */
    String word();

    /** What somebody has to say to be reached by it. */
    List<Field> fields();

    /**
     * Looks at settings that have the shape of its fields, before they are kept.
     *
     * @throws org.minventory.base.Refusal with the place, {@code /channel/<field>}, where they do not fit
     */
    void check(Settings settings);

    /** Whether people read it: what has gathered for them is said in one message rather than in many. */
    boolean isForPeople();

    /**
     * Whether its receiver is asked before anything else is sent, since nothing says that it is who subscribes.
     *
     * @param own the mail address of that account, or null
     */
    default boolean asksFirst(Settings settings, @Nullable String own) {
        return false;
    }

    /** The path at which what it keeps is read by whoever holds that secret, without signing in; null where there is none. */
    default @Nullable String address(String secret) {
        return null;
    }

    /** One that is sent to its receiver. */
    interface Sent extends Channel {
        /**
         * Sends one message, and waits for the answer no longer than its own limit. What goes wrong on the way is an
         * outcome, never an exception.
         */
        Outcome send(Message message, Settings settings);
    }

    /** One that keeps what there is to say until somebody comes and reads it. One that is neither tells of something else. */
    interface Kept extends Channel {}

    /**
     * One setting of a channel.
     *
     * @param secret kept sealed, shown to nobody again
     * @param made made by us where it is left out, and shown once
     */
    record Field(String name, Type type, boolean required, boolean secret, boolean made) {
        /** What can be written into it. */
        public enum Type {
            URL,
            EMAIL,
            TEXT
        }

        /** One that has to be given. */
        public static Field needed(String name, Type type) {
            return new Field(name, type, true, false, false);
        }

        /** One that has to be given and is not shown again. */
        public static Field secret(String name, Type type, boolean required) {
            return new Field(name, type, required, true, false);
        }

        /** One that may be given. */
        public static Field optional(String name, Type type) {
            return new Field(name, type, false, false, false);
        }

        /** A secret that we make, where nobody brings one. */
        public static Field made(String name) {
            return new Field(name, Type.TEXT, false, true, true);
        }
    }
}
