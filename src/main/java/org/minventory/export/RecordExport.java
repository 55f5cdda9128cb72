package org.minventory.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.knowledge.Hearing;
import org.minventory.knowledge.Knowledge;
import org.minventory.party.Customers.Customer;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * A customer's whole record as lines of JSON, to take along and to verify anywhere: a manifest; every entry with the exact
 * text of its leaves, their salts and its link of the chain; what was heard again; and a checkpoint that closes it. {@link
 * RecordVerifier} needs nothing else to prove that no entry was edited, removed, added or moved.
 */
public final class RecordExport {
    /** Of the lines; a reader refuses one that it does not know. */
    public static final int FORMAT = 1;

    /** The words of the member {@code line}, by which lines are told apart. */
    static final String MANIFEST = "manifest";

    static final String ENTRY = "entry";
    static final String HEARING = "hearing";
    static final String CHECKPOINT = "checkpoint";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final OutputStream out;

    private RecordExport(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes the record as it stands in this transaction, which has to be one moment (repeatable read).
     *
     * @param program the version of the program that writes
     */
    public static void write(JdbcClient db, Customer customer, String program, Instant now, OutputStream out) {
        write(db, customer, Horizon.whole(db, customer.id(), now), program, now, out);
    }

    /** The same up to a horizon: nothing that was learnt later. */
    public static void write(
            JdbcClient db, Customer customer, Horizon horizon, String program, Instant now, OutputStream out) {
        RecordExport export = new RecordExport(out);
        export.line(manifest(customer, horizon, program, now));
        Testimonies.each(db, customer.id(), horizon.seq(), export::entry);
        export.hearings(db, customer, horizon);
        export.line(Json.object()
                .put("line", CHECKPOINT)
                .put("seq", horizon.seq())
                .put("chain", hex(horizon.chain()))
                .put("at", now.toString()));
    }

    private static ObjectNode manifest(Customer customer, Horizon horizon, String program, Instant now) {
        ObjectNode line = Json.object()
                .put("line", MANIFEST)
                .put("format", FORMAT)
                .put("program", program)
                .put("at", now.toString());
        line.putObject("customer")
                .put("id", customer.id().toString())
                .put("slug", customer.slug())
                .put("name", customer.name());
        return line.put("entries", horizon.seq());
    }

    /** Leaves as the text that was hashed, byte for byte: parsing and writing them again could change it. */
    private void entry(Testimonies.Raw raw) {
        StringBuilder line = new StringBuilder(1024)
                .append("{\"line\":\"" + ENTRY + "\",\"seq\":")
                .append(raw.seq());
        leaf(line, "header", raw.header(), raw.headerSalt());
        leaf(line, "facts", raw.facts(), raw.factsSalt());
        leaf(line, "note", raw.note(), raw.noteSalt());
        leaf(line, "document", raw.document(), raw.documentSalt());
        if (raw.document() == null && raw.documentLeaf() != null)
            line.append(",\"documentLeaf\":\"").append(hex(raw.documentLeaf())).append('"');
        print(line.append(",\"chain\":\"").append(hex(raw.chain())).append("\"}\n"));
    }

    private static void leaf(StringBuilder line, String name, byte @Nullable [] bytes, byte @Nullable [] salt) {
        if (bytes == null || salt == null) return;
        line.append(",\"").append(name).append("\":");
        Json.quote(line, new String(bytes, StandardCharsets.UTF_8));
        line.append(",\"").append(name).append("Salt\":\"").append(BASE64.encodeToString(salt));
        line.append('"');
    }

    /** What was heard again stands beside the chain until it is sealed into it. */
    private void hearings(JdbcClient db, Customer customer, Horizon horizon) {
        long after = 0;
        for (int written = PAGE; written == PAGE; ) {
            List<ObjectNode> page = db.sql(
                            "select * from hearing where customer_id = ? and seq > ? and seq <= ? order by seq limit ?")
                    .params(customer.id(), after, horizon.seq(), PAGE)
                    .query((row, n) -> hearing(row, horizon.at()))
                    .list();
            page.forEach(this::line);
            written = page.size();
            if (written > 0) after = page.getLast().get("seq").longValue();
        }
    }

    private static ObjectNode hearing(ResultSet row, @Nullable Instant horizon) throws SQLException {
        Hearing whole = Knowledge.hearing(row);
        Hearing run = horizon == null ? whole : whole.until(horizon);
        boolean wentOn = !run.equals(whole);
        return Json.object()
                .put("line", HEARING)
                .put("seq", run.seq())
                .put("element", row.getString("element_id"))
                .put("firstAt", run.firstAt().toString())
                .put("lastAt", run.lastAt().toString())
                .put("heardAt", run.heardAt().toString())
                .put("heard", run.heard())
                .put("sealed", run.sealed())
                .put("ended", !wentOn && row.getBoolean("ended"));
    }

    private static final int PAGE = 1_000;

    private void line(ObjectNode line) {
        print(new StringBuilder(Json.MAPPER.writeValueAsString(line)).append('\n'));
    }

    private void print(StringBuilder text) {
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
