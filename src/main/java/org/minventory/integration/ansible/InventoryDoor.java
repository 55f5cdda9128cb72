package org.minventory.integration.ansible;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.minventory.export.Selection;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Etags;
import org.minventory.web.Selecting;
import org.minventory.web.Spool;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The inventory as Ansible reads it: whole, in one call. */
@Controller
public final class InventoryDoor {
    private static final String YAML = "application/yaml";

    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public InventoryDoor(Tx tx, InstantSource clock, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    @GetMapping("/integrations/ansible/inventory")
    @Allowed(Right.READ)
    @Selecting
    Answer inventory(Asked asked, @RequestParam(required = false) @Nullable String format) {
        String mediaType = mediaType(asked, format);
        // words go stale with time, not with what is written: an answer is good for an hour at most
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return etags.unlessKnown(
                asked, mediaType, () -> Answer.of(mediaType, spooled(asked, mediaType.equals(YAML))), hour);
    }

    /** Read at one moment into a spool, and sent when the database is free again, however slowly it is taken. */
    private Spool spooled(Asked asked, boolean asYaml) {
        Spool spool = new Spool();
        Instant now = clock.instant();
        return tx.longRead(asked.scope(), db -> {
            var query = asked.parameters();
            Selection all = Selection.read(
                    query,
                    Reach.of(db, asked.scope(), vocabularies).vocabularies().getFirst(),
                    now);
            Reach reach = Reach.of(db, asked.scope(), vocabularies).only(all.customers());
            Selection selection = all.ofMachines().standing();
            InventoryForm form = asYaml ? new StaticForm(spool) : new ScriptForm(spool);
            InventoryWriter writer = new InventoryWriter(form, reach, now);
            Inventory.each(db, reach.scope(), selection, writer::take);
            writer.end();
            return spool;
        });
    }

    private static String mediaType(Asked asked, @Nullable String format) {
        if (format != null)
            return switch (format.toLowerCase(Locale.ROOT)) {
                case "json" -> Answer.JSON;
                case "yaml", "yml" -> YAML;
                default -> throw Refusal.at(Problem.UNFIT_PARAMETER, "format", "format", "json, yaml");
            };
        String accept = asked.header("Accept");
        if (accept == null || accept.isBlank()) return Answer.JSON;
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(accept).stream()
                    .filter(type -> type.getQualityValue() > 0)
                    .sorted((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()))
                    .toList();
            for (MediaType wanted : accepted)
                for (String offered : List.of(Answer.JSON, YAML))
                    if (wanted.includes(MediaType.valueOf(offered))) return offered;
            throw Refusal.of(Problem.NOT_ACCEPTABLE);
        } catch (InvalidMediaTypeException unreadable) {
            throw Refusal.of(Problem.NOT_ACCEPTABLE);
        }
    }
}
