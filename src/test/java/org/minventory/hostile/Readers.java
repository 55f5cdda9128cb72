package org.minventory.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.minventory.Npm;
import org.minventory.Story.Reply;
import org.minventory.base.Json;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;

/** Each format read by a parser of its own: well-formed, and nothing in it that its reader would run or obey. */
final class Readers {
    /** What is no JSON, to be told of the formats that others than programs read. */
    private static final String MARKUP = "(?is).*<(?:img|svg|a)\\s+class=\"?hostile.*|.*<script>window\\.hostile.*";

    private static final Set<String> OF_CALENDARS = Set.of("VCALENDAR", "VEVENT");

    private Readers() {}

    /** Something that reads one format. */
    interface Reader {
        void read(byte[] document) throws IOException;
    }

    /** A format → who reads it: a new one has to be added here, or the test fails. */
    static final Map<String, Reader> BY_TYPE = byType();

    private static Map<String, Reader> byType() {
        Map<String, Reader> readers = new TreeMap<>();
        readers.put("application/json", Json.MAPPER::readTree);
        readers.put("application/problem+json", Json.MAPPER::readTree);
        readers.put("application/x-ndjson", document -> text(document).lines().forEach(Json.MAPPER::readTree));
        readers.put("application/yaml", Readers::plain);
        readers.put("application/zip", Readers::archive);
        readers.put("application/pdf", document -> assertThat(text(document)).startsWith("%PDF-"));
        readers.put("application/atom+xml", Readers::xml);
        readers.put("application/octet-stream", document -> {});
        readers.put("text/calendar", Readers::calendar);
        readers.put("text/csv", Readers::table);
        readers.put("text/css", Readers::plain);
        readers.put("text/dns", Readers::plain);
        readers.put("text/html", Readers::page);
        readers.put("text/plain", Readers::plain);
        readers.put("text/x-shellscript", Readers::plain);
        readers.put("image/svg+xml", Readers::xml);
        return readers;
    }

    static void read(String path, Reply reply) {
        assertThat(reply.headers().map().keySet()).as(path).noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT)
                .contains("injected"));
        assertThat(reply.headers().allValues("Set-Cookie")).as(path).noneMatch(cookie -> cookie.startsWith("hostile"));
        if (reply.bytes().length == 0) return;
        String type = reply.header("Content-Type").replaceFirst(";.*", "").strip();
        Reader reader = BY_TYPE.get(type);
        assertThat(reader)
                .as("nobody reads " + type + " of " + path + ": add it to Readers")
                .isNotNull();
        try {
            reader.read(reply.bytes());
        } catch (IOException | RuntimeException unread) {
            throw new AssertionError(path + " is no well-formed " + type + ": " + unread, unread);
        } catch (AssertionError harmful) {
            throw new AssertionError(path + ": " + harmful.getMessage(), harmful);
        }
    }

    static String text(byte[] document) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException binary) {
            return new String(document, StandardCharsets.ISO_8859_1);
        }
    }

    /** Text for people and shells: no character that moves a cursor, rings, or turns the order round. */
    static void plain(byte[] document) {
        assertThat(text(document)
                        .codePoints()
                        .filter(c -> isControl(c) && c != '\n' && c != '\t' && c != '\r')
                        .boxed())
                .isEmpty();
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE;
    }

    static List<CSVRecord> cells(byte[] document) throws IOException {
        try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(text(document)))) {
            return parser.getRecords();
        }
    }

    /** No cell begins a formula. */
    static void table(byte[] document) throws IOException {
        List<CSVRecord> rows = cells(document);
        for (CSVRecord row : rows) {
            assertThat(row.size()).as(row.toString()).isEqualTo(rows.getFirst().size());
            for (String cell : row) assertThat(cell).matches("(?s)(?![=+@\\t\\r|%]|-(?!\\d+(\\.\\d+)?$)).*");
        }
    }

    private static void page(byte[] document) {
        assertThat(text(document).matches(MARKUP)).as(text(document)).isFalse();
    }

    private static void xml(byte[] document) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var read = factory.newDocumentBuilder().parse(new ByteArrayInputStream(document));
            assertThat(read.getElementsByTagName("script").getLength()).isZero();
        } catch (ParserConfigurationException | SAXException malformed) {
            throw new IOException(malformed);
        }
    }

    /** Nothing but events, and no property that we do not write. */
    private static void calendar(byte[] document) {
        String unfolded = text(document).replace("\r\n ", "").replace("\r\n\t", "");
        for (String line : unfolded.split("\r\n", -1)) {
            if (line.isEmpty()) continue;
            assertThat(line).matches("[A-Z-]+[;:].*");
            assertThat(line.codePoints().filter(Character::isISOControl).boxed())
                    .as(line)
                    .isEmpty();
            if (line.startsWith("BEGIN:")) assertThat(OF_CALENDARS).contains(line.substring("BEGIN:".length()));
            assertThat(line).doesNotStartWith("ATTACH").doesNotStartWith("ACTION");
        }
        Npm.Ran read = Npm.run("read-calendar.mjs", text(document));
        assertThat(read.err()).isEmpty();
        JsonNode calendar = Json.MAPPER.readTree(read.out());
        assertThat(calendar.get("events")).isNotEmpty();
    }

    /** Each file by the end of its name. */
    private static void archive(byte[] document) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(document))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                assertThat(name).matches("[A-Za-z0-9][A-Za-z0-9._/-]*").doesNotContain("..");
                byte[] file = zip.readAllBytes();
                if (name.endsWith(".csv")) table(file);
                if (name.endsWith(".html")) page(file);
                if (name.endsWith(".json")) Json.MAPPER.readTree(file);
            }
        }
    }
}
