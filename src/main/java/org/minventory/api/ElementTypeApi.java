package org.minventory.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.element.Attribute;
import org.minventory.element.ElementType;
import org.minventory.element.UnfitValue;
import org.minventory.element.Vocabulary;
import org.minventory.export.Definitions;
import org.minventory.export.Definitions.Definition;
import org.minventory.export.Reach;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.knowledge.Proof;
import org.minventory.party.Customers;
import org.minventory.party.Right;
import org.minventory.testimony.Kind;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Replays;
import org.minventory.web.Thinning;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Element types, the shipped ones and those that customers define, with the attributes defined in passing. */
@Controller
public final class ElementTypeApi {
    private static final String PATH = "/api/v1/element-types";

    /** What is proven may be awaited in a rhythm of its own. */
    private static final List<String> PROVEN =
            Arrays.stream(Proof.Of.values()).map(Proof.Of::attribute).toList();

    private final Tx tx;
    private final Intake intake;
    private final Vocabularies vocabularies;
    private final Customers customers;
    private final Replays replays;
    private final Etags etags;

    public ElementTypeApi(
            Tx tx, Intake intake, Vocabularies vocabularies, Customers customers, Replays replays, Etags etags) {
        this.tx = tx;
        this.intake = intake;
        this.vocabularies = vocabularies;
        this.customers = customers;
        this.replays = replays;
        this.etags = etags;
    }

    /** A shipped type, or one of a customer's own. */
    private record Listed(
            ElementType type,
            @Nullable String slug,
            @Nullable Definition defined) {
        static Listed own(Definition defined, String slug) {
            return new Listed(Vocabulary.parseType(defined.body()), slug, defined);
        }

        List<String> keys() {
            return List.of(
                    type.name(), defined == null ? "" : defined.customer().toString());
        }

        ObjectNode json(Locale language) {
            ObjectNode json = (ObjectNode) Vocabulary.write(type);
            json.put("label", type.singular().in(language));
            json.put("plural", type.plural().in(language));
            json.put("id", defined == null ? null : defined.id().toString());
            json.put("customer", slug);
            json.put("builtIn", defined == null);
            return json;
        }
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
                return all(db, reach);
            });
            return paging.page(Declaring.after(paging, all, Listed::keys), Listed::keys)
                    .json(fields, one -> one.json(asked.language()));
        });
    }

    private static List<Listed> all(JdbcClient db, Reach reach) {
        List<Listed> all = new ArrayList<>();
        for (ElementType shipped : Vocabulary.builtIn().types()) all.add(new Listed(shipped, null, null));
        for (Definition defined : Definitions.of(db, reach.scope(), Definitions.Sort.ELEMENT_TYPE))
            all.add(Listed.own(defined, reach.slug(defined.customer())));
        return all;
    }

    /** One type with the attributes usually known of it, each with its definition. */
    @GetMapping(PATH + "/{name}")
    @Allowed(Right.READ)
    Answer get(
            Asked asked,
            Thinning fields,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String customer) {
        List<String> named = customer == null ? List.of() : List.of(customer);
        return etags.unlessKnown(
                asked,
                "json",
                () -> Answer.json(fields.thin(tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, asked.scope(), vocabularies).only(named);
                    List<Listed> found = all(db, reach).stream()
                            .filter(one -> one.type().name().equals(name))
                            .toList();
                    List<Listed> own =
                            found.stream().filter(one -> one.defined() != null).toList();
                    Listed one = Declaring.theOne(own.isEmpty() ? found : own);
                    Vocabulary vocabulary = vocabulary(reach, one.defined());
                    return detailed(one, vocabulary, asked.language());
                }))));
    }

    private static Vocabulary vocabulary(Reach reach, @Nullable Definition defined) {
        if (defined != null) return reach.vocabulary(defined.customer());
        List<Vocabulary> all = reach.vocabularies();
        return all.size() == 1 ? all.getFirst() : Vocabulary.builtIn();
    }

    private static ObjectNode detailed(Listed one, Vocabulary vocabulary, Locale language) {
        ObjectNode json = one.json(language);
        ArrayNode definitions = json.putArray("definitions");
        for (String name : one.type().attributes()) {
            Attribute attribute = vocabulary.attribute(name);
            if (attribute != null) definitions.add(AttributeApi.json(attribute, language));
        }
        return json;
    }

    // ---- defining ---------------------------------------------------------------------------------------------------

    @PostMapping(PATH)
    @Allowed(Right.DEFINE)
    Answer define(Asked asked, Body body) {
        Members members = body.object();
        String told = members.textOrNull("customer");
        JsonNode definition = definition(members, "name", "labels", "attributes", "rhythms");
        ElementType type = read(() -> Vocabulary.parseType(definition));
        List<Attribute> inline = read(() -> Vocabulary.parseInlineAttributes(definition));
        checkRhythms(type);
        return replays.once(asked, body, asked.scope(), db -> {
            Customers.Customer customer = customers.one(db, asked.caller(), told);
            UUID of = Declaring.requireWhole(asked.caller(), customer.id());
            Vocabulary before = vocabularies.of(db, of);
            List<String> places = places(definition);
            for (int i = 0; i < inline.size(); i++) AttributeApi.check(inline.get(i), before, places.get(i));
            for (Attribute attribute : inline)
                intake.define(
                        db,
                        asked.caller(),
                        of,
                        Definitions.Sort.ATTRIBUTE.word(),
                        attribute.name(),
                        Vocabulary.write(attribute));
            JsonNode kept = Vocabulary.write(type);
            UUID id = intake.define(db, asked.caller(), of, Definitions.Sort.ELEMENT_TYPE.word(), type.name(), kept);
            Listed one = Listed.own(new Definition(of, id, type.name(), kept), customer.slug());
            Vocabulary after = before.with(inline, List.of(type));
            return Answer.created(PATH + "/" + type.name() + "?customer=" + of, detailed(one, after, asked.language()))
                    .about(of);
        });
    }

    /** The members of a definition, for its reader; any other member is refused by name. */
    static JsonNode definition(Members members, String... names) {
        ObjectNode definition = Json.object();
        for (String name : names) {
            JsonNode value = members.anyOrNull(name);
            if (value != null) definition.set(name, value);
        }
        members.done();
        return definition;
    }

    private static List<String> places(JsonNode definition) {
        List<String> places = new ArrayList<>();
        JsonNode attributes = definition.path("attributes");
        for (int i = 0; i < attributes.size(); i++) if (attributes.get(i).isObject()) places.add("/attributes/" + i);
        return places;
    }

    interface Reading<T> {
        T read();
    }

    static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (UnfitValue unfit) {
            throw Refusal.at(Problem.UNFIT_DEFINITION, unfit.pointer(), unfit.sentence());
        }
    }

    private static void checkRhythms(ElementType type) {
        for (String word : type.rhythms().keySet()) {
            Kind kind = Kind.of(word);
            boolean awaited = (kind != null && kind.stance() != null) || PROVEN.contains(word);
            if (!awaited)
                throw Refusal.at(
                        Problem.UNFIT_DEFINITION,
                        "/rhythms/" + Json.escape(word),
                        Said.of("unknown-rhythm", word, awaited()));
        }
    }

    private static String awaited() {
        return Stream.concat(
                        Arrays.stream(Kind.values())
                                .filter(kind -> kind.stance() != null)
                                .map(Kind::word),
                        PROVEN.stream())
                .collect(Collectors.joining(", "));
    }
}
