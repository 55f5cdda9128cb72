package org.minventory.base;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The items of a JSON array, each by its own bytes, so that one that cannot be read costs the others nothing. Only texts,
 * brackets and commas are looked at: whatever else is wrong with an item (too deep, too long, not UTF-8) its own reading
 * will say.
 */
public final class JsonItems implements Iterable<byte[]> {
    private final byte[] body;

    private JsonItems(byte[] body) {
        this.body = body;
    }

    /**
     * The items of the array; null where the document is none.
     *
     * @throws Refusal {@link Problem#MALFORMED_JSON} where it cannot be made out where the items begin and end
     */
    public static @Nullable JsonItems of(byte[] body) {
        Scan scan = new Scan(body);
        if (!scan.enter()) return null;
        while (scan.hasNext()) scan.pass();
        return new JsonItems(body);
    }

    @Override
    public Iterator<byte[]> iterator() {
        Scan scan = new Scan(body);
        scan.enter();
        return scan;
    }

    /** Walks from item to item. */
    private static final class Scan implements Iterator<byte[]> {
        private static final int END = -1;

        private final byte[] body;
        private int at;
        private boolean more;

        Scan(byte[] body) {
            this.body = body;
        }

        /** Steps into the array, to its first item; false where there is no array. */
        boolean enter() {
            if (startsWithMark()) at = 3;
            skipBlanks();
            if (here() != '[') return false;
            at++;
            skipBlanks();
            more = here() != ']';
            if (!more) leave();
            return true;
        }

        /** The mark that some programs put before UTF-8. */
        private boolean startsWithMark() {
            return body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf;
        }

        @Override
        public boolean hasNext() {
            return more;
        }

        @Override
        public byte[] next() {
            if (!more) throw new NoSuchElementException();
            int from = at;
            return Arrays.copyOfRange(body, from, pass());
        }

        /** Goes on to the next item; gives where this one ends. */
        int pass() {
            skipItem();
            int end = at;
            skipBlanks();
            more = here() == ',';
            if (more) at++;
            else leave();
            skipBlanks();
            return end;
        }

        private void leave() {
            if (here() != ']') throw malformed();
            at++;
            skipBlanks();
            if (here() != END) throw malformed();
        }

        private void skipItem() {
            switch (here()) {
                case '"' -> skipText();
                case '{', '[' -> skipNested();
                default -> skipWord();
            }
        }

        private void skipText() {
            at++;
            while (here() != '"') {
                if (here() == END) throw malformed();
                at += here() == '\\' ? 2 : 1;
            }
            at++;
        }

        /** To the bracket that closes what opens here, however deep. */
        private void skipNested() {
            BitSet braces = new BitSet();
            int depth = 0;
            do {
                int here = here();
                if (here == '"') {
                    skipText();
                    continue;
                }
                if (here == END) throw malformed();
                if (here == '{' || here == '[') braces.set(depth++, here == '{');
                if ((here == '}' || here == ']') && braces.get(--depth) != (here == '}')) throw malformed();
                at++;
            } while (depth > 0);
        }

        /** A number, true, false, null, or what its own reading will refuse. */
        private void skipWord() {
            int from = at;
            while (here() != END && !isBlank(here()) && "{}[],\"".indexOf(here()) < 0) at++;
            if (at == from) throw malformed();
        }

        private void skipBlanks() {
            while (isBlank(here())) at++;
        }

        private static boolean isBlank(int here) {
            return here == ' ' || here == '\n' || here == '\r' || here == '\t';
        }

        private int here() {
            return at < body.length ? body[at] & 0xff : END;
        }

        private Refusal malformed() {
            int line = 1;
            int start = 0;
            int end = Math.min(at, body.length);
            for (int i = 0; i < end; i++) {
                if (body[i] != '\n') continue;
                line++;
                start = i + 1;
            }
            return Refusal.at(Problem.MALFORMED_JSON, "", line, end - start + 1);
        }
    }
}
