package org.minventory.integration.table;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.testimony.Kind;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Importing;
import org.minventory.web.Parameters;
import org.minventory.web.Spool;
import org.minventory.web.Surveying;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A spreadsheet comes in, as CSV or as what is pasted out of it: one element a line, a receipt for each. */
@Controller
public final class TableDoor {
    private static final String TABS = "text/tab-separated-values";
    private static final String MAP = "map";
    private static final List<String> MEDIA_TYPES = List.of("text/csv", TABS, "text/plain");

    private final Tx tx;
    private final Vocabularies vocabularies;
    private final Intake intake;

    public TableDoor(Tx tx, Vocabularies vocabularies, Intake intake) {
        this.tx = tx;
        this.vocabularies = vocabularies;
        this.intake = intake;
    }

    /**
     * Besides, {@code map} says {@code column:attribute} where a heading does not say by itself what its column tells.
     *
     * @param kind of the testimonies; a survey where it is left out: what stands in the table is there
     * @param type of elements whose line names none
     * @param dates {@code dmy}, {@code mdy}, or {@code iso}
     */
    @PostMapping("/api/v1/imports/csv")
    @Allowed(Right.TESTIFY)
    @Parameters(MAP)
    Answer take(
            Asked asked,
            Body body,
            @RequestParam(defaultValue = "survey") String kind,
            @RequestParam(defaultValue = "server") String type,
            @RequestParam(defaultValue = "true") boolean create,
            @RequestParam(defaultValue = "iso") String dates,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String witnessedAt,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Importing.Whose whose = Importing.Whose.of(tx, vocabularies, asked, customer);
        Kind said = Importing.kind(asked, kind);
        Days days = Days.of(dates);
        if (days == null) throw Refusal.at(Problem.UNFIT_PARAMETER, "dates", "dates", "iso, dmy, mdy");
        Types types = new Types(whose.vocabulary());
        Manner manner =
                new Manner(said, whose.type(types.word(type)), types, create, days, Surveying.instant(witnessedAt));
        Spool sent = body.whole(MEDIA_TYPES);
        Sheet sheet = Sheet.of(sent, body.charset());
        Character delimiter = body.isOf(TABS) ? Character.valueOf('\t') : null;
        List<String> maps = asked.parameters().getOrDefault(MAP, List.of());
        Table table = Table.of(sheet, delimiter, maps, new Headings(whose.vocabulary()), manner);
        return Importing.answer(intake, asked, whose, dryRun, sent, table);
    }
}
