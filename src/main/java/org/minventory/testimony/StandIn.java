package org.minventory.testimony;

import java.util.regex.Pattern;

/** What people rightly write where a secret would stand: where it is kept, its fingerprint, or that it was left out. */
final class StandIn {

    private StandIn() {}

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

    static boolean is(String value) {
        String stripped = value.strip();
        if (stripped.length() > LONGEST_STAND_IN) {
            return false;
        }
        return stripped.isEmpty()
                || PLACEHOLDER.matcher(stripped).matches()
                || REFERENCE.matcher(stripped).matches();
    }
}
