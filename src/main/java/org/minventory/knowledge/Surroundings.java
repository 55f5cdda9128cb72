package org.minventory.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * The infrastructure to which an element belongs while it lives, and the maintenance of all of it that is open, if one is.
 */
public record Surroundings(String infrastructure, @Nullable Spell maintenance) {}
