package org.minventory.integration.netbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.element.Reference;
import org.minventory.element.Vocabulary;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import org.minventory.web.Importing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What NetBox holds, told object by object. */
final class Inventory implements Importing.Document {
    private static final String SOURCE = "netbox";

    /** Statuses that say that something is meant. */
    private static final Set<String> MEANT = Set.of("planned", "reserved");

    /** Statuses that say that something has come and does not serve yet. */
    private static final Set<String> COME = Set.of("staged", "inventory");

    private final Pages pages;
    private final Related related;
    private final Vocabulary vocabulary;
    private final Manner manner;
    private final Map<String, String> named = new HashMap<>();
    private final int count;
    private int told;

    /**
     * How it is to be taken.
     *
     * @param kind of all testimonies; null to tell it by the status of each object
     * @param type of devices whose role names none
     * @param create whether who is not known is born
     * @param tenants whose objects are taken; of all where there are none
     */
    record Manner(
            @Nullable Kind kind,
            String type,
            boolean create,
            @Nullable Instant witnessedAt,
            List<String> tenants,
            Locale language) {}

    /** @throws Refusal {@link Problem#UNREADABLE_DOCUMENT} where there is nothing of NetBox in it */
    Inventory(Pages pages, Vocabulary vocabulary, Manner manner) {
        this.pages = pages;
        this.related = Related.of(pages);
        this.vocabulary = vocabulary;
        this.manner = manner;
        this.count =
                related.read().values().stream().mapToInt(Integer::intValue).sum();
        if (count == 0) throw Refusal.of(Problem.UNREADABLE_DOCUMENT, Sentence.of(Thing.SAID, "no-objects"));
    }

    @Override
    public ObjectNode before() {
        ObjectNode before = Json.object();
        ObjectNode read = before.putObject("read");
        related.read().forEach(read::put);
        ArrayNode passedOver = before.putArray("passedOver");
        related.passedOver().forEach(passedOver::add);
        return before;
    }

    @Override
    public int percent() {
        return 100 * told / count;
    }

    @Override
    public void tell(Importing importing) {
        pages.each((list, object, pointer) -> {
            Listing known = Listing.of(list);
            if (known == null) return;
            told++;
            boolean ofAnother = known == Listing.IP_ADDRESSES && related.ownerOfAddress(object) != null;
            if (known.isOfElements() && !ofAnother && isOfTenant(object)) tell(importing, known, object, pointer);
        });
    }

    private boolean isOfTenant(JsonNode object) {
        if (manner.tenants().isEmpty()) return true;
        return related.tenant(object)
                .filter(tenant -> manner.tenants().contains(tenant))
                .isPresent();
    }

    private void tell(Importing importing, Listing list, JsonNode object, String pointer) {
        Thing thing = new Thing(list, object, related, vocabulary);
        Kind kind = manner.kind() == null ? kind(thing.status()) : manner.kind();
        Consumer<ObjectNode> remarks = receipt -> remark(receipt, thing, kind, pointer);
        int size = object.toString().length();
        Told testimony;
        try {
            testimony = told(thing, kind, list, pointer);
        } catch (Refusal refusal) {
            importing.refuse(refusal, size, remarks);
            return;
        }
        importing.hear(testimony, size, remarks);
    }

    private static Kind kind(String status) {
        if (MEANT.contains(status)) return Kind.WISH;
        return COME.contains(status) ? Kind.DELIVERY_SURVEY : Kind.SURVEY;
    }

    private Told told(Thing thing, Kind kind, Listing list, String pointer) {
        String name = thing.elementName();
        if (name == null) throw refusal(pointer, list == Listing.SERVICES ? "no-owner" : "no-name");
        String before = named.putIfAbsent(name, pointer);
        if (before != null) throw refusal(pointer, "named-before", before);
        SequencedMap<String, JsonNode> facts = thing.facts();
        return Told.imported(
                kind,
                Reference.ofText(name, pointer),
                manner.witnessedAt(),
                facts,
                null,
                SOURCE,
                manner.create() ? thing.type(manner.type()) : null,
                null);
    }

    private static Refusal refusal(String pointer, String sentence, Object... arguments) {
        return Refusal.at(Problem.UNFIT_VALUE, pointer, Sentence.of(Thing.SAID, sentence, arguments));
    }

    private void remark(ObjectNode receipt, Thing thing, Kind kind, String pointer) {
        receipt.put("pointer", pointer).put("name", thing.name()).put("kind", kind.word());
        ArrayNode leftOut = receipt.putArray("leftOut");
        for (Thing.LeftOut one : thing.leftOut())
            leftOut.addObject().put("name", one.name()).put("detail", one.why().in(manner.language()));
    }
}
