package org.minventory.integration.ansible;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.element.Vocabulary;
import org.minventory.export.Reach;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Caller;
import org.minventory.party.Right;
import org.minventory.testimony.Kind;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Receiving;
import org.minventory.web.Surveying;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Runs of playbooks come in, as the callback {@code ansible.posix.json} writes them down or ours sends them: a deployment
 * report of each host, and of each element of which the playbook declares facts.
 */
@Controller
public final class RunsDoor {
    private static final int LARGEST = 50 << 20;

    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final Intake intake;

    public RunsDoor(Tx tx, InstantSource clock, Vocabularies vocabularies, Intake intake) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.intake = intake;
    }

    @PostMapping("/integrations/ansible/runs")
    @Allowed(Right.TESTIFY)
    Answer take(
            Asked asked,
            Body body,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "false") boolean partial,
            @RequestParam(defaultValue = "false") boolean check,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Caller caller = asked.caller();
        if (!Kind.DEPLOYMENT_REPORT.isSaidBy(caller.role()) || !caller.mayTestify(Kind.DEPLOYMENT_REPORT.word()))
            throw Refusal.of(Problem.NOT_ALLOWED);
        Run told = RunReader.read(body.unpacked(LARGEST));
        if (run != null && !told.called(run)) throw Refusal.at(Problem.UNFIT_PARAMETER, "run", "run", "shop-2026-47…");
        if (partial) told.partial("told");
        if (check) told.trial();
        Instant end = told.end() == null ? null : Surveying.believed(told.end(), clock.instant());
        Receiving receiving = Receiving.ofSeveral(intake, asked, customer, dryRun);
        for (RunReport report : reports(asked, customer, told)) report.tell(receiving, end, asked.language());
        return Answer.of(Answer.JSON, receiving.end());
    }

    private List<RunReport> reports(Asked asked, @Nullable String customer, Run run) {
        Set<String> names = new LinkedHashSet<>(run.hosts());
        names.addAll(run.declared().keySet());
        return tx.read(asked.scope(), db -> {
            Reach all = Reach.of(db, asked.scope(), vocabularies);
            Reach reach = customer == null ? all : all.only(List.of(customer));
            return reports(run, InventoryHost.find(db, reach, names), reach);
        });
    }

    /** One for each host, then one for each element that facts are only declared of: named in two ways, it is still one. */
    private static List<RunReport> reports(Run run, Map<String, InventoryHost> hosts, Reach reach) {
        UUID usual = usual(hosts.values(), reach);
        SequencedMap<Object, RunReport> reports = new LinkedHashMap<>();
        Function<String, RunReport> reportOf = name -> {
            InventoryHost host = Objects.requireNonNull(hosts.get(name), name);
            UUID customer = host.customer() == null ? usual : host.customer();
            Vocabulary vocabulary = customer == null ? Vocabulary.builtIn() : reach.vocabulary(customer);
            return reports.computeIfAbsent(
                    host.element() == null ? name : host, one -> new RunReport(run, name, host, customer, vocabulary));
        };
        for (String host : run.hosts()) reportOf.apply(host).took();
        run.declared().forEach((name, facts) -> reportOf.apply(name).declare(name, facts));
        return List.copyOf(reports.values());
    }

    /** Who is not found is kept for the only customer there is, or else for that of all the others. */
    private static @Nullable UUID usual(Collection<InventoryHost> hosts, Reach reach) {
        List<UUID> reached = reach.scope().customers();
        if (reached.size() == 1) return reached.getFirst();
        Set<UUID> customers = new LinkedHashSet<>();
        for (InventoryHost host : hosts) if (host.customer() != null) customers.add(host.customer());
        return customers.size() == 1 ? customers.iterator().next() : null;
    }
}
