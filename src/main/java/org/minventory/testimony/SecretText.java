package org.minventory.testimony;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.testimony.Secrets.Reason;

/**
 * What looks like a secret in a text that somebody attaches: by its shape anywhere, and by the name it stands under where
 * the text has names: members of JSON, columns of a table, settings of a configuration.
 */
final class SecretText {
    /** {@code db_password: hunter2}, one word: what is said of a password in a sentence is none. */
    private static final Pattern SETTING =
            Pattern.compile("(?m)^[ \\t>*-]{0,20}+[\"']?([\\w.-]{1,80}+)[\"']?[ \\t]{0,8}+[:=][ \\t]{0,8}+"
                    + "[\"']?([^\\s\"']{1,200}+)[\"']?,?[ \\t\\r]{0,8}+$");

    private SecretText() {}

    /** What the text looks like or contains; null where it is innocent. */
    static @Nullable Reason reason(FileType type, String text) {
        Reason byShape = SecretShape.reason(text);
        if (byShape != null) return byShape;
        return switch (type) {
            case JSON ->
                Secrets.firstIn(Json.tree(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .map(Secrets.Found::reason)
                        .orElse(null);
            case CSV -> inTable(text);
            case TEXT, MARKDOWN -> inSettings(text);
            case PDF, PNG, JPEG, WEBP, ODT, ODS, ODP, DOCX, XLSX, PPTX -> null;
        };
    }

    private static @Nullable Reason inSettings(String text) {
        Matcher setting = SETTING.matcher(text);
        while (setting.find()) {
            Reason reason = SecretName.reason(setting.group(1));
            if (reason != null && !StandIn.is(setting.group(2))) return reason;
        }
        return null;
    }

    // ---- tables -----------------------------------------------------------------------------------------------------

    /** The first row names the columns. */
    private static @Nullable Reason inTable(String text) {
        Rows rows = new Rows(text);
        List<String> names = rows.next();
        List<@Nullable Reason> reasons = new ArrayList<>();
        for (String name : names) reasons.add(SecretName.reason(name));
        for (List<String> row = rows.next(); !row.isEmpty(); row = rows.next())
            for (int i = 0; i < Math.min(row.size(), reasons.size()); i++)
                if (reasons.get(i) != null && !StandIn.is(row.get(i))) return reasons.get(i);
        return null;
    }

    /** The rows of a table (RFC 4180), whichever of comma, semicolon and tab stands between its cells. */
    private static final class Rows {
        private final String text;
        private final char between;
        private int at;

        Rows(String text) {
            this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
            this.between = between(this.text.lines().findFirst().orElse(""));
        }

        private static char between(String line) {
            for (char candidate : new char[] {';', '\t'}) if (line.indexOf(candidate) >= 0) return candidate;
            return ',';
        }

        /** The next row; empty behind the last. */
        List<String> next() {
            List<String> row = new ArrayList<>();
            StringBuilder cell = new StringBuilder();
            boolean quoted = false;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') quoted = !quoted;
                else if (!quoted && c == '\n') break;
                else if (!quoted && c == between) {
                    row.add(cell.toString());
                    cell.setLength(0);
                } else cell.append(c);
                if (at == text.length()) break;
            }
            boolean behind = row.isEmpty() && cell.isEmpty() && at >= text.length();
            if (!behind) row.add(cell.toString().strip());
            return row;
        }
    }
}
