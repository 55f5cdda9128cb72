package org.minventory.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.export.Reach;
import org.minventory.export.Search;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Etags;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One field that finds: names, identifiers, addresses inside ranges, values; over all customers in reach. */
@Controller
public final class SearchApi {
    private static final int USUAL = 20;
    private static final int LONGEST = 200;

    private final Tx tx;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public SearchApi(Tx tx, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    @GetMapping("/api/v1/search")
    @Allowed(Right.READ)
    Answer search(
            Asked asked,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String limit) {
        if (q == null || q.isBlank()) throw Refusal.at(Problem.MISSING_PARAMETER, "q", "q");
        if (q.length() > LONGEST) throw unfit("q", "1–" + LONGEST);
        int most = limit(limit);
        return etags.unlessKnown(
                asked,
                "json",
                () -> Answer.json(tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, asked.scope(), vocabularies);
                    Reach cut = customer == null ? reach : reach.only(List.of(customer));
                    return Search.json(db, cut, q, most, asked.language());
                })));
    }

    private static int limit(@Nullable String told) {
        if (told == null) return USUAL;
        if (!told.matches("[0-9]{1,4}")) throw unfit("limit", "1–" + Search.MOST);
        int limit = Integer.parseInt(told);
        if (limit < 1 || limit > Search.MOST) throw unfit("limit", "1–" + Search.MOST);
        return limit;
    }

    private static Refusal unfit(String parameter, String expected) {
        return Refusal.at(Problem.UNFIT_PARAMETER, parameter, parameter, expected);
    }
}
