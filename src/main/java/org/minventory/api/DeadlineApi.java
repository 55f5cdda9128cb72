package org.minventory.api;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Tx;
import org.minventory.element.EndOfSupport;
import org.minventory.export.DeadlineJson;
import org.minventory.export.DeadlineReader;
import org.minventory.export.DeadlineReader.Deadline;
import org.minventory.export.DeadlineReader.Place;
import org.minventory.export.DeadlineReader.Wanted;
import org.minventory.export.DeadlineReader.What;
import org.minventory.export.DeadlineTable;
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

/** Deadlines: what ends, when, who owns and pays it, what happens if it lapses. */
@Controller
public final class DeadlineApi {
    private static final String PATH = "/api/v1/deadlines";
    private static final int DAYS_AHEAD = 366;
    private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2200, 12, 31);

    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final Etags etags;
    private final EndOfSupport endOfSupport;

    public DeadlineApi(Tx tx, InstantSource clock, Vocabularies vocabularies, Etags etags, EndOfSupport endOfSupport) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.etags = etags;
        this.endOfSupport = endOfSupport;
    }

    /** The soonest first; from today for a year, unless other days are asked for. */
    @GetMapping(PATH)
    @Allowed(Right.FOLLOW)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(required = false) @Nullable List<String> what,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON, Format.CSV);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate begin = day("from", from, today);
        LocalDate end = day("until", until, begin.plusDays(DAYS_AHEAD));
        Wanted wanted = new Wanted(whats(what), begin, end);
        return etags.unlessKnown(
                asked,
                format.mediaType(),
                () -> tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Filters.orNone(customer));
                    List<Deadline> found = new DeadlineReader(db, reach, endOfSupport, clock.instant())
                            .list(wanted, after(paging), paging.fetch());
                    DeadlineJson json = new DeadlineJson(reach, asked.language(), today);
                    return Listed.of(
                            paging.page(found, DeadlineApi::keys), json::write, DeadlineTable.COLUMNS, fields, format);
                }),
                today.atStartOfDay(ZoneOffset.UTC).toInstant(), // days pass without anybody writing
                endOfSupport.fingerprint());
    }

    private static Set<What> whats(@Nullable List<String> told) {
        if (told == null) return What.EVERY;
        Set<What> whats = EnumSet.noneOf(What.class);
        for (String word : told)
            whats.add(What.EVERY.stream()
                    .filter(what -> what.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> Filters.unfit("what", words())));
        return whats;
    }

    private static String words() {
        return What.EVERY.stream().map(What::word).collect(Collectors.joining(", "));
    }

    private static LocalDate day(String parameter, @Nullable String told, LocalDate otherwise) {
        if (told == null) return otherwise;
        try {
            LocalDate day = LocalDate.parse(told);
            if (!day.isBefore(EARLIEST) && !day.isAfter(LATEST)) return day;
        } catch (DateTimeParseException noDay) {
            throw Filters.unfit(parameter, "YYYY-MM-DD");
        }
        throw Filters.unfit(parameter, EARLIEST + " … " + LATEST);
    }

    private static List<String> keys(Deadline deadline) {
        return List.of(deadline.on().toString(), deadline.place().key());
    }

    private static @Nullable Place after(Paging paging) {
        String on = paging.key(0);
        return on == null ? null : new Place(LocalDate.parse(on), Objects.requireNonNull(paging.key(1)));
    }
}
