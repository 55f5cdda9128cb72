package org.minventory.notification.channel.atom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Settings;

/** Keeps what there is to say as a feed, which readers of news fetch by an address of its own (RFC 4287). */
public final class AtomChannel implements Channel.Kept {
    /** The name of this channel. */
    public static final String WORD = "atom";

    private static final String NAMESPACE = "http://www.w3.org/2005/Atom";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public List<Field> fields() {
        return List.of();
    }

    @Override
    public void check(Settings settings) {
        // there is nothing that could not fit
    }

    @Override
    public boolean isForPeople() {
        return true;
    }

    @Override
    public @Nullable String address(String secret) {
        return "/feeds/" + secret + ".atom";
    }

    /** One entry: a piece of news under an identifier that never changes. */
    public record Entry(UUID id, Message.News news) {}

    /**
     * The feed as a document. Texts of witnesses stand in it as text, never as markup.
     *
     * @param id the subscription
     * @param since when it was made: how old the feed is while nothing has happened
     */
    public static byte[] document(
            UUID id, String title, Instant since, Locale language, String home, List<Entry> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeAttribute("xml:lang", language.getLanguage());
            element(xml, "id", "urn:uuid:" + id);
            element(xml, "title", title);
            element(
                    xml,
                    "updated",
                    (entries.isEmpty() ? since : entries.getFirst().news().at()).toString());
            link(xml, home);
            for (Entry entry : entries) write(xml, entry);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }

    private static void write(XMLStreamWriter xml, Entry entry) throws XMLStreamException {
        Message.News news = entry.news();
        xml.writeStartElement("entry");
        element(xml, "id", "urn:uuid:" + entry.id());
        element(xml, "title", title(news));
        element(xml, "updated", news.at().toString());
        xml.writeStartElement("author");
        element(xml, "name", news.witness() == null ? "Minventory" : news.witness());
        xml.writeEndElement();
        link(xml, news.link());
        xml.writeEmptyElement("category");
        xml.writeAttribute("term", news.type());
        if (!news.details().isEmpty()) element(xml, "summary", String.join("\n", news.details()));
        xml.writeEndElement();
    }

    private static String title(Message.News news) {
        if (news.elements().isEmpty()) return news.sentence();
        String first = news.elements().getFirst().name();
        int more = news.elements().size() - 1;
        return (more == 0 ? first : first + " +" + more) + ": " + news.sentence();
    }

    private static void link(XMLStreamWriter xml, String address) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("href", fit(address));
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(fit(text));
        xml.writeEndElement();
    }

    /** Without what XML 1.0 cannot hold. */
    private static String fit(String text) {
        StringBuilder fit = new StringBuilder(text.length());
        text.codePoints()
                .filter(c ->
                        c == '\t' || c == '\n' || (c >= 0x20 && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF)
                .forEach(fit::appendCodePoint);
        return fit.toString();
    }
}
