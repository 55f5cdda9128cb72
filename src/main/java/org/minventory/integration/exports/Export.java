package org.minventory.integration.exports;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Word;
import org.minventory.export.Selection;
import org.minventory.web.Answer;
import org.minventory.web.Asked;

/** What can be taken out as a file: each with what it holds unless that is said, its form, and the parameters it alone knows. */
@SuppressWarnings("ImmutableEnumChecker") // methods and lists that cannot change
enum Export {
    SSH_CONFIG(Export.TEXT, Export::hosts, SshConfig::new),
    KNOWN_HOSTS(Export.TEXT, Export::hosts, KnownHosts::new),
    HOSTS(Export.TEXT, Export::hosts, HostsFile::new),
    ZONE("text/dns", Export::standing, Export::zone, ZoneHead.ZONE, ZoneHead.NAME_SERVERS),
    CIDR(Export.TEXT, Export::standing, CidrList::new, CidrList.FAMILY),
    CSV("text/csv;charset=UTF-8", Export::rows, Export::table, NetboxCsv.FORM),
    JSON(Answer.JSON, Export::objects, Export::array, FlatJson.FLAT);

    private static final String TEXT = "text/plain;charset=UTF-8";

    private final String mediaType;
    private final Narrowing narrowing;
    private final Making making;
    private final List<String> parameters;

    /** Narrows a selection to what such a file is usually made of. */
    private interface Narrowing {
        Selection of(Selection selection, Asked asked);
    }

    /** Begins such a file. */
    private interface Making {
        Form of(Asking asking, OutputStream out);
    }

    Export(String mediaType, Narrowing narrowing, Making making, String... parameters) {
        this.mediaType = mediaType;
        this.narrowing = narrowing;
        this.making = making;
        this.parameters = List.of(parameters);
    }

    /** The export of that word, or null. */
    static @Nullable Export of(String word) {
        return Arrays.stream(values())
                .filter(export -> Word.of(export).equals(word))
                .findFirst()
                .orElse(null);
    }

    String mediaType() {
        return mediaType;
    }

    Selection narrowed(Selection selection, Asked asked) {
        return narrowing.of(selection, asked);
    }

    Form begin(Asking asking, OutputStream out) {
        return making.of(asking, out);
    }

    /**
     * Demands that nothing is asked that only another export knows.
     *
     * @throws Refusal {@link Problem#UNKNOWN_PARAMETER}
     */
    void refuseParametersOfOthers(Asked asked) {
        for (Export other : values())
            for (String name : other.parameters)
                if (!parameters.contains(name) && asked.parameters().containsKey(name))
                    throw Refusal.at(
                            Problem.UNKNOWN_PARAMETER,
                            name,
                            name,
                            parameters.isEmpty() ? "–" : String.join(", ", parameters));
    }

    private static Selection hosts(Selection selection, Asked asked) {
        return selection.ofMachines().standing();
    }

    private static Selection standing(Selection selection, Asked asked) {
        return selection.standing();
    }

    private static Form zone(Asking asking, OutputStream out) {
        ZoneHead head = ZoneHead.of(asking);
        return head.isReverse() ? new ReverseZone(head, out) : new ForwardZone(head, out);
    }

    private static boolean isOfNetbox(Asked asked) {
        String form = asked.parameter(NetboxCsv.FORM);
        if (form != null && !form.equals(NetboxCsv.WORD))
            throw Refusal.at(Problem.UNFIT_PARAMETER, NetboxCsv.FORM, NetboxCsv.FORM, NetboxCsv.WORD);
        return form != null;
    }

    private static Selection rows(Selection selection, Asked asked) {
        return isOfNetbox(asked) ? NetboxCsv.narrowed(selection) : selection;
    }

    private static Form table(Asking asking, OutputStream out) {
        return isOfNetbox(asking.asked()) ? new NetboxCsv(asking, out) : new ElementsCsv(asking, out);
    }

    /** A parameter that says enough by being there. */
    private static boolean isFlat(Asked asked) {
        String flat = asked.parameter(FlatJson.FLAT);
        return switch (flat == null ? "false" : flat) {
            case "", "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw Refusal.at(Problem.UNFIT_PARAMETER, FlatJson.FLAT, FlatJson.FLAT, "true, false");
        };
    }

    private static Selection objects(Selection selection, Asked asked) {
        return isFlat(asked) ? hosts(selection, asked) : selection;
    }

    private static Form array(Asking asking, OutputStream out) {
        return isFlat(asking.asked()) ? new FlatJson(asking, out) : new ElementsJson(asking, out);
    }
}
