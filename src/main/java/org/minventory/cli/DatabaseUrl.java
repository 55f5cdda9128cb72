package org.minventory.cli;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres.Connection;

/**
 * The address of a PostgreSQL, as JDBC writes it ({@code jdbc:postgresql://host:5432/name}) or as PostgreSQL's own
 * programs do ({@code postgresql://user:password@host:5432/name?sslmode=require}).
 */
record DatabaseUrl(
        String jdbc, @Nullable String user, @Nullable String password) {
    private static final Pattern JDBC = Pattern.compile("jdbc:postgresql:.+");
    private static final Pattern OWN = Pattern.compile("postgres(?:ql)?://.+");
    private static final Pattern PASSWORD =
            Pattern.compile("(?<=[?&]password=)[^&]*|(?<=://[^:/@]{0,255}:)[^@/]*(?=@)");

    /** @throws CannotStart where it is neither */
    static DatabaseUrl read(String told) {
        String url = told.strip();
        if (JDBC.matcher(url).matches()) return new DatabaseUrl(url, null, null);
        if (!OWN.matcher(url).matches()) throw unfit(url);
        try {
            URI uri = URI.create(url);
            if (uri.getHost() == null || uri.getPath().length() < 2) throw unfit(url);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String jdbc = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
            String[] who = uri.getRawUserInfo() == null
                    ? new String[0]
                    : uri.getRawUserInfo().split(":", 2);
            return new DatabaseUrl(jdbc, decoded(who, 0), decoded(who, 1));
        } catch (IllegalArgumentException noUri) {
            throw unfit(url);
        }
    }

    private static @Nullable String decoded(String[] parts, int index) {
        return parts.length > index
                ? URLDecoder.decode(parts[index].replace("+", "%2B"), StandardCharsets.UTF_8)
                : null;
    }

    private static CannotStart unfit(String url) {
        return new CannotStart(Said.here("unfit-database-url", withoutPassword(url)));
    }

    /** With the user and the password that were named beside it. */
    DatabaseUrl as(Optional<String> named, Optional<String> secret) {
        return new DatabaseUrl(jdbc, named.orElse(user), secret.orElse(password));
    }

    /** Without anybody: the same database for another role. */
    DatabaseUrl alone() {
        return new DatabaseUrl(jdbc, null, null);
    }

    Connection connection() {
        return new Connection(jdbc, user == null ? "" : user, password == null ? "" : password);
    }

    /** As it may be shown. */
    static String withoutPassword(String url) {
        return PASSWORD.matcher(url).replaceAll("…");
    }
}
