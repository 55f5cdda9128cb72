package org.minventory.base;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Statements that answer nothing, sent together: PostgreSQL runs them in their order, and all of them cost one way there
 * and back. While a customer's pen is held, every way less lets the next writer write sooner.
 */
public final class Together {
    private final List<String> statements = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    /** One more statement, with the values of its placeholders. */
    public Together add(String statement, @Nullable Object... values) {
        statements.add(statement);
        parameters.addAll(java.util.Arrays.asList(values));
        return this;
    }

    /** Sends what came together, and begins anew. */
    public void send(JdbcClient db) {
        if (statements.isEmpty()) return;
        db.sql(String.join(";\n", statements)).params(parameters).update();
        statements.clear();
        parameters.clear();
    }
}
