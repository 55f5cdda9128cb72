package org.minventory.integration.icinga;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.minventory.base.Tx;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.minventory.export.Selection;
import org.minventory.export.UpkeepJson;
import org.minventory.intake.Vocabularies;
import org.minventory.notification.Composer;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Etags;
import org.minventory.web.Selecting;
import org.minventory.web.Spool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What Icinga 2 watches, as its configuration: objects, and rules that apply to them. Nothing in it sets up Icinga itself;
 * check commands are those that come with it ({@code <itl>}, {@code <plugins>}).
 */
@Controller
public final class ConfigDoor {
    private static final String CONFIG = "text/plain;charset=UTF-8";
    private static final List<String> WATCHED =
            Stream.concat(Selection.MACHINES.stream(), Stream.of("service")).toList();

    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final Etags etags;
    private final Composer composer;

    public ConfigDoor(Tx tx, InstantSource clock, Vocabularies vocabularies, Etags etags, Composer composer) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.etags = etags;
        this.composer = composer;
    }

    @GetMapping("/integrations/icinga2/config")
    @Allowed(Right.READ)
    @Selecting
    Answer config(Asked asked) {
        // words go stale and plans go by with time, not with what is written: an answer is good for an hour at most
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return etags.unlessKnown(asked, CONFIG, () -> written(asked), hour);
    }

    private Answer written(Asked asked) {
        Instant now = clock.instant();
        return tx.longRead(asked.scope(), db -> {
            Reach whole = Reach.of(db, asked.scope(), vocabularies);
            Selection all =
                    Selection.read(asked.parameters(), whole.vocabularies().getFirst(), now);
            Reach reach = whole.only(all.customers());
            Selection selection = (all.types().isEmpty() ? all.ofTypes(WATCHED) : all).standing();
            Spool spool = new Spool();
            ConfigForm form = new ConfigForm(spool);
            ConfigWriter writer =
                    new ConfigWriter(form, reach, now, composer.publicUrl(), names -> machines(db, reach, names));
            form.line("// What Minventory knows to be watched. Written anew at each reading: change it there.");
            Inventory.each(db, reach.scope(), selection, writer::take);
            writer.end();
            Downtimes downtimes = new Downtimes(form);
            if (writer.isAnyWorkedOn()) downtimes.open();
            downtimes.planned(UpkeepJson.of(db, reach.scope(), now), reach);
            form.close();
            return Answer.of(CONFIG, spool).skipped(writer.skipped());
        });
    }

    /** Machines beneath what is selected, which have not got to be selected themselves, but to be there. */
    private static List<Inventory.Row> machines(JdbcClient db, Reach reach, Collection<String> names) {
        return Inventory.rows(db, Inventory.named(db, reach.scope(), names)).stream()
                .filter(row -> Selection.MACHINES.contains(row.type()) && Selection.STANDING.contains(row.status()))
                .toList();
    }
}
