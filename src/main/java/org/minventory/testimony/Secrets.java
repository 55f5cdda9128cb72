package org.minventory.testimony;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recognises what looks like a secret, so that none is ever stored: what a person typed is refused with the
 * place of the first one ({@link #firstIn}), a tool's document is kept without them ({@link #scrub}).
 *
 * <p>A value is a secret because of the name it stands under ({@code root.password}) or because of its own
 * shape (a private key, an access key, an address with a password in it). A <em>reference</em> to a secret
 * ({@code vault:acme/ovh#ipmi}), a fingerprint, a serial number and a public key are none: they are exactly
 * what is to be kept instead.
 *
 * <p>Every testimony passes here. Nothing recurses, so depth costs no stack; one pass over a text tells
 * which patterns are worth a look, and each of them is bounded, so that no text can make it slow.
 */
public final class Secrets {

    /** What kind of secret a value looks like. */
    public enum Reason {
        PASSWORD("password"),
        PASSWORD_HASH("password hash"),
        SECRET("secret"),
        TOKEN("token"),
        ACCESS_KEY("access key"),
        PRIVATE_KEY("private key"),
        CREDENTIALS_IN_URL("credentials in a URL"),
        /** All that a shell knew when the tool ran; named by the tool's own door. */
        ENVIRONMENT("environment"),
        /** How a kernel was started; named by the tool's own door. */
        COMMAND_LINE("kernel command line");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** What the record shows in place of the value. Hashed with it: never to be reworded. */
        public String words() {
            return words;
        }

        /** What stands in a kept document where such a secret stood: {@code {"scrubbed": "password"}}. */
        public ObjectNode mark() {
            return JsonNodeFactory.instance.objectNode().put("scrubbed", words);
        }
    }

    /**
     * One place that looks like a secret.
     *
     * @param pointer JSON pointer (RFC 6901); it never contains the secret, even where a member's name was one
     */
    public record Found(String pointer, Reason reason) {}

    /**
     * A document fit to be kept.
     *
     * @param document the very node that was given when nothing was found, else a copy
     * @param found what was replaced, in the order of the document
     */
    public record Scrubbed(JsonNode document, List<Found> found) {

        public Scrubbed {
            found = List.copyOf(found);
        }

        public List<String> pointers() {
            return found.stream().map(Found::pointer).toList();
        }
    }

    private Secrets() {}

    /** The first secret in this document, in document order. */
    public static Optional<Found> firstIn(JsonNode document) {
        List<Found> found = new Walk(document, false, true).go().found;
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** This document with every secret replaced by {@code {"scrubbed": reason}}. */
    public static Scrubbed scrub(JsonNode document) {
        if (firstIn(document).isEmpty()) {
            return new Scrubbed(document, List.of());
        }
        Walk walk = new Walk(document, true, false).go();
        return new Scrubbed(walk.result, walk.found);
    }

    /** Whether this text, wherever it stands, has the shape of a secret or contains one. */
    public static Optional<Reason> inText(String text) {
        return Optional.ofNullable(shape(text));
    }

    /** Whether a text that stands under this name would be a secret, unless it is a reference to one. */
    public static Optional<Reason> byName(String name) {
        return Optional.ofNullable(meaning(name));
    }

    // ------------------------------------------------------------------ names

    private static final Pattern WORD_BOUNDARY =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    /** No name without one of these can be the name of a secret: the cheap first look. */
    private static final List<String> HINTS_IN_NAMES = List.of(
            "pass", "pwd", "secret", "token", "key", "cred", "psk", "auth", "cookie", "communit", "code", "seed");

    private static final Map<String, Reason> LAST_WORD = Map.ofEntries(
            Map.entry("password", Reason.PASSWORD),
            Map.entry("passwords", Reason.PASSWORD),
            Map.entry("passwd", Reason.PASSWORD),
            Map.entry("passphrase", Reason.PASSWORD),
            Map.entry("passcode", Reason.PASSWORD),
            Map.entry("pass", Reason.PASSWORD),
            Map.entry("pwd", Reason.PASSWORD),
            Map.entry("secret", Reason.SECRET),
            Map.entry("secrets", Reason.SECRET),
            Map.entry("credential", Reason.SECRET),
            Map.entry("credentials", Reason.SECRET),
            Map.entry("psk", Reason.SECRET),
            Map.entry("token", Reason.TOKEN),
            Map.entry("tokens", Reason.TOKEN),
            Map.entry("cookie", Reason.TOKEN),
            Map.entry("authorization", Reason.TOKEN),
            Map.entry("authkey", Reason.TOKEN),
            Map.entry("apikey", Reason.ACCESS_KEY),
            Map.entry("accesskey", Reason.ACCESS_KEY),
            Map.entry("secretkey", Reason.ACCESS_KEY),
            Map.entry("privatekey", Reason.PRIVATE_KEY),
            Map.entry("privkey", Reason.PRIVATE_KEY));

    /** {@code key} says nothing alone (a host key is public): the word before it decides. */
    private static final Map<String, Reason> WORD_BEFORE_KEY = Map.ofEntries(
            Map.entry("private", Reason.PRIVATE_KEY),
            Map.entry("priv", Reason.PRIVATE_KEY),
            Map.entry("api", Reason.ACCESS_KEY),
            Map.entry("access", Reason.ACCESS_KEY),
            Map.entry("secret", Reason.ACCESS_KEY),
            Map.entry("account", Reason.ACCESS_KEY),
            Map.entry("application", Reason.ACCESS_KEY),
            Map.entry("consumer", Reason.ACCESS_KEY),
            Map.entry("auth", Reason.ACCESS_KEY),
            Map.entry("shared", Reason.SECRET),
            Map.entry("preshared", Reason.SECRET),
            Map.entry("encryption", Reason.SECRET),
            Map.entry("decryption", Reason.SECRET),
            Map.entry("master", Reason.SECRET),
            Map.entry("signing", Reason.SECRET),
            Map.entry("unseal", Reason.SECRET));

    private static final Map<String, Reason> LAST_TWO_WORDS = Map.of(
            "password hash", Reason.PASSWORD_HASH,
            "passwd hash", Reason.PASSWORD_HASH,
            "snmp community", Reason.SECRET,
            "community string", Reason.SECRET,
            "recovery code", Reason.SECRET,
            "recovery codes", Reason.SECRET,
            "backup codes", Reason.SECRET,
            "otp seed", Reason.SECRET,
            "totp seed", Reason.SECRET);

    /** A number under {@code tokens} is a count; under one of these it is what somebody types to get in. */
    private static final Pattern MAY_BE_A_NUMBER =
            Pattern.compile("(?i).*(?:password|passwd|passphrase|passcode|pwd|secret)[0-9_-]*");

    /** Under {@code password: {…}} only these members are the secret; its path, holder, fingerprint are not. */
    private static final Set<String> NAMES_OF_THE_VALUE_ITSELF =
            Set.of("value", "values", "data", "current", "plain", "plaintext", "text", "content", "default", "raw");

    private static @Nullable Reason meaning(String name) {
        if (!hasHint(name.toLowerCase(Locale.ROOT))) {
            return null;
        }
        List<String> words = words(name);
        int count = words.size();
        if (count == 0) {
            return null;
        }
        String last = words.get(count - 1);
        String before = count > 1 ? words.get(count - 2) : "";
        Reason reason = LAST_TWO_WORDS.get(before + " " + last);
        if (reason == null && (last.equals("key") || last.equals("keys"))) {
            reason = WORD_BEFORE_KEY.get(before);
        }
        return reason == null ? LAST_WORD.get(last) : reason;
    }

    private static boolean hasHint(String lowerCaseName) {
        for (String hint : HINTS_IN_NAMES) {
            if (lowerCaseName.contains(hint)) {
                return true;
            }
        }
        return false;
    }

    /** {@code db_rootPassword2} → db, root, password. */
    private static List<String> words(String name) {
        return WORD_BOUNDARY
                .splitAsStream(name)
                .map(Secrets::withoutTrailingDigits)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String withoutTrailingDigits(String word) {
        int end = word.length();
        while (end > 0 && Character.isDigit(word.charAt(end - 1))) {
            end--;
        }
        return word.substring(0, end);
    }

    // ----------------------------------------------------- what stands instead of a secret

    private static final Pattern REFERENCE = Pattern.compile("(?i)(?:"
            + "(?:vault|op|1password|bw|bitwarden|vaultwarden|keepass|keepassxc|passbolt|gopass|lastpass|sops|ssm|arn"
            + "|aws-sm|gcp-sm|azure-kv|keyring|k8s|kubernetes|doppler|infisical|env|file|ref|secretref):\\S.*"
            + "|(?:sha1|sha256|sha512|md5):\\S+"
            + "|(?:[0-9a-f]{2}:){7,63}[0-9a-f]{2}"
            + "|(?:[\\w.-]+/){2,}[\\w.-]+#[\\w.-]+"
            + "|https?://[^\\s@]+#\\S+)");

    private static final Pattern PLACEHOLDER = Pattern.compile("(?i)(?:"
            + "[*•.x-]+|<[^>]*>|\\$\\{[^}]*}|\\$\\w+|\\{\\{.*}}|%\\(\\w+\\)s|%\\w+%|[(\\[](?:redacted|filtered|masked|hidden|sensitive)[^)\\]]*[)\\]]"
            + "|redacted|filtered|masked|hidden|censored|sensitive|scrubbed|value_specified_in_no_log_parameter"
            + "|none|null|nil|no|yes|true|false|unset|set|absent|present|required|optional|disabled|enabled|unknown"
            + "|n/a|na|prompt)");

    /** Longer than any path; keeps the two patterns above from working on a text made to slow them. */
    private static final int LONGEST_STAND_IN = 1024;

    private static boolean isStandIn(String value) {
        String stripped = value.strip();
        if (stripped.length() > LONGEST_STAND_IN) {
            return false;
        }
        return stripped.isEmpty()
                || PLACEHOLDER.matcher(stripped).matches()
                || REFERENCE.matcher(stripped).matches();
    }

    // ------------------------------------------------------------------ shapes

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
                if (!hasValue || !isStandIn(matcher.group("value"))) {
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

    private static @Nullable Reason shape(String text) {
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

    // ------------------------------------------------------------------ the walk

    /** An object or a list on the way from the root to where the walk stands. */
    private static final class Frame {

        private final @Nullable Iterator<Map.Entry<String, JsonNode>> members;
        private final @Nullable Iterator<JsonNode> items;
        private final @Nullable Reason inherited;
        private final boolean isNumberToo;
        private final @Nullable JsonNode copy;
        private String segment = "";
        private int index = -1;

        Frame(JsonNode container, @Nullable Reason inherited, boolean isNumberToo, @Nullable JsonNode copy) {
            this.members = container.isObject() ? container.properties().iterator() : null;
            this.items = container.isArray() ? container.iterator() : null;
            this.inherited = inherited;
            this.isNumberToo = isNumberToo;
            this.copy = copy;
        }
    }

    private static final class Walk {

        private final JsonNode root;
        private final boolean copying;
        private final boolean stopAtFirst;
        private final List<Found> found = new ArrayList<>();
        private final Deque<Frame> frames = new ArrayDeque<>();
        private JsonNode result;
        private int renamed;

        Walk(JsonNode root, boolean copying, boolean stopAtFirst) {
            this.root = root;
            this.copying = copying;
            this.stopAtFirst = stopAtFirst;
            this.result = root;
        }

        Walk go() {
            result = visit(root, null, false);
            while (!frames.isEmpty() && !(stopAtFirst && !found.isEmpty())) {
                step(frames.getLast());
            }
            return this;
        }

        private void step(Frame frame) {
            if (frame.members != null && frame.members.hasNext()) {
                member(frame, frame.members.next());
            } else if (frame.items != null && frame.items.hasNext()) {
                item(frame, frame.items.next());
            } else {
                frames.removeLast();
            }
        }

        private void member(Frame frame, Map.Entry<String, JsonNode> member) {
            String name = member.getKey();
            Reason shapeOfName = shape(name);
            frame.segment = shapeOfName == null ? name : "scrubbed-" + ++renamed;
            if (shapeOfName != null) {
                found.add(new Found(pointer(), shapeOfName));
            }
            Reason reason = meaning(name);
            boolean isNumberToo =
                    reason != null && MAY_BE_A_NUMBER.matcher(name).matches();
            if (reason == null
                    && frame.inherited != null
                    && NAMES_OF_THE_VALUE_ITSELF.contains(name.toLowerCase(Locale.ROOT))) {
                reason = frame.inherited;
                isNumberToo = frame.isNumberToo;
            }
            JsonNode value = visit(member.getValue(), reason, isNumberToo);
            if (frame.copy instanceof ObjectNode object) {
                object.set(frame.segment, value);
            }
        }

        private void item(Frame frame, JsonNode item) {
            frame.index++;
            JsonNode value = visit(item, frame.inherited, frame.isNumberToo);
            if (frame.copy instanceof ArrayNode list) {
                list.add(value);
            }
        }

        /** What stands in the copy for this value; a container is entered by the next steps. */
        private JsonNode visit(JsonNode value, @Nullable Reason underName, boolean isNumberToo) {
            if (value.isContainer()) {
                JsonNode copy = copying ? emptyLike(value) : value;
                frames.addLast(new Frame(value, underName, isNumberToo, copying ? copy : null));
                return copy;
            }
            Reason reason = judge(value, underName, isNumberToo);
            if (reason == null) {
                return value;
            }
            found.add(new Found(pointer(), reason));
            return reason.mark();
        }

        private static JsonNode emptyLike(JsonNode container) {
            return container.isObject() ? JsonNodeFactory.instance.objectNode() : JsonNodeFactory.instance.arrayNode();
        }

        private static @Nullable Reason judge(JsonNode value, @Nullable Reason underName, boolean isNumberToo) {
            if (value.isString()) {
                Reason shape = shape(value.stringValue());
                return shape != null || underName == null || isStandIn(value.stringValue()) ? shape : underName;
            }
            if (value.isNumber()) {
                return isNumberToo ? underName : null;
            }
            return null;
        }

        private String pointer() {
            StringBuilder pointer = new StringBuilder();
            for (Frame frame : frames) {
                pointer.append('/');
                if (frame.items != null) {
                    pointer.append(frame.index);
                } else {
                    pointer.append(Json.escape(frame.segment));
                }
            }
            return pointer.toString();
        }
    }
}
