package org.minventory.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Tx;
import org.minventory.export.Costs;
import org.minventory.export.Reach;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Etags;
import org.minventory.web.Format;
import org.minventory.web.Paging;
import org.minventory.web.Thinning;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/** Costs of what was ordered, month by month. */
@Controller
public final class CostApi {
    private static final int MOST_MONTHS = 36;
    private static final YearMonth EARLIEST = YearMonth.of(1970, 1);
    private static final YearMonth LATEST = YearMonth.of(2200, 12);

    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public CostApi(Tx tx, InstantSource clock, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    /** Of this month, or of up to three years of months; for people who reach all of a customer. */
    @GetMapping("/api/v1/costs")
    @Allowed(Right.FOLLOW)
    Answer list(
            Asked asked,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON, Format.CSV);
        Instant now = clock.instant();
        YearMonth begin = month("from", from, YearMonth.from(now.atZone(ZoneOffset.UTC)));
        YearMonth end = month("until", until, begin);
        if (end.isBefore(begin) || ChronoUnit.MONTHS.between(begin, end) >= MOST_MONTHS)
            throw Filters.unfit("until", "from … from + " + (MOST_MONTHS - 1) + " months");
        return etags.unlessKnown(
                asked,
                format.mediaType(),
                () -> tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, Costs.whole(asked.scope()), vocabularies)
                            .only(Filters.orNone(customer));
                    List<ObjectNode> costs = Costs.of(db, reach, now, begin, end);
                    return Listed.of(
                            new Paging.Page<>(costs, null, null), Function.identity(), Costs.columns(), fields, format);
                }),
                begin,
                end);
    }

    private static YearMonth month(String parameter, @Nullable String told, YearMonth otherwise) {
        if (told == null) return otherwise;
        try {
            YearMonth month = YearMonth.parse(told);
            if (!month.isBefore(EARLIEST) && !month.isAfter(LATEST)) return month;
        } catch (DateTimeParseException noMonth) {
            throw Filters.unfit(parameter, "YYYY-MM");
        }
        throw Filters.unfit(parameter, EARLIEST + " … " + LATEST);
    }
}
