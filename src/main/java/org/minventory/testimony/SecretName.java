package org.minventory.testimony;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.testimony.Secrets.Reason;

/** Which names say that what stands under them is a secret: the last words decide, in whatever way they are joined. */
final class SecretName {

    private SecretName() {}

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

    /** What a text under this name would be, unless it is a reference; null for an innocent name. */
    static @Nullable Reason reason(String name) {
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
                .map(SecretName::withoutTrailingDigits)
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

    /** Whether a number under this name is one too. */
    static boolean mayBeANumber(String name) {
        return MAY_BE_A_NUMBER.matcher(name).matches();
    }

    /** Whether a member of this name, inside what stands under the name of a secret, is the secret itself. */
    static boolean isTheValueItself(String name) {
        return NAMES_OF_THE_VALUE_ITSELF.contains(name.toLowerCase(Locale.ROOT));
    }
}
