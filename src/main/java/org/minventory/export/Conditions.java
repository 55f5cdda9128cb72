package org.minventory.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a statement selects, condition by condition, each beside its parameters. */
final class Conditions {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    Conditions and(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(Arrays.asList(values));
        return this;
    }

    /** The column holds one of the values; null selects nothing away. */
    Conditions oneOf(String column, @Nullable Collection<String> values) {
        return values == null
                ? this
                : and(column + " = any(?)", org.minventory.base.Arrays.of("text", List.copyOf(values)));
    }

    /** The column holds none of the values. */
    Conditions noneOf(String column, Collection<String> values) {
        return and(column + " <> all(?)", org.minventory.base.Arrays.of("text", List.copyOf(values)));
    }

    /** A statement with its conditions in the place of {@code {where}}, to be put together with others. */
    String in(String sql) {
        return sql.replace("{where}", String.join(" and ", conditions));
    }

    List<Object> parameters() {
        return parameters;
    }

    /** The statement, its conditions in the place of {@code {where}}, then its own last parameters. */
    JdbcClient.StatementSpec run(JdbcClient db, String sql, Object... last) {
        return run(db, List.of(), sql, Arrays.asList(last));
    }

    /** The same of a statement with parameters of its own before and after its conditions. */
    JdbcClient.StatementSpec run(JdbcClient db, List<?> first, String sql, List<?> last) {
        List<Object> all = new ArrayList<>(first);
        all.addAll(parameters);
        all.addAll(last);
        return db.sql(in(sql)).params(all);
    }
}
