package org.minventory.conformity;

import java.util.List;
import java.util.stream.Stream;

/** What elements that are redundant with one another may not have in common: if it fails, all of them do. */
public enum Sharing {
    /** The provider: the two-provider rule. */
    PROVIDER("provider", "common-provider"),
    /** The site, of one provider or of nobody. */
    SITE("site", "common-site"),
    /** An element that carries both, directly or by others; or one of them that carries the other. */
    DEPENDENCY(Footing.REDUNDANT_WITH, "common-dependency");

    private final String attribute;
    private final String nature;

    Sharing(String attribute, String nature) {
        this.attribute = attribute;
        this.nature = nature;
    }

    /** The attribute of which it is told. */
    public String attribute() {
        return attribute;
    }

    /** How a divergence of it is named. */
    public String nature() {
        return nature;
    }

    /** The names of all of them. */
    static List<String> natures() {
        return Stream.of(values()).map(Sharing::nature).toList();
    }
}
