package org.minventory.export;

import java.util.List;
import java.util.UUID;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What customers declared of their own: element types, attributes, infrastructures, providers. */
public final class Definitions {
    private Definitions() {}

    /** What is declared. */
    public enum Sort {
        ELEMENT_TYPE("element-type"),
        ATTRIBUTE("attribute"),
        INFRASTRUCTURE("infrastructure"),
        PROVIDER("provider");

        private final String word;

        Sort(String word) {
            this.word = word;
        }

        /** The word of the record. */
        public String word() {
            return word;
        }
    }

    /** One declaration, in the words in which it was made. */
    public record Definition(UUID customer, UUID id, String name, JsonNode body) {}

    /** All declarations of a sort within the scope, by name. */
    public static List<Definition> of(JdbcClient db, Scope scope, Sort sort) {
        return db.sql("""
                        select customer_id, id, name, body from definition
                        where customer_id = any(?) and sort = ? order by name, customer_id""")
                .param(1, Arrays.of(scope.customers()))
                .param(2, sort.word())
                .query((row, n) -> new Definition(
                        row.getObject("customer_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        Json.MAPPER.readTree(row.getString("body"))))
                .list();
    }
}
