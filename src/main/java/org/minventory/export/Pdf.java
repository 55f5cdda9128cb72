package org.minventory.export;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A printed page as a PDF (tagged, PDF/UA; its letters embedded). What is laid out comes from our own templates; it reads
 * nothing from elsewhere, whatever a witness wrote into it.
 */
public final class Pdf {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/pdf";

    private static final String FONTS = "/liberation/";
    private static final String REGULAR = "LiberationSans-Regular.ttf";

    static {
        XRLog.setLoggingEnabled(false); // it tells each page's progress; what goes wrong is thrown
        FontMappers.set(new OnlyOurs());
    }

    private Pdf() {}

    /**
     * Prints a page.
     *
     * @param page a well-formed XHTML document with a {@code title}, a {@code lang} and a {@code meta name="description"}
     */
    public static byte[] of(String page) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PdfRendererBuilder printer = new PdfRendererBuilder()
                .usePdfUaAccessibility(true)
                .useUriResolver((base, uri) -> null) // nothing is fetched
                .withHtmlContent(printable(page), null)
                .toStream(printed);
        font(printer, REGULAR, "Liberation Sans", 400, FontStyle.NORMAL);
        font(printer, "LiberationSans-Bold.ttf", "Liberation Sans", 700, FontStyle.NORMAL);
        font(printer, "LiberationSans-Italic.ttf", "Liberation Sans", 400, FontStyle.ITALIC);
        font(printer, "LiberationMono-Regular.ttf", "Liberation Mono", 400, FontStyle.NORMAL);
        try {
            printer.run();
        } catch (IOException impossible) { // into memory
            throw new UncheckedIOException(impossible);
        }
        return printed.toByteArray();
    }

    private static void font(PdfRendererBuilder printer, String file, String family, int weight, FontStyle style) {
        FSSupplier<InputStream> letters = () -> letters(file);
        printer.useFont(letters, family, weight, style, true);
    }

    private static InputStream letters(String file) {
        return Objects.requireNonNull(Pdf.class.getResourceAsStream(FONTS + file), file);
    }

    /** Fonts of the machine are neither looked for nor used: a page looks the same wherever it is printed. */
    private static final class OnlyOurs implements FontMapper {
        private final TrueTypeFont regular;

        private OnlyOurs() {
            try (InputStream letters = letters(REGULAR)) {
                regular = new TTFParser().parse(new RandomAccessReadBuffer(letters));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        @Override
        public FontMapping<TrueTypeFont> getTrueTypeFont(String name, @Nullable PDFontDescriptor described) {
            return new FontMapping<>(regular, false);
        }

        @Override
        public FontMapping<FontBoxFont> getFontBoxFont(String name, @Nullable PDFontDescriptor described) {
            return new FontMapping<>(regular, false);
        }

        @Override
        public @Nullable CIDFontMapping getCIDFont(
                String name, @Nullable PDFontDescriptor described, @Nullable PDCIDSystemInfo system) {
            return null;
        }
    }

    /** What XML cannot hold is shown as what it is: a character that nobody can read. */
    private static String printable(String page) {
        StringBuilder printable = new StringBuilder(page.length());
        page.codePoints().map(c -> isXml(c) ? c : 0xFFFD).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
