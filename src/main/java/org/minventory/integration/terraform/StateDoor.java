package org.minventory.integration.terraform;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.element.Reference;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Caller;
import org.minventory.party.Right;
import org.minventory.survey.Unreadable;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Importing;
import org.minventory.web.Receiving;
import org.minventory.web.Surveying;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code terraform show -json} prints comes in: a state is a survey of what was deployed, a plan is a wish. What
 * Terraform calls sensitive is taken out before anything is read.
 */
@Controller
public final class StateDoor {
    private static final String SOURCE = "terraform";
    private static final int LARGEST = 32 << 20;

    private final Tx tx;
    private final Vocabularies vocabularies;
    private final Intake intake;

    public StateDoor(Tx tx, Vocabularies vocabularies, Intake intake) {
        this.tx = tx;
        this.vocabularies = vocabularies;
        this.intake = intake;
    }

    /** @param create whether resources that nobody knows are born as elements; a plan wishes them in any case */
    @PostMapping("/integrations/terraform/state")
    @Allowed(Right.TESTIFY)
    Answer take(
            Asked asked,
            Body body,
            @RequestParam(defaultValue = "false") boolean create,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String witnessedAt,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Importing.Whose whose = Importing.Whose.of(tx, vocabularies, asked, customer);
        Instant at = Surveying.instant(witnessedAt);
        Shown shown = Shown.read(document(body.unpacked(LARGEST)));
        Kind kind = shown.isPlan() ? Kind.WISH : Kind.SURVEY;
        Caller caller = asked.caller();
        if (!kind.isSaidBy(caller.role()) || !caller.mayTestify(kind.word())) throw Refusal.of(Problem.NOT_ALLOWED);
        Receiving receiving = Receiving.document(intake, asked, whose.customer().toString(), dryRun);
        for (JsonNode one : shown.resources())
            tell(receiving, new Resource(one, whose.vocabulary()), new Manner(kind, at, create), asked.language());
        return Answer.of(Answer.JSON, receiving.end());
    }

    /** How the resources are told. */
    private record Manner(Kind kind, @Nullable Instant at, boolean create) {}

    private static void tell(Receiving receiving, Resource resource, Manner manner, Locale language) {
        SequencedMap<String, JsonNode> facts = resource.facts();
        JsonNode document = resource.document();
        Consumer<ObjectNode> remarks = receipt -> remark(receipt, resource, language);
        String name = resource.name();
        // a wish would bring a server into being of what is nothing but an address
        boolean wishesNothing = resource.element() == null && manner.kind() == Kind.WISH;
        if (name == null || wishesNothing) receiving.refuse(Shown.nothing(resource.type()), remarks);
        else
            receiving.hear(
                    told(name, resource, facts, document, manner),
                    document.toString().length(),
                    remarks);
    }

    private static Told told(
            String name, Resource resource, SequencedMap<String, JsonNode> facts, JsonNode document, Manner manner) {
        Reference reference = new Reference.Named(name);
        if (resource.element() != null) {
            String bornAs = manner.create() || manner.kind() == Kind.WISH ? resource.element() : null;
            return Told.imported(manner.kind(), reference, manner.at(), facts, null, SOURCE, bornAs, document);
        }
        // waits to be attached, once however often the state is sent
        String key = Ids.derived(SOURCE, resource.address(), resource.type()).toString();
        return Told.reported(
                manner.kind(), null, reference, manner.at(), facts, SOURCE, Told.Context.NONE, key, document);
    }

    private static void remark(ObjectNode receipt, Resource resource, Locale language) {
        receipt.put("address", resource.address()).put("resource", resource.type());
        resource.withheld().forEach(receipt.putArray("withheld")::add);
        ArrayNode unread = receipt.putArray("unread");
        for (String attribute : resource.unfit())
            unread.addObject()
                    .put("pointer", "/" + Json.escape(attribute))
                    .put(
                            "detail",
                            new Unreadable("", Unreadable.Reason.UNFIT, List.of(attribute))
                                    .sentence()
                                    .in(language));
    }

    private static JsonNode document(InputStream body) {
        try (body) {
            return Json.tree(body.readAllBytes());
        } catch (IOException broken) {
            throw Body.brokenOff();
        }
    }
}
