package org.minventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpoolTest {
    @Test
    void whatWasWrittenIsSentHoweverLongItIs() throws IOException {
        for (int length : new int[] {0, 1, Spool.IN_MEMORY, Spool.IN_MEMORY + 1, 3 * Spool.IN_MEMORY + 17}) {
            byte[] written = new byte[length];
            new Random(length).nextBytes(written);
            Spool spool = new Spool();
            for (int from = 0; from < length; from += 100_000)
                spool.write(written, from, Math.min(100_000, length - from));
            assertThat(spool.length()).isEqualTo(length);
            assertThat(spool.isInFile()).isEqualTo(length > Spool.IN_MEMORY);
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            spool.writeTo(sent);
            assertThat(sent.toByteArray()).isEqualTo(written);
        }
    }
}
