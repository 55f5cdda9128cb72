package org.minventory.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An array is cut into its items whatever these are, as long as it is clear where each begins and ends. */
class JsonItemsTest {
    @Test
    void cutsWhereItemsEnd() {
        assertThat(items("[]")).isEmpty();
        assertThat(items(" [ \n] ")).isEmpty();
        assertThat(items("[1,\"a,]\\\"\\\\\",{\"x\":[{}]} ,[ [],2 ],\ttrue]\r\n"))
                .containsExactly("1", "\"a,]\\\"\\\\\"", "{\"x\":[{}]}", "[ [],2 ]", "true");
        assertThat(items("\ufeff[{}]")).containsExactly("{}");
    }

    @Test
    void leavesToTheItemWhatIsWrongWithIt() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(items("[{\"a\":,},nul,1e99999999999," + deep + ",\"\t\"]"))
                .containsExactly("{\"a\":,}", "nul", "1e99999999999", deep, "\"\t\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}", "1", "\"[]\"", "null", "\ufeff"})
    void isNotThereWhereThereIsNoArray(String document) {
        assertThat(JsonItems.of(document.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[{]",
                "[{}",
                "[[}]",
                "[\"",
                "[\"\\",
                "[\"\\\"",
                "[]]",
                "[] 1",
                "[{\"a\":\"]",
                "[{}}]"
            })
    void isRefusedWholeWhereNobodyCanTell(String document) {
        assertThatThrownBy(() -> items(document))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.MALFORMED_JSON));
    }

    @Test
    void saysWhereItStopped() {
        assertThatThrownBy(() -> items("[1,\n 2,\n  ]")).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(
                        refusal.sentence().arguments())
                .containsExactly(3, 3));
    }

    private static List<String> items(String document) {
        List<String> items = new ArrayList<>();
        JsonItems array = JsonItems.of(document.getBytes(StandardCharsets.UTF_8));
        for (byte[] item : Objects.requireNonNull(array)) items.add(new String(item, StandardCharsets.UTF_8));
        return items;
    }
}
