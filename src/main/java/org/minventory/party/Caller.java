package org.minventory.party;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;

/**
 * Who is asking, worked out once per request from a token or a session: the actor, and what the actor reaches right now.
 *
 * @param scope customers whose mandate or membership runs, cut down by the token's own limits
 * @param tokenScopes {@code read:inventory}, {@code testify:<kind>}…; empty where the token holds all that the role gives
 * @param limited whether the token reaches only some customers, infrastructures or elements of what the actor reaches
 */
public record Caller(
        UUID actor,
        Role role,
        String name,
        @Nullable UUID team,
        @Nullable UUID token,
        Scope scope,
        Set<String> tokenScopes,
        boolean limited) {
    /** Scope word of a token that may read. */
    public static final String READ = "read:inventory";

    private static final String TESTIFY = "testify:";

    /** What reaches beyond any customer, and beyond any token that is limited to some. */
    private static final Set<Right> BEYOND = Set.of(Right.OPEN_CUSTOMERS, Right.MEASURE);

    public Caller {
        tokenScopes = Set.copyOf(tokenScopes);
    }

    /** The one question of authorization: deny by default. */
    public boolean may(Right right) {
        if (!role.gives(right) || (limited && BEYOND.contains(right))) return false;
        if (tokenScopes.isEmpty()) return role != Role.ROBOT;
        return switch (right) {
            case READ, FOLLOW, TAKE_ALONG, SUBSCRIBE, MEASURE -> tokenScopes.contains(READ);
            case TESTIFY -> tokenScopes.stream().anyMatch(s -> s.startsWith(TESTIFY));
            case DECIDE, ATTACH, DEFINE, MINT_TOKENS, SHARE, OPEN_CUSTOMERS, MANDATE, INVITE, OPERATE ->
                tokenScopes.contains("act");
        };
    }

    /** Whether the token's scope allows a testimony of this kind; the role's part is the kind's own matter. */
    public boolean mayTestify(String kind) {
        return may(Right.TESTIFY)
                && (tokenScopes.isEmpty()
                        || tokenScopes.contains(TESTIFY + kind)
                        || tokenScopes.contains(TESTIFY + "*"));
    }

    /**
     * Throws where the right is missing.
     *
     * @throws Refusal {@link Problem#NOT_ALLOWED}
     */
    public void require(Right right) {
        if (!may(right)) throw Refusal.of(Problem.NOT_ALLOWED);
    }

    /** The customers reached, in a stable order. */
    public List<UUID> customers() {
        return scope.customers();
    }
}
