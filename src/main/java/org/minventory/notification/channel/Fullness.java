package org.minventory.notification.channel;

import java.util.function.ToIntFunction;

/** Says as much as there is room for: everything in full, else everything shorter, else the first so many, shortly. */
public enum Fullness {
    FULL(1_000, 10, 500, 50),
    SHORT(300, 3, 150, 10),
    BRIEF(120, 0, 0, 3);

    private final int sentence;
    private final int details;
    private final int detail;
    private final int elements;

    Fullness(int sentence, int details, int detail, int elements) {
        this.sentence = sentence;
        this.details = details;
        this.detail = detail;
        this.elements = elements;
    }

    /** Characters of a sentence. */
    public int sentence() {
        return sentence;
    }

    /** How many details of a piece of news. */
    public int details() {
        return details;
    }

    /** Characters of one of them. */
    public int detail() {
        return detail;
    }

    /** How many of the elements that it is about. */
    public int elements() {
        return elements;
    }

    /** Writes the first so many pieces of news of a message so fully. */
    public interface Writer<T> {
        T write(Fullness fullness, int news);
    }

    /**
     * The fullest form of a message that is not longer than the limit.
     *
     * @param limit in bytes
     * @param most how many pieces of news are said at once in any case
     */
    public static byte[] fill(Message message, int limit, int most, Writer<byte[]> writer) {
        return fill(message, limit, most, writer, bytes -> bytes.length);
    }

    /** The same where a receiver counts characters. */
    public static String fillText(Message message, int characters, int most, Writer<String> writer) {
        return fill(message, characters, most, writer, String::length);
    }

    private static <T> T fill(Message message, int limit, int most, Writer<T> writer, ToIntFunction<T> size) {
        int news = Math.min(message.news().size(), most);
        for (Fullness fullness : values()) {
            T written = writer.write(fullness, news);
            if (size.applyAsInt(written) <= limit) return written;
        }
        T written = writer.write(BRIEF, 1);
        for (int more = 2; more < news; more++) {
            T longer = writer.write(BRIEF, more);
            if (size.applyAsInt(longer) > limit) break;
            written = longer;
        }
        return written;
    }
}
