package org.minventory.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;

class UnreadableTest {

    @ParameterizedTest
    @EnumSource
    void everyReasonHasItsSentenceInBothLanguages(Unreadable.Reason reason) {
        Unreadable why = new Unreadable("/a", reason, List.of("one", "two", "three"));

        String english = why.sentence().in(Locale.ENGLISH);
        String french = why.sentence().in(Locale.FRENCH);

        assertThat(english).contains("one").doesNotContain("{").isNotEqualTo(french);
        assertThat(french).contains("one").doesNotContain("{");
    }

    @Test
    void aDoorAnswersWithThePlaceAndTheReason() {
        Refusal refusal =
                new UnreadableDocument("/disks", Unreadable.Reason.TOO_MANY, "disks", "10000", "1000").refusal();

        assertThat(refusal.problem()).isEqualTo(Problem.UNREADABLE_DOCUMENT);
        assertThat(refusal.places()).hasSize(1);
        assertThat(refusal.places().getFirst().pointer()).isEqualTo("/disks");
        assertThat(refusal.sentence().in(Locale.FRENCH))
                .isEqualTo("Ce document ne peut pas être lu : 10000 disks sont énumérés, 1000 au plus peuvent être"
                        + " entendus à la fois.");
    }
}
