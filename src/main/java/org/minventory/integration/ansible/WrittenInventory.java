package org.minventory.integration.ansible;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
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
import org.minventory.web.Spool;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.UnicodeReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An inventory as people write it for Ansible in YAML, told host by host. */
final class WrittenInventory implements Importing.Document {
    static final String SAID = "org.minventory.integration.ansible.said";

    private static final String SOURCE = "ansible-inventory";
    private static final int LONGEST = 16 << 20;
    private static final int MOST_ALIASES = 1_000;
    /** Variables and groups of all hosts: a short file may give many of them to many hosts. */
    private static final long MOST_INHERITED = 5_000_000;

    private static final String EXAMPLE = "all: {hosts: {web-1: {ansible_host: 192.0.2.1}}}";

    private final WrittenGroups groups;
    private final WrittenHost.Variables variables;
    private final Manner manner;
    private final Set<String> untold = new TreeSet<>();
    private int told;

    /**
     * How it is to be taken.
     *
     * @param type of hosts that say none
     * @param create whether who is not known is born
     * @param mayWish whether the importer may wish how Ansible connects
     */
    record Manner(
            Kind kind,
            String type,
            boolean create,
            boolean mayWish,
            @Nullable Instant witnessedAt,
            Locale language) {}

    /** @throws Refusal {@link Problem#UNREADABLE_DOCUMENT} for what is no YAML, no inventory, or made to do harm */
    WrittenInventory(Spool body, Vocabulary vocabulary, Map<String, String> maps, Manner manner) {
        this.groups = new WrittenGroups(read(body));
        this.variables = new WrittenHost.Variables(vocabulary, maps);
        this.manner = manner;
        if (groups.count() == 0) throw unreadable("no-hosts", EXAMPLE);
        long inherited = 0;
        for (WrittenGroups.Host host : groups.hosts()) {
            Set<String> names = groups.varsOf(host).keySet();
            inherited += names.size() + groups.groupsOf(host).size();
            if (inherited > MOST_INHERITED) throw unreadable("too-much");
            for (String variable : names)
                if (!variable.startsWith("ansible_") && variables.attribute(variable) == null) untold.add(variable);
        }
    }

    /** The nodes of the file; nothing is built of them. */
    private static MappingNode read(Spool body) {
        if (body.length() > LONGEST) throw Refusal.of(Problem.BODY_TOO_LARGE, (LONGEST >> 20) + " MiB");
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setTagInspector(tag -> true); // one of a program's objects costs its variable, not the file
        try (InputStream in = body.open()) {
            Node root = new Yaml(new SafeConstructor(options)).compose(new UnicodeReader(in));
            if (root instanceof MappingNode mapping) return mapping;
            throw unreadable("no-hosts", EXAMPLE);
        } catch (MarkedYAMLException broken) {
            throw unreadable(
                    "no-yaml",
                    broken.getProblemMark() == null
                            ? 1
                            : broken.getProblemMark().getLine() + 1);
        } catch (YAMLException tooMuch) {
            throw unreadable("too-much");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Refusal unreadable(String sentence, Object... arguments) {
        return Refusal.of(Problem.UNREADABLE_DOCUMENT, Sentence.of(SAID, sentence, arguments));
    }

    @Override
    public ObjectNode before() {
        ObjectNode before = Json.object();
        before.putObject("read").put("hosts", groups.count());
        ArrayNode passedOver = before.putArray("passedOver");
        untold.forEach(passedOver::add);
        return before;
    }

    @Override
    public int percent() {
        return 100 * told / groups.count();
    }

    @Override
    public void tell(Importing importing) {
        for (WrittenGroups.Host host : groups.hosts()) {
            told++;
            tell(importing, host);
        }
    }

    private void tell(Importing importing, WrittenGroups.Host written) {
        WrittenHost host = new WrittenHost(written.name(), groups.varsOf(written), groups.groupsOf(written), variables);
        String name = host.elementName();
        if (name == null) {
            Refusal refusal = Refusal.at(Problem.UNFIT_VALUE, written.name(), Sentence.of(SAID, "no-name"));
            importing.refuse(refusal, written.name().length(), remarks(host, written, manner.kind(), List.of()));
            return;
        }
        SequencedMap<String, JsonNode> facts = host.facts();
        boolean wishes = manner.kind() == Kind.WISH;
        if (wishes) facts.putAll(host.connection());
        boolean needsOps = !wishes && !manner.mayWish();
        hear(
                importing,
                host,
                name,
                manner.kind(),
                facts,
                remarks(
                        host,
                        written,
                        manner.kind(),
                        needsOps ? List.copyOf(host.connection().keySet()) : List.of()));
        // how to connect is believed where an ops wished it
        if (!wishes && !needsOps && !host.connection().isEmpty())
            hear(importing, host, name, Kind.WISH, host.connection(), remarks(host, written, Kind.WISH, List.of()));
    }

    private void hear(
            Importing importing,
            WrittenHost host,
            String name,
            Kind kind,
            SequencedMap<String, JsonNode> facts,
            Consumer<ObjectNode> remarks) {
        String bornAs = manner.create() ? Objects.requireNonNullElse(host.type(), manner.type()) : null;
        Told testimony = Told.imported(
                kind, Reference.ofText(name, ""), manner.witnessedAt(), facts, null, SOURCE, bornAs, null);
        importing.hear(testimony, facts.toString().length(), remarks);
    }

    private Consumer<ObjectNode> remarks(
            WrittenHost host, WrittenGroups.Host written, Kind kind, List<String> needOps) {
        return receipt -> {
            receipt.put("line", written.line()).put("name", host.name()).put("kind", kind.word());
            ArrayNode leftOut = receipt.putArray("leftOut");
            for (WrittenHost.LeftOut one : host.leftOut())
                leftOut.addObject()
                        .put("name", one.name())
                        .put("detail", one.why().in(manner.language()));
            for (String variable : needOps)
                leftOut.addObject()
                        .put("name", variable)
                        .put("detail", Sentence.of(SAID, "needs-ops").in(manner.language()));
        };
    }
}
