package org.minventory.party;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The first minute of an instance: the server prints a token that works once, and with it the operator, the first team
 * and its first ops come in. Afterwards there is no setup any more.
 */
public final class Setup {
    private static final String SETTING = "setup-token";

    /** A person to bring in. */
    public record Person(String name, @Nullable String email) {}

    /** The first two people with their tokens, and the first team. */
    public record Founded(
            Actors.Actor operator,
            Tokens.Minted operatorToken,
            Teams.Team team,
            Actors.Actor ops,
            Tokens.Minted opsToken) {}

    private final Actors actors;
    private final Teams teams;
    private final Tokens tokens;

    public Setup(Actors actors, Teams teams, Tokens tokens) {
        this.actors = actors;
        this.teams = teams;
        this.tokens = tokens;
    }

    /** A fresh setup token, which replaces the one of an earlier start; none where the setup was done. */
    public Optional<Secret> offer(JdbcClient db) {
        if (isDone(db)) return Optional.empty();
        Secret secret = Secret.fresh(Secret.SETUP);
        db.sql("""
                        insert into instance_setting (name, value) values (?, ?)
                        on conflict (name) do update set value = excluded.value""").params(SETTING, HexFormat.of().formatHex(secret.hash())).update();
        return Optional.of(secret);
    }

    private static boolean isDone(JdbcClient db) {
        return db.sql("select exists (select 1 from actor where role = 'operator')")
                .query(Boolean.class)
                .single();
    }

    /**
     * Founds the instance.
     *
     * @throws Refusal {@link Problem#NOT_FOUND} once it was done, {@link Problem#UNFIT_SETUP_TOKEN}
     */
    public Founded found(JdbcClient db, String setupToken, Person operator, String slug, String team, Person ops) {
        String expected = db.sql("select value from instance_setting where name = ? for update")
                .param(SETTING)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
        byte[] told = Secret.hash(Secret.SETUP, setupToken.strip());
        if (told == null || !MessageDigest.isEqual(told, HexFormat.of().parseHex(expected)))
            throw Refusal.at(Problem.UNFIT_SETUP_TOKEN, "/setupToken");
        db.sql("delete from instance_setting where name = ?").param(SETTING).update();
        Actors.Actor keeper = under("/operator", () -> actors.operator(db, operator.name(), operator.email()));
        Teams.Team first = under("/team", () -> teams.found(db, slug, team));
        Actors.Actor member = under("/ops", () -> actors.join(db, first.id(), ops.name(), ops.email()));
        return new Founded(keeper, tokens.root(db, keeper), first, member, tokens.root(db, member));
    }

    private static <T> T under(String place, java.util.function.Supplier<T> act) {
        try {
            return act.get();
        } catch (Refusal refusal) {
            throw refusal.under(place);
        }
    }

    /** Whether the door of the setup is still there. */
    public boolean isOpen(JdbcClient db) {
        return db.sql("select exists (select 1 from instance_setting where name = ?)")
                .param(SETTING)
                .query(Boolean.class)
                .single();
    }
}
