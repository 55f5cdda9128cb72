package org.minventory.integration.ansible;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The groups of an inventory's file, its hosts, and what each inherits from which group. */
final class WrittenGroups {
    static final String ALL = "all";
    static final String UNGROUPED = "ungrouped";

    private static final int MOST_HOSTS = 50_000;

    /** Mappings looked into, anchors followed, hosts and groups put into groups: a file that leads to more is made to do harm. */
    private static final int MOST_LOOKS = 500_000;

    private static final int DEEPEST = 32;

    private final Map<String, Group> groups = new HashMap<>();
    private final SequencedMap<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();
    private int looks;

    private static final class Group {
        private final SequencedMap<String, Node> vars = new LinkedHashMap<>();
        private final SequencedSet<String> parents = new LinkedHashSet<>();
    }

    /**
     * One host.
     *
     * @param line on which it is named first, counted from 1
     */
    record Host(String name, int line, SequencedMap<String, Node> vars, SequencedSet<String> groups) {}

    /** @param root the mapping from groups that the file is */
    WrittenGroups(MappingNode root) {
        members(root).forEach((name, body) -> group(name, body, 0));
        measure();
    }

    private void group(String name, Node body, int depth) {
        if (depth > DEEPEST) throw tooMuch();
        Group group = groups.computeIfAbsent(name, n -> new Group());
        Map<String, Node> parts = members(body);
        members(parts.get("vars")).forEach(group.vars::put);
        hostsOf(name, parts.get("hosts"));
        members(parts.get("children")).forEach((child, inside) -> {
            if (++looks > MOST_LOOKS) throw tooMuch();
            groups.computeIfAbsent(child, c -> new Group()).parents.add(name);
            group(child, inside, depth + 1);
        });
    }

    private void hostsOf(String group, @Nullable Node body) {
        if (!(body instanceof MappingNode mapping)) return;
        for (NodeTuple member : mapping.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode key)) continue;
            int line = key.getStartMark().getLine() + 1;
            for (String name : HostPattern.expand(key.getValue(), MOST_HOSTS)) {
                Host host = hosts.computeIfAbsent(
                        name, n -> new Host(n, line, new LinkedHashMap<>(), new LinkedHashSet<>()));
                if (++looks > MOST_LOOKS) throw tooMuch();
                if (hosts.size() > MOST_HOSTS)
                    throw Refusal.of(
                            Problem.UNREADABLE_DOCUMENT, Sentence.of(WrittenInventory.SAID, "too-many", MOST_HOSTS));
                host.groups().add(group);
                members(member.getValueNode()).forEach(host.vars()::put);
            }
        }
    }

    /** What a mapping holds by its texts, what is merged into it first; nothing of anything else. */
    private Map<String, Node> members(@Nullable Node node) {
        Map<String, Node> members = new LinkedHashMap<>();
        gather(node, members, 0);
        return members;
    }

    private void gather(@Nullable Node node, Map<String, Node> members, int depth) {
        if (!(node instanceof MappingNode mapping)) return;
        if (depth > DEEPEST || ++looks > MOST_LOOKS) throw tooMuch();
        for (NodeTuple member : mapping.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode key)) continue;
            if (key.getValue().equals("<<")) merge(member.getValueNode(), members, depth + 1);
            else members.put(key.getValue(), member.getValueNode());
        }
    }

    /** What is written beside a merge counts before it. */
    private void merge(Node merged, Map<String, Node> members, int depth) {
        Map<String, Node> inherited = new LinkedHashMap<>();
        if (merged instanceof SequenceNode several) for (Node one : several.getValue()) gather(one, inherited, depth);
        else gather(merged, inherited, depth);
        inherited.forEach(members::putIfAbsent);
    }

    private static Refusal tooMuch() {
        return Refusal.of(Problem.UNREADABLE_DOCUMENT, Sentence.of(WrittenInventory.SAID, "too-much"));
    }

    /** All hosts, in the order in which they are named. */
    Iterable<Host> hosts() {
        return hosts.values();
    }

    int count() {
        return hosts.size();
    }

    /** The groups that a host belongs to, and those that these belong to. */
    Set<String> groupsOf(Host host) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> waiting = new ArrayDeque<>(host.groups());
        while (!waiting.isEmpty()) {
            String name = waiting.removeFirst();
            Group group = groups.get(name);
            if (all.add(name) && group != null) waiting.addAll(group.parents);
        }
        return all;
    }

    /** Its variables as Ansible resolves them: all, then parents before children, at last its own. */
    SequencedMap<String, Node> varsOf(Host host) {
        List<String> order = groupsOf(host).stream()
                .filter(name -> !name.equals(ALL))
                .sorted(Comparator.comparingInt((String name) -> depth(name)).thenComparing(name -> name))
                .toList();
        SequencedMap<String, Node> vars = new LinkedHashMap<>();
        Group all = groups.get(ALL);
        if (all != null) vars.putAll(all.vars);
        for (String name : order) {
            Group group = groups.get(name);
            if (group != null) vars.putAll(group.vars);
        }
        vars.putAll(host.vars());
        return vars;
    }

    /** How many groups a group lies within, on the longest way. */
    private int depth(String name) {
        return depths.getOrDefault(name, 0);
    }

    /** All at once and step by step, for a few groups may lie within one another in ways without number. */
    private void measure() {
        for (int step = 0; step <= DEEPEST; step++)
            groups.forEach((name, group) -> {
                for (String parent : group.parents) depths.merge(name, Math.min(depth(parent), DEEPEST) + 1, Math::max);
            });
    }
}
