package org.minventory.export;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;

/** Testimonies as a table. */
public final class TestimonyTable {
    /** Its columns. */
    public static final List<Column<RecordReader.Row>> COLUMNS = List.of(
            column("id", row -> row.entry().id().toString()),
            column("customer", RecordReader.Row::customer),
            column("seq", row -> Long.toString(row.entry().seq())),
            column("kind", row -> row.entry().kind().word()),
            column("stance", row -> stance(row)),
            column(
                    "element",
                    row -> row.element() == null ? null : row.element().name()),
            column(
                    "elementId",
                    row -> row.element() == null ? null : text(row.element().id())),
            column("infrastructure", RecordReader.Row::infrastructure),
            column("subject", row -> subject(row)),
            column("witness", row -> row.witness().name()),
            column("witnessRole", row -> row.witness().role()),
            column("source", row -> row.entry().source()),
            column("witnessedAt", row -> row.entry().witnessedAt().toString()),
            column("recordedAt", row -> row.entry().recordedAt().toString()),
            column("complete", row -> Boolean.toString(row.entry().complete())),
            column("facts", row -> Json.canonicalText(row.entry().facts())),
            column("note", row -> row.entry().note()),
            column("order", row -> context(row, "order")),
            column("project", row -> context(row, "project")),
            column("run", row -> context(row, "run")),
            column(
                    "confirmations",
                    row -> row.confirmed() == null ? "0" : "" + row.confirmed().count()),
            column(
                    "confirmedAt",
                    row -> row.confirmed() == null ? null : text(row.confirmed().lastAt())),
            column("withdrawnBy", row -> text(row.withdrawnBy())),
            column("unattached", RecordReader.Row::unattached),
            column("flags", row -> String.join(" ", TestimonyJson.flags(row.entry()))));

    private TestimonyTable() {}

    private static Column<RecordReader.Row> column(String name, Function<RecordReader.Row, @Nullable String> cell) {
        return new Column<>(name, cell);
    }

    private static @Nullable String stance(RecordReader.Row row) {
        var stance = row.entry().kind().stance();
        return stance == null ? null : stance.word();
    }

    private static @Nullable String subject(RecordReader.Row row) {
        var subject = row.entry().subject();
        if (subject.isMissingNode() || subject.isNull()) return null;
        return subject.isString() ? subject.stringValue() : Json.canonicalText(subject);
    }

    private static @Nullable String context(RecordReader.Row row, String member) {
        var told = row.entry().context().path(member);
        return told.isString() ? told.stringValue() : null;
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private static String text(Instant instant) {
        return instant.toString();
    }
}
