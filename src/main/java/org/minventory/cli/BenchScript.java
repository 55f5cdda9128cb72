package org.minventory.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.cli.BenchRecorder.Statement;

/**
 * Makes a script of pgbench out of recorded statements. What was the same in each recording stays as it was; what was
 * different becomes an expression of pgbench's variables.
 */
final class BenchScript {
    private static final Pattern PLACE = Pattern.compile("\\$(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final BenchDatabase database;
    private final Map<String, List<String>> types = new HashMap<>();

    BenchScript(BenchDatabase database) {
        this.database = database;
    }

    /** How a parameter is said, of its type and of what it was in each recording. */
    private interface Saying {
        String say(String type, List<@Nullable String> values);
    }

    /**
     * A script that reads what one of the recordings read, chosen by chance.
     *
     * @throws Unanswered where the recordings are not of the same statements
     */
    String reading(List<List<Statement>> recordings) {
        requireAlike(recordings);
        return "\\set i random(1, " + recordings.size() + ")\n" + script(recordings, BenchScript::oneOf);
    }

    private static String oneOf(String type, List<@Nullable String> values) {
        String all = values.stream()
                .map(value -> value == null ? "null" : literal(value))
                .collect(Collectors.joining(","));
        return "((array[" + all + "]::text[])[:i::integer])::" + type;
    }

    /**
     * A script that writes two turns of a writer, and the next two at its next time: numbers that grew between the
     * recordings go on growing, ids are fresh ones.
     *
     * @param first turns of which the second is the first, two turns later
     * @param second likewise, each after its first
     */
    String writing(List<List<Statement>> first, List<List<Statement>> second) {
        requireAlike(first);
        requireAlike(second);
        return "\\set n :n + 1\n" + script(first, fresh("a")) + script(second, fresh("b"));
    }

    private static Saying fresh(String turn) {
        Map<String, Integer> known = new LinkedHashMap<>();
        return (type, values) -> next(turn, type, values, known);
    }

    private static String next(String turn, String type, List<@Nullable String> values, Map<String, Integer> known) {
        String before = Objects.requireNonNullElse(values.getFirst(), "");
        String last = values.getLast();
        if (last == null) return "null::" + type;
        boolean list = type.endsWith("[]");
        String one = list ? type.substring(0, type.length() - 2) : type;
        if (!one.equals("bigint") && !one.equals("integer") && !one.equals("uuid")) return literal(last) + "::" + type;
        if (!list) return item(turn, one, before, last, known);
        List<String> befores = items(before);
        List<String> lasts = items(last);
        if (befores.size() != lasts.size()) throw new Unanswered("two recordings of one work differ", null);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < lasts.size(); i++) said.add(item(turn, one, befores.get(i), lasts.get(i), known));
        return "array[" + String.join(",", said) + "]::" + type;
    }

    private static String item(String turn, String type, String before, String last, Map<String, Integer> known) {
        if (before.equals(last)) return literal(last) + "::" + type;
        if (UUID.matcher(last).matches()) {
            int number = known.computeIfAbsent(last, fresh -> known.size() + 1);
            return "('00000000-0000-7" + turn + number % 10 + number / 10 % 10
                    + "-8000-'||lpad(to_hex(:n::bigint),12,'0'))::uuid";
        }
        if (!NUMBER.matcher(last).matches() || !NUMBER.matcher(before).matches()) return literal(last) + "::" + type;
        long step = Long.parseLong(last) - Long.parseLong(before);
        return "(" + last + " + " + step + " * :n::bigint)::" + type;
    }

    /** The items of a list of numbers or ids as PostgreSQL writes it. */
    private static List<String> items(String list) {
        String inner = list.replaceAll("[{}\"]", "");
        return inner.isEmpty() ? List.of() : Arrays.asList(inner.split(","));
    }

    private String script(List<List<Statement>> recordings, Saying saying) {
        StringBuilder script = new StringBuilder();
        List<Statement> model = recordings.getFirst();
        for (int i = 0; i < model.size(); i++) {
            String sql = model.get(i).sql().strip();
            // the program sends the beginning and the scope in one message
            boolean opening = sql.startsWith("begin") && i + 1 < model.size();
            if (opening) script.append("\\startpipeline\n");
            script.append(statement(recordings, i, saying)).append(";\n");
            boolean opened = i > 0 && model.get(i - 1).sql().strip().startsWith("begin");
            if (opened) script.append("\\endpipeline\n");
        }
        return script.toString();
    }

    private String statement(List<List<Statement>> recordings, int place, Saying saying) {
        Statement model = recordings.getFirst().get(place);
        if (model.parameters().isEmpty()) return model.sql().strip();
        List<String> typed = types.computeIfAbsent(model.sql(), this::types);
        Matcher parameter = PLACE.matcher(model.sql().strip());
        return parameter.replaceAll(found -> {
            int number = Integer.parseInt(found.group(1)) - 1;
            List<@Nullable String> values = new ArrayList<>();
            recordings.forEach(one -> values.add(one.get(place).parameters().get(number)));
            return Matcher.quoteReplacement(said(typed.get(number), values, saying));
        });
    }

    private static String said(String type, List<@Nullable String> values, Saying saying) {
        String first = values.getFirst();
        boolean same = values.stream().allMatch(value -> Objects.equals(value, first));
        if (!same) return saying.say(type, values);
        return first == null ? "null::" + type : literal(first) + "::" + type;
    }

    /** The types that PostgreSQL gives a statement's parameters. */
    private List<String> types(String sql) {
        String answer = database.ask(
                "prepare learnt as " + sql + ";\n"
                        + "select array_to_string(parameter_types::text[], ',') from pg_prepared_statements where name = 'learnt';");
        return Arrays.asList(answer.strip().split(","));
    }

    /** pgbench would take a colon for the beginning of a variable, even within quotes. */
    private static String literal(String value) {
        return "E'" + value.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a") + "'";
    }

    private static void requireAlike(List<List<Statement>> recordings) {
        List<String> model = recordings.getFirst().stream().map(Statement::sql).toList();
        if (model.isEmpty()) throw new Unanswered("the log of PostgreSQL shows no statement", null);
        for (List<Statement> recording : recordings)
            if (!recording.stream().map(Statement::sql).toList().equals(model))
                throw new Unanswered("two recordings of one work ran different statements", null);
    }
}
