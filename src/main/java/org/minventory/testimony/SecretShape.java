package org.minventory.testimony;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.testimony.Secrets.Reason;

/** Which texts are secrets whatever they stand under: keys and tokens that bear their maker's mark, addresses with a password. */
final class SecretShape {

    private SecretShape() {}

    /** No shape below is shorter. */
    private static final int SHORTEST = 8;

    /**
     * One shape of a secret.
     *
     * @param literals the pattern is tried only where one of these occurs
     * @param pattern bounded; where it has a group named {@code value}, a placeholder or a reference there is no secret
     */
    private record Shape(Reason reason, List<String> literals, Pattern pattern, boolean hasValue) {

        static Shape of(Reason reason, String pattern, String... literals) {
            return new Shape(reason, List.of(literals), Pattern.compile(pattern), pattern.contains("(?<value>"));
        }

        boolean isIn(String text) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                if (!hasValue || !StandIn.is(matcher.group("value"))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final String START = "(?<![A-Za-z0-9_-])";
    private static final String SECRET_WORD =
            "(?:password|passwd|passphrase|secret|token|api[_-]?key|secret[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key)";

    private static final List<Shape> SHAPES = List.of(
            Shape.of(Reason.PRIVATE_KEY, "BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY", "PRIVATE KEY"),
            Shape.of(
                    Reason.PRIVATE_KEY,
                    "LS0tLS1CRUdJTi(?:BQUklWQVRFIEtFWS|BSU0EgUFJJVkFURSBLRVkt|BFQyBQUklWQVRFIEtFWS|BPUEVOU1NIIFBSSVZBVEUg|BFTkNSWVBURUQgUFJJVkFUR)",
                    "LS0tLS1CRUdJTi"),
            Shape.of(Reason.PRIVATE_KEY, "PuTTY-User-Key-File-\\d", "PuTTY-User-Key-File-"),
            Shape.of(Reason.PRIVATE_KEY, "AGE-SECRET-KEY-1[0-9A-Z]{20,80}", "AGE-SECRET-KEY-1"),
            Shape.of(Reason.ACCESS_KEY, START + "(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])", "AKIA", "ASIA"),
            Shape.of(Reason.ACCESS_KEY, START + "AIza[0-9A-Za-z_-]{35}", "AIza"),
            Shape.of(Reason.ACCESS_KEY, START + "[sr]k_(?:live|test)_[0-9A-Za-z]{16,200}", "k_live_", "k_test_"),
            Shape.of(Reason.ACCESS_KEY, START + "sk-(?:ant-[a-z0-9]{2,8}-|proj-|svcacct-)?[A-Za-z0-9_]{20,200}", "sk-"),
            Shape.of(Reason.ACCESS_KEY, START + "SG\\.[\\w-]{16,32}\\.[\\w-]{32,64}", "SG."),
            Shape.of(Reason.TOKEN, START + "mn[vsc]_[A-Za-z0-9_-]{12,}+", "mnv_", "mns_", "mnc_"),
            Shape.of(
                    Reason.TOKEN,
                    START + "(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255})",
                    "ghp_",
                    "gho_",
                    "ghu_",
                    "ghs_",
                    "ghr_",
                    "github_pat_"),
            Shape.of(Reason.TOKEN, START + "gl(?:pat|dt|rt|ptt|oas|cbt|ft|soat|imt)-[\\w-]{20,255}", "gl"),
            Shape.of(Reason.TOKEN, START + "xox[a-z]-[A-Za-z0-9-]{10,255}", "xox"),
            Shape.of(Reason.TOKEN, START + "hv[sbr]\\.[\\w-]{20,255}", "hvs.", "hvb.", "hvr."),
            Shape.of(Reason.TOKEN, START + "(?:dop|doo|dor)_v1_[a-f0-9]{40,80}", "_v1_"),
            Shape.of(Reason.TOKEN, START + "npm_[A-Za-z0-9]{36}", "npm_"),
            Shape.of(Reason.TOKEN, START + "pypi-[\\w-]{40,255}", "pypi-"),
            Shape.of(Reason.TOKEN, START + "tk_[a-z0-9]{29}(?![A-Za-z0-9])", "tk_"),
            Shape.of(Reason.TOKEN, "[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{20,255}", ".atlasv1."),
            Shape.of(Reason.TOKEN, START + "eyJ[\\w-]{8,}+\\.eyJ[\\w-]{8,}+\\.", "eyJ"),
            Shape.of(Reason.SECRET, START + "whsec_[A-Za-z0-9+/=]{16,255}", "whsec_"),
            Shape.of(
                    Reason.TOKEN,
                    "hooks\\.slack\\.com/(?:services|workflows|triggers)/\\w{6,40}/|discord(?:app)?\\.com/api/webhooks/\\d{5,30}/",
                    "hooks.slack.com/",
                    "/api/webhooks/"),
            Shape.of(
                    Reason.CREDENTIALS_IN_URL,
                    "://[^\\s/:@\\[]{0,200}+:(?!\\d{1,5}(?:[/?#\\s]|$))(?<value>[^\\s@\"<>]{1,200}+)@",
                    "://"),
            Shape.of(
                    Reason.PASSWORD_HASH,
                    "(?<![A-Za-z0-9])\\$(?:1|2[abxy]|5|6|7|y|gy|apr1|argon2(?:id|i|d)|scrypt|pbkdf2[a-z0-9-]{0,20})\\$[^\\s:\"']{20,255}",
                    "$"),
            Shape.of(
                    Reason.TOKEN,
                    "(?i)authorization[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?(?:(?:bearer|basic|token|digest)\\s{1,3})?(?<value>[^\\s\"']{8,})",
                    "uthorization",
                    "UTHORIZATION"),
            Shape.of(
                    Reason.TOKEN,
                    "(?i)(?<![a-z])bearer\\s{1,3}(?<value>(?=[^\\s]{0,40}\\d)[A-Za-z0-9._~+/-]{20,255})",
                    "earer ",
                    "EARER "),
            Shape.of(
                    Reason.PASSWORD,
                    "(?i)" + START + "[a-z0-9_-]{0,40}?" + SECRET_WORD + "=[\"']?(?<value>[^\\s&;,\"']{3,255})",
                    "="),
            Shape.of(Reason.PASSWORD, "(?i)" + START + "pwd=[\"']?(?!/)(?<value>[^\\s&;,\"']{3,255})", "wd=", "WD="),
            Shape.of(
                    Reason.PASSWORD,
                    "(?i)[\"'][a-z0-9_.-]{0,40}?" + SECRET_WORD
                            + "[\"']\\s{0,4}:\\s{0,4}[\"'](?<value>[^\"']{3,255})[\"']",
                    "\":",
                    "\" :",
                    "':",
                    "' :"),
            Shape.of(
                    Reason.PASSWORD,
                    "(?i)" + START + "--[a-z0-9]{0,40}?-?" + SECRET_WORD + "\\s{1,3}(?<value>[^\\s-]\\S{2,255})",
                    "--"));

    /** A literal, and the shape (its place in the list above) that can only stand where the literal does. */
    private record Clue(String literal, int shape) {}

    /** The clues by their first character: one pass over a text tells which shapes are worth a look. */
    private static final Clue[][] CLUES = cluesByFirstCharacter();

    private static Clue[][] cluesByFirstCharacter() {
        Clue[][] clues = new Clue[128][0];
        for (int shape = 0; shape < SHAPES.size(); shape++) {
            for (String literal : SHAPES.get(shape).literals()) {
                char first = literal.charAt(0);
                clues[first] = Arrays.copyOf(clues[first], clues[first].length + 1);
                clues[first][clues[first].length - 1] = new Clue(literal, shape);
            }
        }
        return clues;
    }

    /** What this text looks like or contains; null where it is innocent. */
    static @Nullable Reason reason(String text) {
        if (text.length() < SHORTEST) {
            return null;
        }
        long worthALook = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character < CLUES.length) {
                for (Clue clue : CLUES[character]) {
                    worthALook |= text.startsWith(clue.literal(), index) ? 1L << clue.shape() : 0;
                }
            }
        }
        for (; worthALook != 0; worthALook &= worthALook - 1) {
            Shape shape = SHAPES.get(Long.numberOfTrailingZeros(worthALook));
            if (shape.isIn(text)) {
                return shape.reason();
            }
        }
        return null;
    }
}
