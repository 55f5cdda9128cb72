package org.minventory.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.Tx;
import org.minventory.base.WallClock;
import org.minventory.export.DossierReader;
import org.minventory.export.DossierVerifier;
import org.minventory.export.RecordVerifier.Checkpoint;
import org.minventory.intake.Intake;
import org.minventory.intake.Takeover;
import org.minventory.intake.Vocabularies;
import org.minventory.notification.Bell;
import org.minventory.party.Actors;
import org.minventory.party.Arrivals;
import org.minventory.party.Customers;
import org.minventory.party.Customers.Customer;
import org.minventory.party.Mandates;
import org.minventory.party.Teams;
import org.minventory.party.Tokens;
import org.minventory.project.Consequences;
import org.minventory.testimony.Kind;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** {@code minventory import}: takes over a customer from the dossier that it brings along. */
@Command(
        name = "import",
        description =
                "Takes over a customer from its reversibility dossier: verifies it, writes its record word for word"
                        + " with the same numbers, ids and chain, and works out all that is derived from it. All of it or nothing.",
        footer = {
            "",
            "With the embedded database: stop the server first. With an external one it may go on.",
            "Who spoke in the record gets no account here: --cio, --team or both let somebody in.",
            "",
            "Examples:",
            "  minventory import acme-dossier.zip --cio \"Alice Martin\"",
            "  minventory import acme-dossier.zip --team gardeners --data /var/lib/minventory",
            "  minventory import acme-dossier.zip --cio \"Alice Martin\" --head 43:9f86d081884c7d65…",
        })
final class ImportCommand implements Callable<Integer> {
    private static final long NEWS_EVERY = 5_000;

    @Mixin
    private StartOptions options = new StartOptions();

    @Parameters(
            paramLabel = "FILE",
            description = "The dossier: what GET /api/v1/customers/{customer}/dossier answered.")
    private Path file = Path.of("");

    @Option(
            names = "--cio",
            paramLabel = "NAME",
            description = "Brings the customer's CIO in, and shows the token once.")
    private @Nullable String cio;

    @Option(
            names = "--team",
            paramLabel = "SLUG",
            description = "Gives the mandate to an ops team that is here already.")
    private @Nullable String team;

    @Option(
            names = "--head",
            paramLabel = "SEQ:CHAIN",
            description = "A head known from elsewhere, which the record has to pass through; repeatable.")
    private List<String> heads = List.of();

    private final Session session;

    ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (cio == null && team == null) throw new CannotStart(Said.here("import-nobody"));
        if (!Files.isReadable(file)) throw new CannotStart(Said.here("record-unreadable", file));
        Checkpoint[] known = heads.stream().map(VerifyCommand::checkpoint).toArray(Checkpoint[]::new);
        DossierVerifier.Verdict verdict = DossierVerifier.verify(file, known);
        String said = verdict.sentence().in(Locale.getDefault(Locale.Category.DISPLAY));
        if (!verdict.holds()) throw new CannotStart(Said.here("import-refused", said));
        session.mention(said);
        try (DossierReader dossier = DossierReader.open(file)) {
            take(dossier);
        } catch (DataIntegrityViolationException
                | IllegalArgumentException
                | IllegalStateException
                | DateTimeException
                | NullPointerException
                | JacksonException unfit) { // it holds, and yet lacks what a dossier of this program has
            throw new CannotStart(Said.here("import-unfit", file, String.valueOf(unfit.getMessage())), unfit);
        }
        return Session.DONE;
    }

    private void take(DossierReader dossier) {
        Settings settings = Settings.of(options.layers(session.environment()), session.userData("minventory"));
        Stay stay = session.stay(); // a failure is told before it is closed
        Tx tx = Instance.onDatabase(session.entrance(), settings, stay).enter().tx();
        Welcome welcome = new Welcome(tx);
        String slug = dossier.customer().slug();
        Takeover takeover = new Takeover(tx, welcome.customers, Consequences.ALL);
        Takeover.Taken<Let> taken = takeover.take(dossier, new News(slug), welcome::in);
        stay.close();
        session.say(Said.here("imported", slug, taken.entries()));
        Let let = taken.welcomed();
        if (let.mandate() != null)
            session.say(Said.here("import-mandated", let.mandate().teamName()));
        if (let.cio() != null)
            session.say(Said.here(
                    "import-cio",
                    let.cio().caller().name(),
                    let.cio().token().secret().text()));
    }

    /** Who was let in. */
    private record Let(Arrivals.@Nullable Arrived cio, Mandates.@Nullable Mandate mandate) {}

    /** Lets somebody in, in the transaction that takes the customer over; a mandate is an entry of its record. */
    private final class Welcome {
        private final Customers customers = new Customers(WallClock.MICROSECONDS);
        private final Arrivals arrivals;
        private final Intake intake;

        Welcome(Tx tx) {
            Actors actors = new Actors(WallClock.MICROSECONDS);
            this.arrivals = new Arrivals(
                    customers,
                    new Teams(WallClock.MICROSECONDS),
                    new Mandates(WallClock.MICROSECONDS),
                    actors,
                    new Tokens(WallClock.MICROSECONDS, actors, Set.of()));
            this.intake =
                    new Intake(tx, WallClock.MICROSECONDS, new Vocabularies(), customers, Consequences.ALL, new Bell());
        }

        Let in(JdbcClient db, Customer customer) {
            Arrivals.Arrived arrived = cio == null ? null : arrivals.cio(db, customer.id(), cio);
            if (team == null) return new Let(arrived, null);
            Mandates.Mandate mandate = arrivals.mandate(db, customer, team);
            var by = arrived == null ? arrivals.member(db, customer.id(), mandate.team()) : arrived.caller();
            intake.record(db, by, customer.id(), Kind.MANDATE, Mandates.act(mandate));
            return new Let(arrived, mandate);
        }
    }

    /** Tells now and then how far it has come. */
    private final class News implements Takeover.Progress {
        private final String slug;
        private long told;

        News(String slug) {
            this.slug = slug;
        }

        @Override
        public void written(long entries) {
            tell("importing", entries);
        }

        @Override
        public void worked(long entries) {
            tell("rebuilding", entries);
        }

        private void tell(String key, long entries) {
            if (entries < told) told = 0; // the second pass begins
            if (entries < told + NEWS_EVERY) return;
            told = entries;
            session.mention(Said.here(key, slug, entries));
        }
    }
}
