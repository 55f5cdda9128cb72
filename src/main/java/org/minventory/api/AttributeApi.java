package org.minventory.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.conformity.Comparison;
import org.minventory.element.Attribute;
import org.minventory.element.UnfitValue;
import org.minventory.element.Vocabulary;
import org.minventory.export.Definitions;
import org.minventory.export.Definitions.Definition;
import org.minventory.export.Reach;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Customers;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Replays;
import org.minventory.web.Thinning;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Attributes: what values of which type are told under which name, and how two of them are compared. */
@Controller
public final class AttributeApi {
    private static final String PATH = "/api/v1/attributes";

    private final Tx tx;
    private final Intake intake;
    private final Vocabularies vocabularies;
    private final Customers customers;
    private final Replays replays;
    private final Etags etags;

    public AttributeApi(
            Tx tx, Intake intake, Vocabularies vocabularies, Customers customers, Replays replays, Etags etags) {
        this.tx = tx;
        this.intake = intake;
        this.vocabularies = vocabularies;
        this.customers = customers;
        this.replays = replays;
        this.etags = etags;
    }

    /** A shipped attribute, or one of a customer's own. */
    private record Listed(
            Attribute attribute,
            @Nullable String slug,
            @Nullable Definition defined) {
        List<String> keys() {
            return List.of(
                    attribute.name(), defined == null ? "" : defined.customer().toString());
        }

        ObjectNode json(Locale language) {
            ObjectNode json = AttributeApi.json(attribute, language);
            json.put("id", defined == null ? null : defined.id().toString());
            json.put("customer", slug);
            json.put("builtIn", defined == null);
            return json;
        }
    }

    /** A definition with its label in the reader's language. */
    static ObjectNode json(Attribute attribute, Locale language) {
        ObjectNode json = (ObjectNode) Vocabulary.write(attribute);
        return json.put("label", attribute.labels().in(language));
    }

    @GetMapping(PATH)
    @Allowed(Right.READ)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer) {
        return etags.unlessKnown(asked, "json", () -> {
            List<Listed> all = tx.read(asked.scope(), db -> {
                Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Filters.orNone(customer));
                List<Listed> found = new ArrayList<>();
                for (Attribute shipped : Vocabulary.builtIn().attributes()) found.add(new Listed(shipped, null, null));
                for (Definition defined : Definitions.of(db, reach.scope(), Definitions.Sort.ATTRIBUTE))
                    found.add(own(defined, reach.slug(defined.customer())));
                return found;
            });
            return paging.page(Declaring.after(paging, all, Listed::keys), Listed::keys)
                    .json(fields, one -> one.json(asked.language()));
        });
    }

    private static Listed own(Definition defined, String slug) {
        return new Listed(Vocabulary.parseAttribute(defined.body()), slug, defined);
    }

    @PostMapping(PATH)
    @Allowed(Right.DEFINE)
    Answer define(Asked asked, Body body) {
        Members members = body.object();
        String told = members.textOrNull("customer");
        JsonNode definition = ElementTypeApi.definition(
                members,
                "name",
                "type",
                "dimension",
                "of",
                "members",
                "summary",
                "options",
                "open",
                "rule",
                "searchable",
                "identifier",
                "family",
                "labels",
                "precedence",
                "inverse");
        Attribute attribute = ElementTypeApi.read(() -> Vocabulary.parseAttribute(definition));
        return replays.once(asked, body, asked.scope(), db -> {
            Customers.Customer customer = customers.one(db, asked.caller(), told);
            UUID of = Declaring.requireWhole(asked.caller(), customer.id());
            check(attribute, vocabularies.of(db, of), "");
            JsonNode kept = Vocabulary.write(attribute);
            UUID id = intake.define(db, asked.caller(), of, Definitions.Sort.ATTRIBUTE.word(), attribute.name(), kept);
            Definition defined = new Definition(of, id, attribute.name(), kept);
            return Answer.created(
                            PATH + "?customer=" + of,
                            own(defined, customer.slug()).json(asked.language()))
                    .about(of);
        });
    }

    /**
     * Holds a definition against what is known before it: its rule exists, and values told before keep their type.
     *
     * @throws Refusal {@link Problem#UNFIT_DEFINITION}
     */
    static void check(Attribute attribute, Vocabulary before, String place) {
        String rule = attribute.rule();
        if (rule != null && !Comparison.knows(rule))
            throw Refusal.at(
                    Problem.UNFIT_DEFINITION,
                    place + "/rule",
                    Said.of("unknown-rule", rule, String.join(", ", new TreeSet<>(Comparison.ruleNames()))));
        try {
            before.with(List.of(attribute), List.of());
        } catch (UnfitValue unfit) {
            throw Refusal.at(Problem.UNFIT_DEFINITION, place + unfit.pointer(), unfit.sentence());
        }
    }
}
