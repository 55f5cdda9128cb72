package org.minventory.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.minventory.base.Json;
import org.minventory.element.Attribute;
import org.minventory.element.ElementType;
import org.minventory.element.Vocabulary;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Each customer's vocabulary: the built-in one and its own definitions. Kept in memory until the definitions change. */
public final class Vocabularies {
    private record Kept(long definitions, Vocabulary vocabulary) {}

    private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();

    /** The vocabulary at that count of definitions, which stands in the customer's head row. */
    public Vocabulary of(JdbcClient db, UUID customer, long definitions) {
        if (definitions == 0) return Vocabulary.builtIn();
        Kept known = kept.get(customer);
        if (known != null && known.definitions() == definitions) return known.vocabulary();
        Vocabulary vocabulary = read(db, customer);
        kept.put(customer, new Kept(definitions, vocabulary));
        return vocabulary;
    }

    /** The vocabulary as it stands, for readers. */
    public Vocabulary of(JdbcClient db, UUID customer) {
        return db.sql("select definitions from customer_head where customer_id = ?")
                .param(customer)
                .query(Long.class)
                .optional()
                .map(definitions -> of(db, customer, definitions))
                .orElse(Vocabulary.builtIn());
    }

    /** Reads the definitions, without keeping them: within the transaction that changes them. */
    static Vocabulary read(JdbcClient db, UUID customer) {
        List<Attribute> attributes = new ArrayList<>();
        List<ElementType> types = new ArrayList<>();
        db.sql(
                        "select sort, body from definition where customer_id = ? and sort in ('element-type', 'attribute') order by seq")
                .param(customer)
                .query(row -> {
                    JsonNode body = Json.MAPPER.readTree(row.getString("body"));
                    if (row.getString("sort").equals("attribute")) attributes.add(Vocabulary.parseAttribute(body));
                    else types.add(Vocabulary.parseType(body));
                });
        return Vocabulary.builtIn().with(attributes, types);
    }
}
