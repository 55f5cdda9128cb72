package org.minventory.export;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Sentence;
import org.minventory.testimony.Chain;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Proves a record from its export alone: works every link of the chain out again from the leaves and finds the first entry
 * that was edited, removed, added or moved, or where the rest was cut off. Memory does not grow with the record. Who could
 * rewrite everything from an entry to the end would make a chain that holds: checkpoints kept elsewhere find that too.
 */
public final class RecordVerifier {
    /** The chain as it was known to stand at an entry. */
    public record Checkpoint(long seq, String chain) {}

    /** What is wrong. */
    public enum Fault {
        /** A line is no JSON, or lacks what such a line holds. */
        UNREADABLE,
        /** The first line is no manifest of a format known here. */
        NO_MANIFEST,
        /** An entry does not follow the one before: something was removed, added or moved. */
        OUT_OF_ORDER,
        /** The link worked out from the leaves is not the one written: something was edited, added or moved. */
        BROKEN_LINK,
        /** The end is missing. */
        CUT_OFF,
        /** Something follows the end, or stands in a wrong place. */
        MISPLACED,
        /** It closes on another chain or count than it has. */
        WRONG_END,
        /** A checkpoint known from elsewhere says otherwise. */
        OTHER_HISTORY
    }

    /**
     * What was found.
     *
     * @param entries that hold, from the first one on
     * @param fault the first one; null where all of it holds
     * @param at the number of the entry, or how many lines were read where no entry is concerned
     * @param end where the record stands, to keep elsewhere; null where it does not hold
     */
    public record Verdict(
            @Nullable UUID customer,
            long entries,
            @Nullable Fault fault,
            long at,
            @Nullable Checkpoint end) {
        public boolean holds() {
            return fault == null;
        }

        /** The verdict as a sentence. */
        public Sentence sentence() {
            String key = fault == null
                    ? "record-holds"
                    : "record-"
                            + fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            return Sentence.of(BUNDLE, key, entries, at, end == null ? "" : end.chain());
        }
    }

    /**
     * An entry whose link holds.
     *
     * @param header as it was hashed
     * @param document the tool's own document, where it is kept and was not erased
     */
    record Proven(long seq, String header, @Nullable String document) {}

    static final String BUNDLE = "org.minventory.export.said";

    private final Map<Long, String> known = new HashMap<>();
    private final Line line = new Line();
    private @Nullable UUID customer;
    private byte[] chain = Chain.beginning();
    private long entries;
    private long lines;
    private boolean hearing;
    private @Nullable Checkpoint end;

    private final Consumer<Proven> each;

    private RecordVerifier(Consumer<Proven> each, Checkpoint... known) {
        this.each = each;
        for (Checkpoint checkpoint : known) this.known.put(checkpoint.seq(), checkpoint.chain());
    }

    /**
     * Reads an export to its end, or to its first fault.
     *
     * @param known checkpoints kept elsewhere that the record has to pass through
     */
    public static Verdict verify(InputStream export, Checkpoint... known) {
        return verify(export, proven -> {}, known);
    }

    /** The same, telling each entry as soon as its link is known to hold. */
    static Verdict verify(InputStream export, Consumer<Proven> each, Checkpoint... known) {
        return new RecordVerifier(each, known).read(export);
    }

    private Verdict read(InputStream export) {
        try (JsonParser parser = Json.parser(export)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                lines++;
                if (token != JsonToken.START_OBJECT) return fault(Fault.UNREADABLE, lines);
                line.read(parser);
                Verdict fault = check();
                if (fault != null) return fault;
            }
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return fault(Fault.UNREADABLE, lines);
        }
        return ended();
    }

    private Verdict ended() {
        if (customer == null) return fault(Fault.NO_MANIFEST, lines);
        if (end == null) return fault(Fault.CUT_OFF, entries + 1);
        for (long seq : known.keySet()) if (seq > entries) return fault(Fault.OTHER_HISTORY, seq);
        return new Verdict(customer, entries, null, lines, end);
    }

    private Verdict fault(Fault fault, long at) {
        return new Verdict(customer, entries, fault, at, null);
    }

    private @Nullable Verdict check() {
        if (customer == null) return manifest();
        if (end != null) return fault(Fault.MISPLACED, lines);
        return switch (line.text("line")) {
            case RecordExport.ENTRY -> entry(customer);
            case RecordExport.HEARING -> heard();
            case RecordExport.CHECKPOINT -> checkpoint();
            default -> fault(Fault.MISPLACED, lines);
        };
    }

    private @Nullable Verdict manifest() {
        boolean fits = line.text("line").equals(RecordExport.MANIFEST) && line.number("format") == RecordExport.FORMAT;
        UUID id = Ids.parse(line.text("id"));
        if (!fits || id == null) return fault(Fault.NO_MANIFEST, lines);
        customer = id;
        return null;
    }

    private @Nullable Verdict entry(UUID of) {
        long seq = line.number("seq");
        if (hearing) return fault(Fault.MISPLACED, lines);
        if (seq != entries + 1) return fault(Fault.OUT_OF_ORDER, entries + 1);
        byte[] link = Chain.link(of, seq, chain, body());
        if (!Arrays.equals(link, line.bytes("chain"))) return fault(Fault.BROKEN_LINK, seq);
        String expected = known.get(seq);
        if (expected != null && !expected.equals(line.text("chain"))) return fault(Fault.OTHER_HISTORY, seq);
        chain = link;
        entries = seq;
        each.accept(new Proven(seq, line.text("header"), line.has("document") ? line.text("document") : null));
        return null;
    }

    private byte[] body() {
        byte[] document = line.has("documentLeaf") ? line.bytes("documentLeaf") : leaf("document");
        return Chain.body(leaf("header"), leaf("facts"), leaf("note"), document);
    }

    private byte[] leaf(String name) {
        if (!line.has(name)) return Chain.leaf(null, null);
        byte[] salt = Base64.getUrlDecoder().decode(line.text(name + "Salt"));
        return Chain.leaf(salt, line.text(name).getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable Verdict heard() {
        hearing = true;
        return line.number("seq") > entries ? fault(Fault.MISPLACED, lines) : null;
    }

    private @Nullable Verdict checkpoint() {
        String told = line.text("chain");
        boolean fits = line.number("seq") == entries && told.equals(RecordExport.hex(chain));
        if (!fits) return fault(Fault.WRONG_END, entries);
        end = new Checkpoint(entries, told);
        return null;
    }

    /** The members of one line; those of an object within stand beside the others. */
    private static final class Line {
        private final Map<String, String> members = new HashMap<>();

        void read(JsonParser parser) {
            members.clear();
            int depth = 1;
            String name = "";
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token == null) throw new IllegalArgumentException("broken off");
                if (token.isStructStart()) depth++;
                else if (token.isStructEnd()) depth--;
                else if (token == JsonToken.PROPERTY_NAME) name = parser.currentName();
                else members.put(name, parser.getString());
            }
        }

        boolean has(String name) {
            return members.containsKey(name);
        }

        String text(String name) {
            return members.getOrDefault(name, "");
        }

        long number(String name) {
            return Long.parseLong(text(name));
        }

        byte[] bytes(String name) {
            return HexFormat.of().parseHex(text(name));
        }
    }
}
