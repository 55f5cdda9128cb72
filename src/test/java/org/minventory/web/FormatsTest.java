package org.minventory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.export.Csv;
import org.springframework.mock.web.MockHttpServletRequest;

/** What comes in and goes out, byte by byte. */
class FormatsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    application/json                            | JSON
                    */*                                         | JSON
                    text/csv                                    | CSV
                    application/x-ndjson, application/json;q=.5 | NDJSON
                    text/*;q=0.1, application/x-ndjson;q=0.2    | NDJSON
                    text/html, */*;q=0.1                        | JSON
                    """)
    void theReaderChooses(String accept, Format expected) {
        assertThat(Format.of(asked(accept), Format.JSON, Format.NDJSON, Format.CSV))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "nonsense"})
    void whatIsNotOfferedIsRefused(String accept) {
        assertThatThrownBy(() -> Format.of(asked(accept), Format.JSON, Format.CSV))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.NOT_ACCEPTABLE));
    }

    @Test
    void noCellIsAFormula() {
        List<String> cells = Arrays.asList(
                "=1+1",
                "+1",
                "-1",
                "@sum",
                "\tx",
                "-x",
                "plain",
                "a,b",
                "say \"so\"",
                null,
                "12.5",
                "-12.5",
                "two\nlines");
        String row = new String(Csv.of(List.of("a", "=b"), List.of(cells)), StandardCharsets.UTF_8);
        assertThat(row)
                .isEqualTo(
                        "a,=b\r\n"
                                + "'=1+1,'+1,-1,'@sum,'\tx,'-x,plain,\"a,b\",\"say \"\"so\"\"\",,12.5,-12.5,\"two\nlines\"\r\n");
    }

    @Test
    void aStreamIsReadLineByLineAndALongLineCostsOnlyItself() {
        String stream = "{\"a\":1}\n\n  \r\n" + "x".repeat(Body.ONE + 1) + "\n{\"b\":2}\r\n{\"c\":\"é\"}";
        List<String> lines = new ArrayList<>();
        body(stream, "application/x-ndjson").lines(new Body.LineReader() {
            @Override
            public void line(byte[] line, long number) {
                lines.add(number + " " + new String(line, StandardCharsets.UTF_8).strip());
            }

            @Override
            public void tooLong(long number, Refusal refusal) {
                lines.add(number + " " + refusal.problem());
            }
        });
        assertThat(lines).containsExactly("1 {\"a\":1}", "4 BODY_TOO_LARGE", "5 {\"b\":2}", "6 {\"c\":\"é\"}");
    }

    @Test
    void oneDocumentIsSmallAndAnArrayMayBeLarger() {
        String blank = " ".repeat(Body.ONE);
        assertThat(body("[" + blank + "]", "application/json").document().isArray())
                .isTrue();
        assertThatThrownBy(() -> body("{" + blank + "}", "application/json").document())
                .hasMessageContaining("BODY_TOO_LARGE");
        assertThatThrownBy(() -> body("[" + " ".repeat(Body.MANY) + "]", "application/json")
                        .document())
                .hasMessageContaining("BODY_TOO_LARGE");
    }

    @Test
    void aSpoolGivesBackWhatItWasGivenHoweverLarge() throws IOException {
        for (int size : new int[] {0, 10, 9 << 20}) {
            byte[] bytes = new byte[size];
            Arrays.fill(bytes, (byte) 7);
            Spool spool = new Spool();
            for (int from = 0; from < size; from += 1 << 19) spool.write(bytes, from, Math.min(1 << 19, size - from));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(spool.length()).isEqualTo(size);
            spool.writeTo(out);
            assertThat(out.toByteArray()).isEqualTo(bytes);
        }
    }

    private static Asked asked(String accept) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Accept", accept);
        return new Asked(request, Locale.ENGLISH);
    }

    private static Body body(String content, String type) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setContentType(type);
        request.setContent(content.getBytes(StandardCharsets.UTF_8));
        return new Body(request);
    }
}
