package org.minventory.notification.channel.mail;

/** Plain text, wrapped between words as mail is read on a terminal. */
final class Lines {
    private static final int WIDTH = 72;

    private final StringBuilder text = new StringBuilder();

    /**
     * A paragraph.
     *
     * @param lead stands before its first line, and as many spaces before the next ones
     */
    Lines add(String lead, String paragraph) {
        String indent = " ".repeat(lead.length());
        StringBuilder line = new StringBuilder(lead);
        int words = 0;
        for (String word : paragraph.split(" ", -1)) {
            if (words > 0 && line.length() + 1 + word.length() > WIDTH) {
                whole(line.toString());
                line = new StringBuilder(indent);
                words = 0;
            }
            line.append(words > 0 ? " " : "").append(word);
            words++;
        }
        return whole(line.toString());
    }

    /** A line that is not broken, however long: an address. */
    Lines whole(String line) {
        text.append(line).append('\n');
        return this;
    }

    Lines blank() {
        return whole("");
    }

    String text() {
        return text.toString();
    }
}
