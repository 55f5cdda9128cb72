package org.minventory.knowledge;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.minventory.base.Arrays;
import org.minventory.base.Together;
import org.minventory.element.Identifier;

/** Who holds which identifier, from when until when: a late testimony finds who held it then. */
public final class Holdings {
    private final Spans<Identifier> spans = new Spans<>();

    /** An element is brought in, with what it holds already. */
    public void bring(UUID element, Set<Identifier> held) {
        spans.bring(element, held);
    }

    /** From that instant on an element holds these, and nothing else. */
    public void follow(UUID element, Set<Identifier> now, Instant at) {
        spans.follow(element, now, at);
    }

    /** Writes what began and ended, in two statements. */
    public void write(Together writes, UUID customer) {
        Arrays over = new Arrays("uuid", "timestamptz", "text", "text");
        for (Spans.Edge<Identifier> end : spans.ended())
            over.row(
                    end.held().element(),
                    end.at(),
                    end.held().what().kind().word(),
                    end.held().what().value());
        over.add(
                writes,
                "update identifier i set until = gone.at::timestamptz from ("
                        + Index.found("identifier", List.of("kind", "value"))
                                .replace("select place.ctid", "select place.ctid, place.at")
                        + ") as gone where i.ctid = gone.ctid and i.until is null",
                customer);
        Arrays rows = new Arrays("text", "text", "uuid", "timestamptz", "timestamptz");
        spans.begun()
                .forEach((one, until) -> rows.row(
                        one.held().what().kind().word(),
                        one.held().what().value(),
                        one.held().element(),
                        one.at(),
                        until.orElse(null)));
        rows.add(writes, """
                insert into identifier (customer_id, kind, value, element_id, since, until)
                select ?, kind, value, element, since::timestamptz, until::timestamptz
                from unnest(?::text[], ?::text[], ?::uuid[], ?::text[], ?::text[]) as new (kind, value, element, since, until)
                on conflict (customer_id, kind, value, element_id, since) do update set until = excluded.until""", customer);
        spans.written();
    }
}
