package org.minventory.export;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.element.ElementName;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.party.Role;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;

/**
 * How tools log in to an element. That is code to whoever runs them: only what an ops wished is believed, whoever else says
 * it, and only in the letters that it needs.
 */
public record Connection(Picture picture, Vocabulary vocabulary, Instant now) {
    private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");
    private static final Pattern INTERPRETER =
            Pattern.compile("auto|auto_silent|auto_legacy|(?:/[A-Za-z0-9_.+-]{1,64}){1,10}");
    private static final int LARGEST_PORT = 65_535;

    /** As whom, or null. */
    public @Nullable String user() {
        return text("ansible_user", USER);
    }

    /** At which port of SSH, or null. */
    public @Nullable Integer port() {
        JsonNode told = wish("ansible_port");
        String digits = told == null || !(told.isString() || told.isIntegralNumber()) ? "" : told.asString();
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) return null;
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= LARGEST_PORT ? port : null;
    }

    /** Which Python runs there what Ansible sends, or null. */
    public @Nullable String python() {
        return text("ansible_python_interpreter", INTERPRETER);
    }

    /** The name of the element that one has to go through, or null. */
    public @Nullable String jump() {
        JsonNode told = wish("ssh.jump");
        return told != null && told.isString() && ElementName.fits(told.stringValue()) ? told.stringValue() : null;
    }

    private @Nullable String text(String attribute, Pattern fit) {
        JsonNode told = wish(attribute);
        return told != null
                        && told.isString()
                        && fit.matcher(told.stringValue()).matches()
                ? told.stringValue()
                : null;
    }

    private @Nullable JsonNode wish(String attribute) {
        Picture.Best best = picture.best(attribute, Stance.INTENDED, vocabulary, now);
        if (best == null) return null;
        if (isWishOfOps(best.counting())) return best.counting().saying().value();
        for (Picture.Spoken other : best.others())
            if (isWishOfOps(other)) return other.saying().value();
        return null;
    }

    private static boolean isWishOfOps(Picture.Spoken spoken) {
        return spoken.heard().kind() == Kind.WISH && spoken.witness().role().equals(Role.OPS.word());
    }
}
