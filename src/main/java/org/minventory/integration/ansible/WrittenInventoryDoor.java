package org.minventory.integration.ansible;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.testimony.Kind;
import org.minventory.testimony.ToldReader;
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

/** An inventory that people wrote for Ansible comes in: its hosts, their groups as tags, their variables as facts. */
@Controller
public final class WrittenInventoryDoor {
    private static final String MAP = "map";
    private static final List<String> MEDIA_TYPES =
            List.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain");

    private final Tx tx;
    private final Vocabularies vocabularies;
    private final Intake intake;

    public WrittenInventoryDoor(Tx tx, Vocabularies vocabularies, Intake intake) {
        this.tx = tx;
        this.vocabularies = vocabularies;
        this.intake = intake;
    }

    /** Besides, {@code map} says {@code variable:attribute} where a variable's name is no attribute's. */
    @PostMapping("/api/v1/imports/ansible")
    @Allowed(Right.TESTIFY)
    @Parameters(MAP)
    Answer take(
            Asked asked,
            Body body,
            @RequestParam(defaultValue = "survey") String kind,
            @RequestParam(defaultValue = "server") String type,
            @RequestParam(defaultValue = "true") boolean create,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String witnessedAt,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Importing.Whose whose = Importing.Whose.of(tx, vocabularies, asked, customer);
        WrittenInventory.Manner manner = new WrittenInventory.Manner(
                Importing.kind(asked, kind),
                whose.type(type),
                create,
                Importing.says(asked.caller(), Kind.WISH),
                Surveying.instant(witnessedAt),
                asked.language());
        Map<String, String> maps = maps(asked.parameters().getOrDefault(MAP, List.of()));
        Spool sent = body.whole(MEDIA_TYPES);
        return Importing.answer(
                intake, asked, whose, dryRun, sent, new WrittenInventory(sent, whose.vocabulary(), maps, manner));
    }

    private static Map<String, String> maps(List<String> told) {
        Map<String, String> maps = new HashMap<>();
        for (String pair : told) {
            int colon = pair.lastIndexOf(':');
            if (colon < 1 || !ToldReader.fitsAsName(pair.substring(colon + 1)))
                throw Refusal.at(Problem.UNFIT_PARAMETER, MAP, MAP, "datacenter:site");
            maps.put(pair.substring(0, colon), pair.substring(colon + 1));
        }
        return maps;
    }
}
