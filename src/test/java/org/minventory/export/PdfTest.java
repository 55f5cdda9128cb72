package org.minventory.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

final class PdfTest {
    private static String page(String said) {
        return """
                <!DOCTYPE html>
                <html lang="fr"><head><title>PV</title><meta name="description" content="PV"/>
                <style>body { font-family: "Liberation Sans" }</style></head>
                <body><p>%s</p></body></html>""".formatted(said);
    }

    static String read(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void whatIsPrintedIsReadBackWithItsLetters() throws IOException {
        assertThat(read(Pdf.of(page("Réserve levée à 64 Gio, 1 234,56 €, Ελληνικά"))))
                .contains("Réserve levée à 64 Gio, 1 234,56 €, Ελληνικά");
    }

    @Test
    void lettersThatNobodyCanReadSpoilNothing() throws IOException {
        assertThat(read(Pdf.of(page("a\u0000b\u001bc 日本 🙂 d")))).contains("a").contains("d");
    }

    @Test
    void aReaderWhoListensIsToldTheLanguageAndTheTitle() throws IOException {
        try (PDDocument document = Loader.loadPDF(Pdf.of(page("dit")))) {
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("fr");
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("PV");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
        }
    }

    @Test
    void nothingIsFetched() throws IOException {
        String greedy = "<img alt=\"x\" src=\"file:///etc/passwd\"/><img alt=\"y\" src=\"http://127.0.0.1:1/\"/>said";
        assertThat(read(Pdf.of(page(greedy)))).contains("said").doesNotContain("root:");
    }
}
