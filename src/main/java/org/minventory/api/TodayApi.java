package org.minventory.api;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Tx;
import org.minventory.element.EndOfSupport;
import org.minventory.export.Reach;
import org.minventory.export.Today;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Etags;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The one list of a day: what to decide, what is late, what ends, whose turn it is, across customers. */
@Controller
public final class TodayApi {
    private static final int MOST = 200;

    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final Etags etags;
    private final EndOfSupport endOfSupport;

    public TodayApi(Tx tx, InstantSource clock, Vocabularies vocabularies, Etags etags, EndOfSupport endOfSupport) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.etags = etags;
        this.endOfSupport = endOfSupport;
    }

    @GetMapping("/api/v1/today")
    @Allowed(Right.FOLLOW)
    Answer today(
            Asked asked,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) throw Filters.unfit("limit", "1 … " + MOST);
        return etags.unlessKnown(
                asked,
                "json",
                () -> tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Filters.orNone(customer));
                    return Answer.json(new Today(
                                    db,
                                    reach,
                                    asked.caller().role(),
                                    asked.language(),
                                    endOfSupport,
                                    clock.instant(),
                                    limit)
                            .read());
                }),
                clock.instant().truncatedTo(ChronoUnit.HOURS),
                endOfSupport.fingerprint());
    }
}
