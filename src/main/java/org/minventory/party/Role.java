package org.minventory.party;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What an actor is to the inventory. A right comes from here, from a mandate, or from a token's scope; from nowhere else. */
public enum Role {
    /** Keeps the instance: teams and settings. Reads no customer. */
    OPERATOR(Right.OPERATE),
    /** The mandated administrator: everything, for the customers whose mandates run. */
    OPS(
            Right.READ,
            Right.TESTIFY,
            Right.DECIDE,
            Right.DEFINE,
            Right.ATTACH,
            Right.MINT_TOKENS,
            Right.OPEN_CUSTOMERS,
            Right.MANDATE,
            Right.INVITE,
            Right.MEASURE),
    /** The customer's own head of information systems: reads all of its own, asks, approves, decides on mandates. */
    CIO(Right.READ, Right.TESTIFY, Right.MINT_TOKENS, Right.MANDATE, Right.INVITE),
    /** A member of the customer: reads; says notes and incidents. */
    MEMBER(Right.READ, Right.TESTIFY),
    /** A program: exactly what the scopes of its token say. */
    ROBOT(Right.READ, Right.TESTIFY, Right.MEASURE);

    private final Set<Right> rights;

    Role(Right... rights) {
        this.rights = EnumSet.noneOf(Right.class);
        this.rights.addAll(java.util.Arrays.asList(rights));
    }

    /** Whether the role as such gives the right; a token may hold less. */
    public boolean gives(Right right) {
        return rights.contains(right);
    }

    /** The word of the API and of the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that word. */
    public static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
