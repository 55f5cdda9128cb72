package org.minventory.project;

import java.util.List;
import org.minventory.intake.Consequence;

/** All that is made of the record to the right of intake; a new projection is one line here. */
public final class Consequences {
    public static final List<Consequence> ALL = List.of(new Projects(), new Orders(), new Deliveries());

    private Consequences() {}
}
