package org.minventory.party;

/** What a route may demand. Deny by default: a route declares one of these, or that it is public. */
public enum Right {
    /** Consult the inventory within the caller's scope. */
    READ,
    /** Follow projects and what is said in them: for people. */
    FOLLOW,
    /** Take all of a customer along: its dossier. */
    TAKE_ALONG,
    /** Say something about it; the kind is checked where the testimony is taken. */
    TESTIFY,
    /** Decide on a divergence. */
    DECIDE,
    /** Attach what could not be attached. */
    ATTACH,
    /** Declare element types, attributes, infrastructures, providers. */
    DEFINE,
    /** Make and revoke tokens, never stronger than one's own rights. */
    MINT_TOKENS,
    /** Be told what happens, by a way of one's own choice. */
    SUBSCRIBE,
    /** Show a project to whoever holds an address. */
    SHARE,
    /** Open a new customer together with its mandate. */
    OPEN_CUSTOMERS,
    /** Propose, accept, decline, end a mandate. */
    MANDATE,
    /** Bring people and robots in. */
    INVITE,
    /** Read the program's own figures. */
    MEASURE,
    /** Keep the instance: teams and settings. */
    OPERATE
}
