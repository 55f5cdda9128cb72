package org.minventory.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Learns which statements the server runs for a request, from PostgreSQL's own log: so "the same SQL" is what was really
 * run, and stays so when the product changes.
 */
final class BenchRecorder {
    private static final Pattern ENTRY = Pattern.compile("^#(\\S*)# ([A-Z]+):  (.*)$", Pattern.DOTALL);
    private static final Pattern STATEMENT = Pattern.compile("^(?:execute [^:]*|statement): (.*)$", Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("\\$(\\d+) = (?:'([^']*+(?:''[^']*+)*+)'|(NULL))(?:, |$)", Pattern.DOTALL);
    private static final int PAUSE = 400;

    private final BenchDatabase database;
    private final Path log;
    private final String user;

    BenchRecorder(BenchDatabase database, Path log, String user) {
        this.database = database;
        this.log = log;
        this.user = user;
    }

    /** A statement, with its parameters as text; null is null. */
    record Statement(String sql, List<@Nullable String> parameters) {}

    /** Runs some requests one after the other, and gives the statements of each. */
    List<List<Statement>> record(List<Runnable> requests) {
        database.ask("""
                alter system set log_statement = 'all';
                alter system set log_line_prefix = '#%u# ';
                alter system set log_parameter_max_length = -1;
                select pg_reload_conf();""");
        BenchServer.pause(PAUSE);
        try {
            List<List<Statement>> recorded = new ArrayList<>();
            for (Runnable request : requests) {
                long before = size();
                request.run();
                recorded.add(read(before));
            }
            return recorded;
        } finally {
            database.ask("""
                    alter system reset log_statement;
                    alter system reset log_line_prefix;
                    alter system reset log_parameter_max_length;
                    select pg_reload_conf();""");
            BenchServer.pause(PAUSE);
        }
    }

    private long size() {
        try {
            return Files.size(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<Statement> read(long from) {
        try {
            byte[] all = Files.readAllBytes(log);
            return statements(new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8), user);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The statements of one role in a piece of PostgreSQL's log. */
    static List<Statement> statements(String text, String user) {
        List<Statement> statements = new ArrayList<>();
        for (String entry : text.replace("\n\t", "\u0001").split("\n")) {
            Matcher shape = ENTRY.matcher(entry.replace('\u0001', '\n'));
            if (!shape.matches() || !shape.group(1).equals(user)) continue;
            String message = shape.group(3);
            Matcher statement = STATEMENT.matcher(message);
            if (shape.group(2).equals("LOG") && statement.matches())
                statements.add(new Statement(statement.group(1), List.of()));
            else if (shape.group(2).equals("DETAIL") && !statements.isEmpty())
                statements.add(new Statement(statements.removeLast().sql(), parameters(message)));
        }
        return statements;
    }

    private static List<@Nullable String> parameters(String detail) {
        Map<Integer, @Nullable String> found = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(detail);
        while (parameter.find())
            found.put(
                    Integer.parseInt(parameter.group(1)),
                    parameter.group(3) != null ? null : parameter.group(2).replace("''", "'"));
        return java.util.Collections.unmodifiableList(new ArrayList<>(found.values()));
    }
}
