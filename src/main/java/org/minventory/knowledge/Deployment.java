package org.minventory.knowledge;

/** How far a deployment came, as its report says. */
public enum Deployment {
    WHOLE,
    /** Only a part of it was asked for, or it was only tried out. */
    PARTIAL,
    /** It failed, or did not reach the element. */
    FAILED;

    /** The attribute by which a report says it. */
    public static final String RESULT = "deployment.result";

    /** How far it came; who reports without saying so reports that it was deployed. */
    public static Deployment of(Facts facts) {
        Facts.Value result = facts.values().get(RESULT);
        return switch (result == null ? "" : result.value().asString("")) {
            case "failed", "unreachable" -> FAILED;
            case "partial" -> PARTIAL;
            default -> WHOLE;
        };
    }
}
