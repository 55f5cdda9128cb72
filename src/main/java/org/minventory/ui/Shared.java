package org.minventory.ui;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.party.Caller;
import org.minventory.party.Callers;
import org.minventory.party.Right;
import org.minventory.party.Secret;
import org.minventory.project.Project;
import org.minventory.project.Projects;
import org.minventory.project.ShareLinks;
import org.minventory.project.ShareLinks.Link;
import org.minventory.web.Rates;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a link opens: one project, within what its maker reaches at this moment. Whatever is wrong with a link, the answer
 * is the same.
 */
public final class Shared {
    private final Tx tx;
    private final ShareLinks links;
    private final Callers callers;
    private final Rates rates;

    public Shared(Tx tx, ShareLinks links, Callers callers, Rates rates) {
        this.tx = tx;
        this.links = links;
        this.callers = callers;
        this.rates = rates;
    }

    /** A link that opens something, with whoever made it. */
    record Opened(String secret, Link link, Caller maker) {
        /** The customer alone, as far as the maker reaches it. */
        Scope scope() {
            return maker.scope().only(link.customer());
        }

        /** The project. */
        Project project(JdbcClient db) {
            Project project = Projects.find(db, scope(), link.project().toString());
            if (project == null) throw Refusal.of(Problem.NOT_FOUND);
            return project;
        }
    }

    /**
     * Opens a link, which counts as a use of it.
     *
     * @param from the address that asks: it may not try for ever
     * @throws Refusal {@link Problem#NOT_FOUND}: misspelt, unknown, revoked, expired, or its maker reaches the project no
     *     more; {@link Problem#TOO_MANY_REQUESTS}
     */
    Opened open(String secret, String from) {
        Opened opened = opened(secret);
        if (opened == null) {
            rates.takeGuess(from);
            throw Refusal.of(Problem.NOT_FOUND);
        }
        rates.take(opened.link().id());
        return opened;
    }

    private @Nullable Opened opened(String secret) {
        UUID customer = Secret.customer(Secret.SHARE, secret);
        byte[] hash = Secret.hashOfCustomers(Secret.SHARE, secret);
        if (customer == null || hash == null) return null;
        List<Link> used = tx.write(Scope.whole(customer), db -> {
            Link link = links.use(db, customer, hash);
            return link == null ? List.of() : List.of(link);
        });
        if (used.isEmpty()) return null;
        Caller maker = callers.behind(used.getFirst().token());
        if (maker == null || !maker.may(Right.FOLLOW) || !maker.scope().reaches(customer)) return null;
        return new Opened(secret, used.getFirst(), maker);
    }

    /**
     * Spends a link that decides, gives it back where what it decides is refused, and lets that refusal through.
     *
     * @throws Refusal {@link Problem#LINK_SPENT} for whoever comes second
     */
    void once(Opened opened, Runnable decision) {
        tx.write(opened.scope(), db -> links.spend(db, opened.link())).ifPresent(before -> {
            throw Refusal.of(Problem.LINK_SPENT, LocalDate.ofInstant(before, ZoneOffset.UTC));
        });
        try {
            decision.run();
        } catch (Refusal refusal) {
            tx.write(opened.scope(), db -> links.unspend(db, opened.link()));
            throw refusal;
        }
    }
}
