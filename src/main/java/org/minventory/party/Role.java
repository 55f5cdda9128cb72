package org.minventory.party;

import java.util.Set;
import org.minventory.base.Word;

/** What an actor is to the inventory. A right comes from here, from a mandate, or from a token's scope; from nowhere else. */
public enum Role {
    /** Keeps the instance: teams and settings, and its own tokens. Reads no customer. */
    OPERATOR(Right.OPERATE, Right.MINT_TOKENS),
    /** The mandated administrator: everything, for the customers whose mandates run. */
    OPS(
            Right.READ,
            Right.FOLLOW,
            Right.TAKE_ALONG,
            Right.TESTIFY,
            Right.DECIDE,
            Right.DEFINE,
            Right.ATTACH,
            Right.MINT_TOKENS,
            Right.SUBSCRIBE,
            Right.SHARE,
            Right.OPEN_CUSTOMERS,
            Right.MANDATE,
            Right.INVITE,
            Right.MEASURE),
    /** The customer's own head of information systems: reads all of its own, asks, approves, decides on mandates. */
    CIO(
            Right.READ,
            Right.FOLLOW,
            Right.TAKE_ALONG,
            Right.TESTIFY,
            Right.MINT_TOKENS,
            Right.SUBSCRIBE,
            Right.SHARE,
            Right.MANDATE,
            Right.INVITE),
    /** A member of the customer: reads; says notes and incidents. */
    MEMBER(Right.READ, Right.FOLLOW, Right.TESTIFY, Right.SUBSCRIBE),
    /** A program: exactly what the scopes of its token say. */
    ROBOT(Right.READ, Right.TESTIFY, Right.SUBSCRIBE, Right.MEASURE);

    @SuppressWarnings("ImmutableEnumChecker") // a set that Set.of made cannot change
    private final Set<Right> rights;

    Role(Right... rights) {
        this.rights = Set.of(rights);
    }

    /** Whether the role as such gives the right; a token may hold less. */
    public boolean gives(Right right) {
        return rights.contains(right);
    }

    /** The word of the API and of the database. */
    public String word() {
        return Word.of(this);
    }

    /** The role of that word. */
    public static Role of(String word) {
        return Word.read(Role.class, word);
    }
}
