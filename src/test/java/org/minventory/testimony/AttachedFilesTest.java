package org.minventory.testimony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.element.Bundles;

/** What may be attached, by its name, its bytes and what stands in it; and how it is kept. */
class AttachedFilesTest {
    private static final String PLAIN = "text/plain";

    private static void add(String name, String mediaType, byte[] content) {
        new AttachedFiles().add(name, mediaType, Base64.getEncoder().encodeToString(content));
    }

    private static void add(String name, String mediaType, String content) {
        add(name, mediaType, content.getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal refused(String name, String mediaType, byte[] content) {
        try {
            add(name, mediaType, content);
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError(name + " was taken");
    }

    private static void refused(String name, String mediaType, byte[] content, Problem problem, String place) {
        Refusal refusal = refused(name, mediaType, content);
        assertThat(refusal.problem()).as(name).isEqualTo(problem);
        assertThat(refusal.places().getFirst().pointer()).as(name).isEqualTo(place);
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH))
            assertThat(refusal.places().getFirst().detail().in(language)).isNotBlank();
    }

    private static void refused(String name, String mediaType, String content, Problem problem, String place) {
        refused(name, mediaType, content.getBytes(StandardCharsets.UTF_8), problem, place);
    }

    // ---- names

    @ParameterizedTest
    @ValueSource(strings = {"plan.txt", "Devis n° 7 (été).txt", "契約.TXT", "a.b.log", "x'\"<b>.conf"})
    void aNameMayBeWhatPeopleCallTheirFiles(String name) {
        assertThatCode(() -> add(name, PLAIN, "x")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "../../etc/passwd.txt",
                "a/b.txt",
                "C:\\temp\\b.txt",
                "/etc/passwd.txt",
                ".txt",
                ".profile.txt",
                "trailing.txt.",
                " leading.txt",
                "trailing.txt ",
                "nul\u0000.txt",
                "line\nbreak.txt",
                "escape\u001b[2J.txt",
                "c1\u0085.txt",
                "cod\u202Etxt.exe.txt",
                "iso\u2067late.txt",
                "zero\u200Bwidth.txt",
                "\uFEFFbom.txt",
                "separator\u2028.txt",
                "private\uE000.txt"
            })
    void aNameLeadsNowhereHidesNothingAndTurnsNothing(String name) {
        refused(name, PLAIN, "x", Problem.UNFIT_VALUE, "/attachments/0/name");
    }

    @Test
    void aNameHas255BytesAtMostAndIsKeptInOneForm() {
        assertThatCode(() -> add("a".repeat(251) + ".txt", PLAIN, "x")).doesNotThrowAnyException();
        refused("a".repeat(252) + ".txt", PLAIN, "x", Problem.UNFIT_VALUE, "/attachments/0/name");
        refused("é".repeat(126) + ".txt", PLAIN, "x", Problem.UNFIT_VALUE, "/attachments/0/name");
        assertThat(AttachedFile.fitName("e\u0301te\u0301.txt")).isEqualTo("été.txt");
        refused("mnv_abcdefghijklmnop.txt", PLAIN, "x", Problem.LOOKS_LIKE_A_SECRET, "/attachments/0/name");
    }

    // ---- types

    @ParameterizedTest
    @EnumSource(FileType.class)
    void eachTypeIsKnownByItsBytesAndByItsName(FileType type) throws IOException {
        byte[] sample = sample(type);
        String ending = type.endings().split(", ", -1)[0];
        assertThatCode(() -> add("file" + ending, type.mediaType() + "; charset=UTF-8", sample))
                .doesNotThrowAnyException();
        refused("file" + ending + ".exe", type.mediaType(), sample, Problem.UNFIT_VALUE, "/attachments/0/name");
        refused(ending.substring(1), type.mediaType(), sample, Problem.UNFIT_VALUE, "/attachments/0/name");
        for (FileType other : FileType.values()) {
            boolean isAlsoText = type.isText() && other.isText() && other != FileType.JSON;
            if (other == type || isAlsoText) continue;
            String name = "file" + other.endings().split(", ", -1)[0];
            refused(name, other.mediaType(), sample, Problem.UNFIT_VALUE, "/attachments/0/content");
        }
    }

    static byte[] sample(FileType type) throws IOException {
        return switch (type) {
            case PDF -> "%PDF-1.7\n\u0001".getBytes(StandardCharsets.US_ASCII);
            case PNG -> new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0};
            case JPEG -> new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};
            case WEBP -> "RIFF\1\0\0\0WEBPVP8 ".getBytes(StandardCharsets.US_ASCII);
            case TEXT, MARKDOWN -> "# Plan\r\n\tdeux hébergeurs\f\n".getBytes(StandardCharsets.UTF_8);
            case CSV -> "nom;mémoire\nshop-db-1;64 Gio\n".getBytes(StandardCharsets.UTF_8);
            case JSON -> "{\"memory\": \"64 GiB\"}".getBytes(StandardCharsets.UTF_8);
            case ODT, ODS, ODP -> openDocument(type.mediaType());
            case DOCX -> openXml("word/document.xml");
            case XLSX -> openXml("xl/workbook.xml");
            case PPTX -> openXml("ppt/presentation.xml");
        };
    }

    private static byte[] openDocument(String mediaType, String... more) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            byte[] type = mediaType.getBytes(StandardCharsets.US_ASCII);
            ZipEntry first = new ZipEntry("mimetype");
            first.setMethod(ZipEntry.STORED);
            first.setSize(type.length);
            CRC32 sum = new CRC32();
            sum.update(type);
            first.setCrc(sum.getValue());
            zip.putNextEntry(first);
            zip.write(type);
            put(zip, "content.xml");
            for (String name : more) put(zip, name);
        }
        return packed.toByteArray();
    }

    private static byte[] openXml(String... names) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            put(zip, "[Content_Types].xml");
            for (String name : names) put(zip, name);
        }
        return packed.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("<x/>".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "image/svg+xml",
                "application/xhtml+xml",
                "application/javascript",
                "application/zip",
                "application/x-sh",
                "application/octet-stream",
                "application/vnd.ms-word.document.macroEnabled.12",
                "",
                ";",
                "é"
            })
    void whatIsNotOnTheListIsNotTaken(String mediaType) {
        refused("x.txt", mediaType, "x", Problem.UNFIT_VALUE, "/attachments/0/mediaType");
    }

    @Test
    void whatWouldRunIsNotTaken() throws IOException {
        for (String markup : List.of(
                "<!DOCTYPE html><p>",
                " \n<HTML>",
                "<svg xmlns='x' onload='alert(1)'/>",
                "\uFEFF<?xml version='1.0'?>",
                "<script>alert(1)</script>"))
            refused("x.txt", PLAIN, markup, Problem.UNFIT_VALUE, "/attachments/0/content");
        String docx = FileType.DOCX.mediaType();
        refused(
                "x.docx",
                docx,
                openXml("word/document.xml", "word/vbaProject.bin"),
                Problem.UNFIT_VALUE,
                "/attachments/0/content");
        refused(
                "x.docx",
                docx,
                openXml("word/document.xml", "word\\activeX\\activeX1.xml"),
                Problem.UNFIT_VALUE,
                "/attachments/0/content");
        String ods = FileType.ODS.mediaType();
        refused(
                "x.ods",
                ods,
                openDocument(ods, "Basic/Standard/Module1.xml"),
                Problem.UNFIT_VALUE,
                "/attachments/0/content");
    }

    @Test
    void whatIsBrokenIsRefusedAndNeverFails() throws IOException {
        byte[] whole = openXml("word/document.xml");
        for (int length = 1; length < whole.length; length++)
            refused(
                    "x.docx",
                    FileType.DOCX.mediaType(),
                    Arrays.copyOf(whole, length),
                    Problem.UNFIT_VALUE,
                    "/attachments/0/content");
        for (int at = 0; at < whole.length; at++) {
            byte[] other = whole.clone();
            other[at] ^= (byte) 0xFF;
            try {
                add("x.docx", FileType.DOCX.mediaType(), other);
            } catch (Refusal refused) {
                assertThat(refused.problem()).isEqualTo(Problem.UNFIT_VALUE);
            }
        }
        for (byte[] noText : List.of(
                new byte[] {(byte) 0xC3}, new byte[] {'a', 0, 'b'}, new byte[] {0x1B, '[', '2', 'J'}, new byte[0]))
            refused("x.txt", PLAIN, noText, Problem.UNFIT_VALUE, "/attachments/0/content");
        for (String noJson :
                List.of("{", "{'a': 1}", "[".repeat(40) + "]".repeat(40), "{\"a\":1,\"a\":2}", "1e99999999999"))
            refused("x.json", "application/json", noJson, Problem.UNFIT_VALUE, "/attachments/0/content");
        for (String noBase64 : List.of("é", "a", "YQ==\nYQ==", "Y Q="))
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> new AttachedFiles().add("x.txt", PLAIN, noBase64))
                    .matches(refusal -> refusal.problem() == Problem.UNFIT_VALUE);
    }

    // ---- how much

    @Test
    void filesHaveTheirLimitsAloneTogetherAndInNumber() {
        String five = Base64.getEncoder()
                .encodeToString("x".repeat(AttachedFiles.LARGEST).getBytes(StandardCharsets.UTF_8));
        refused(
                "x.txt",
                PLAIN,
                "x".repeat(AttachedFiles.LARGEST + 1),
                Problem.FILE_TOO_LARGE,
                "/attachments/0/content");
        refused(
                "x.txt",
                PLAIN,
                "x".repeat(AttachedFiles.LARGEST + 4),
                Problem.FILE_TOO_LARGE,
                "/attachments/0/content");
        AttachedFiles files = new AttachedFiles();
        files.add("1.txt", PLAIN, five);
        files.add("2.txt", PLAIN, five);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> files.add("3.txt", PLAIN, "eA=="))
                .matches(refusal -> refusal.problem() == Problem.FILE_TOO_LARGE
                        && refusal.places().getFirst().pointer().equals("/attachments/2/content"));
        AttachedFiles many = new AttachedFiles();
        for (int i = 0; i < AttachedFiles.MOST; i++) many.add(i + ".txt", PLAIN, "eA==");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> many.add("6.txt", PLAIN, "eA=="))
                .matches(refusal -> refusal.problem() == Problem.TOO_MANY_FILES);
    }

    // ---- secrets

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x.txt | text/plain | `-----BEGIN RSA PRIVATE KEY-----`",
                "x.conf | text/plain | `user = shop~password = hunter2`",
                "x.yaml | text/plain | `db:~  root_password: \"hunter2\"`",
                "x.md | text/markdown | `- api_key: a1b2c3d4`",
                "x.txt | text/plain | `mysql://root:hunter2@db.example/shop`",
                "x.json | application/json | `{\"db\": {\"password\": \"hunter2\"}}`",
                "x.json | application/json | `[\"ghp_012345678901234567890123456789\"]`",
                "x.csv | text/csv | `Account,Login Name,Password~shop,root,hunter2`",
                "x.csv | text/csv | `\"compte\";\"mot\";\"api key\"~\"a;b\";\"x~y\";\"s3cr3t\"`",
                "x.csv | text/csv | `name,url~db,https://root:hunter2@db.example/`"
            })
    void whatLooksLikeASecretIsRefused(String name, String mediaType, String content) {
        refused(name, mediaType, content.replace('~', '\n'), Problem.LOOKS_LIKE_A_SECRET, "/attachments/0/content");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x.txt | text/plain | `Password: ask Paul for it`",
                "x.txt | text/plain | `The password is kept in the vault.`",
                "x.conf | text/plain | `password = vault:acme/shop#root`",
                "x.yaml | text/plain | `password: ${DB_PASSWORD}~tokens: 12 each`",
                "x.csv | text/csv | `name,password~shop,~office,vault:acme/office#root~~`",
                "x.csv | text/csv | `name,memory~password,64 GiB`",
                "x.json | application/json | `{\"password\": {\"vault\": \"acme/shop\", \"rotated\": \"2026-01-01\"}}`"
            })
    void whatSaysWhereASecretIsKeptIsTaken(String name, String mediaType, String content) {
        assertThatCode(() -> add(name, mediaType, content.replace('~', '\n'))).doesNotThrowAnyException();
    }

    @Test
    void noTextMakesTheLookSlow() {
        String letters = "x".repeat(64);
        for (String piece :
                List.of("a=", "a: ", "password ", "\"x\": ", "-- ", "://:", "x\n: ", "\"", letters + "=\n")) {
            String text = piece.repeat(AttachedFiles.LARGEST / piece.length());
            for (String type : List.of(PLAIN, "text/csv"))
                org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
                    try {
                        add(type.equals(PLAIN) ? "x.txt" : "x.csv", type, text);
                    } catch (Refusal refused) {
                        assertThat(refused.problem()).isEqualTo(Problem.LOOKS_LIKE_A_SECRET);
                    }
                });
        }
    }

    // ---- how it is kept

    @Test
    void theListStandsBeforeTheContentsAndIsReadWithoutThem() {
        AttachedFiles files = new AttachedFiles();
        byte[] large = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < AttachedFiles.MOST; i++)
            files.add(
                    "\"".repeat(250) + i + ".txt",
                    "text/plain",
                    Base64.getEncoder().encodeToString(large));
        byte[] document = Json.canonical(files.document());
        byte[] beginning = Arrays.copyOf(document, AttachedFiles.LISTED_WITHIN);
        List<AttachedFile> listed = AttachedFiles.listed(beginning);
        assertThat(listed).hasSize(AttachedFiles.MOST).isEqualTo(AttachedFiles.listed(document));
        assertThat(listed.getLast().size()).isEqualTo(1 << 20);
        assertThat(AttachedFiles.content(document, 5).bytes()).isEqualTo(large);
        assertThat(AttachedFiles.content(document, 5).file()).isEqualTo(listed.getLast());
        assertThat(AttachedFiles.content(document, 0)).isNull();
        assertThat(AttachedFiles.content(document, 6)).isNull();
        assertThat(AttachedFiles.listed(null)).isEmpty();
        assertThat(new AttachedFiles().document()).isNull();
    }

    @Test
    void theSentencesStandInBothLanguages() {
        Map<String, String> english = Bundles.of("org.minventory.testimony.said", Locale.ENGLISH);
        Map<String, String> french = Bundles.of("org.minventory.testimony.said", Locale.FRENCH);
        assertThat(french.keySet()).isEqualTo(english.keySet()).isNotEqualTo(Set.of());
        english.forEach((key, sentence) -> assertThat(french.get(key)).as(key).isNotEqualTo(sentence));
    }
}
