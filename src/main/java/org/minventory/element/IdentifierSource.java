package org.minventory.element;

import org.jspecify.annotations.Nullable;

/**
 * Says that an attribute carries identifiers.
 *
 * @param member the member of each record that holds it, for attributes that are lists of records
 */
public record IdentifierSource(
        IdentifierKind kind, @Nullable String member) {}
