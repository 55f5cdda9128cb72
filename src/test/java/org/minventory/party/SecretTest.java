package org.minventory.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A secret that tells whose it is tells exactly that, and a misspelt one tells nothing. */
class SecretTest {
    @Test
    void aSecretNamesItsCustomer() {
        for (UUID customer : List.of(
                new UUID(0, 0),
                new UUID(0, 1),
                new UUID(0, -1),
                new UUID(-1, 0),
                new UUID(-1, -1),
                new UUID(Long.MIN_VALUE, Long.MAX_VALUE),
                UUID.randomUUID())) {
            Secret secret = Secret.fresh(Secret.SHARE, customer);
            assertThat(Secret.customer(Secret.SHARE, secret.text())).isEqualTo(customer);
            assertThat(Secret.hashOfCustomers(Secret.SHARE, secret.text())).isEqualTo(secret.hash());
            assertThat(secret.toString()).doesNotContain(secret.text().substring(4));
        }
    }

    @Test
    void aMisspeltOneNamesNobody() {
        String text = Secret.fresh(Secret.SHARE, UUID.randomUUID()).text();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            String misspelt = text.substring(0, i) + other + text.substring(i + 1);
            assertThat(Secret.customer(Secret.SHARE, misspelt)).as(misspelt).isNull();
            assertThat(Secret.hashOfCustomers(Secret.SHARE, misspelt))
                    .as(misspelt)
                    .isNull();
        }
        for (String none : List.of("", "mnl_", text + "0", text.substring(1), text.replace("mnl_", "mnv_")))
            assertThat(Secret.customer(Secret.SHARE, none)).as(none).isNull();
        assertThat(Secret.hashOfCustomers(Secret.SHARE, null)).isNull();
        assertThat(Secret.hash(Secret.SHARE, text))
                .as("a token's form is another")
                .isNull();
    }
}
