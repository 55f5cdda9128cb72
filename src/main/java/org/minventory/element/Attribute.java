package org.minventory.element;

import org.jspecify.annotations.Nullable;

/**
 * A name under which facts are told. It means the same on every element type.
 *
 * @param name exact, or a pattern with one leading star: {@code *.version}
 * @param rule the rule that compares two values of it; none for what nobody compares
 * @param searchable whether lists can be filtered by it
 * @param identifier what it identifies elements by
 * @param inverse for relations, the label seen from the other end: {@code runs on / hosts}
 */
public record Attribute(
        String name,
        ValueType type,
        @Nullable String rule,
        boolean searchable,
        @Nullable IdentifierSource identifier,
        Family family,
        Labels labels,
        @Nullable Labels inverse) {

    boolean isPattern() {
        return name.startsWith("*.");
    }

    /** The attribute that a pattern stands for, under its own name. */
    Attribute named(String told) {
        String star = told.substring(0, told.length() - name.length() + 1);
        return new Attribute(told, type, rule, searchable, identifier, family, labels.with(star), inverse);
    }
}
