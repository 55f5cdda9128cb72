package org.minventory.intake;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Refusal;
import org.minventory.base.Word;
import org.minventory.element.Status;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;

/**
 * What a witness is told in return for one testimony.
 *
 * @param status as HTTP would: 201 recorded, 200 confirmed or told before, 202 kept unattached, 4xx refused
 * @param id the testimony recorded or confirmed; null in a dry run and for a refusal
 * @param confirmed whether it said again what its witness had said before
 * @param seq its number in the customer's record; null in a dry run
 * @param infrastructure the whole infrastructure that was spoken of
 * @param flags what was noticed: {@code future} where the witness's clock is ahead
 * @param refusal why it was not taken; nothing else is set then
 */
public record Receipt(
        int status,
        @Nullable UUID id,
        boolean confirmed,
        @Nullable Long seq,
        @Nullable Spoken element,
        @Nullable Whole infrastructure,
        List<Change> changes,
        List<Disagreement> divergences,
        @Nullable Unattached unattached,
        List<String> flags,
        @Nullable Refusal refusal) {

    /** A receipt of what speaks of no infrastructure as a whole. */
    Receipt(
            int status,
            @Nullable UUID id,
            boolean confirmed,
            @Nullable Long seq,
            @Nullable Spoken element,
            List<Change> changes,
            List<Disagreement> divergences,
            @Nullable Unattached unattached,
            List<String> flags,
            @Nullable Refusal refusal) {
        this(status, id, confirmed, seq, element, null, changes, divergences, unattached, flags, refusal);
    }

    /**
     * An infrastructure that was spoken of as a whole.
     *
     * @param elements how many belong to it
     * @param moved how many of them have another status by the testimony
     */
    public record Whole(String name, int elements, int moved) {}

    /** The element that was spoken of, with its status after the testimony. */
    public record Spoken(UUID id, String name, String type, Status status) {}

    /** An attribute whose word changed on the stance spoken on. */
    public record Change(
            String attribute,
            Stance stance,
            @Nullable JsonNode before,
            @Nullable JsonNode now) {}

    /** A divergence that this testimony opened, worsened or resolved, with its sentence in both languages. */
    public record Disagreement(
            UUID id, String attribute, String between, String nature, String change, String en, String fr) {
        /** The sentence in that language. */
        public String sentence(Locale language) {
            return language.getLanguage().equals("fr") ? fr : en;
        }
    }

    /** Why it waits in the inbox of what could not be attached. */
    public enum Unattached {
        UNKNOWN,
        AMBIGUOUS;

        public String word() {
            return Word.of(this);
        }
    }

    /** The receipt of what was refused. */
    public static Receipt refused(Refusal refusal) {
        return new Receipt(
                refusal.problem().status(), null, false, null, null, List.of(), List.of(), null, List.of(), refusal);
    }

    /** The same receipt, given again for the same request. */
    public Receipt again() {
        return refusal != null
                ? this
                : new Receipt(
                        status == 201 ? 200 : status,
                        id,
                        confirmed,
                        seq,
                        element,
                        infrastructure,
                        changes,
                        divergences,
                        unattached,
                        flags,
                        null);
    }

    /** What a dry run answers: everything but what was never written. */
    Receipt dry() {
        return new Receipt(
                status,
                null,
                confirmed,
                null,
                element,
                infrastructure,
                changes,
                divergences,
                unattached,
                flags,
                refusal);
    }
}
