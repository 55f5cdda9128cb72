package org.minventory.integration.prometheus;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.minventory.export.Selection;
import org.minventory.export.Watched;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Selecting;
import org.minventory.web.Spool;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What Prometheus watches, as its {@code http_sd} reads it: all of it in one answer, in an order that stays. What fails is
 * never an empty list, which would drop every target.
 */
@Controller
public final class TargetsDoor {
    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;

    public TargetsDoor(Tx tx, InstantSource clock, Vocabularies vocabularies) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
    }

    /**
     * @param port at which every machine is watched that says none of its own
     * @param probe {@code true}: what answers at an address of the web, for an exporter that probes it
     */
    @GetMapping("/integrations/prometheus/targets")
    @Allowed(Right.READ)
    @Selecting
    Answer targets(
            Asked asked,
            @RequestParam(required = false) @Nullable Integer port,
            @RequestParam(defaultValue = "false") boolean probe) {
        if (port != null && (port < 1 || port > Watched.LARGEST_PORT))
            throw Refusal.at(Problem.UNFIT_PARAMETER, "port", "port", "1–65535");
        Instant now = clock.instant();
        return Answer.of(Answer.JSON, tx.longRead(asked.scope(), db -> {
            Map<String, List<String>> query = asked.parameters();
            Reach whole = Reach.of(db, asked.scope(), vocabularies);
            Selection all = Selection.read(query, whole.vocabularies().getFirst(), now);
            Reach reach = whole.only(all.customers());
            Selection selection = all.standing();
            Machines machines = new Machines();
            if (!probe)
                Inventory.each(
                        db,
                        reach.scope(),
                        carrying(selection, whole, now),
                        row -> machines.add(Watched.of(row, reach, now)));
            Targets targets = new Targets(machines, port);
            Spool spool = new Spool();
            TargetWriter writer = new TargetWriter(spool);
            Inventory.each(db, reach.scope(), selection, row -> {
                Watched one = Watched.of(row, reach, now);
                writer.write(one, probe ? targets.probed(one) : targets.scraped(one));
            });
            writer.end();
            return spool;
        }));
    }

    /** Machines beneath what is selected, which have not got to be selected themselves, but to be there. */
    private static Selection carrying(Selection selection, Reach reach, Instant now) {
        List<String> statuses = Stream.concat(Selection.STANDING.stream(), selection.statuses().stream())
                .distinct()
                .toList();
        return Selection.read(Map.of(), reach.vocabularies().getFirst(), now)
                .ofMachines()
                .ofStatuses(statuses);
    }
}
