package org.minventory.element;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A name under which facts are told. It means the same on every element type.
 *
 * @param name exact, or a pattern with one leading star: {@code *.version}
 * @param rule the rule that compares two values of it; none for what nobody compares
 * @param searchable whether lists can be filtered by it
 * @param identifier what it identifies elements by
 * @param precedence whose word counts before others that are as fresh, best first: witnesses by id, or the tools they use
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
        List<String> precedence,
        @Nullable Labels inverse) {

    /** Where a witness stands for this attribute, itself or by the tool that it uses; the lower counts first. */
    public int rank(UUID witness, String source) {
        int byTool = precedence.indexOf(tool(source));
        int byItself = precedence.indexOf(witness.toString());
        return Math.min(byTool < 0 ? precedence.size() : byTool, byItself < 0 ? precedence.size() : byItself);
    }

    /** The tool behind a source: what stands after a slash names one of its many checks. */
    public static String tool(String source) {
        int slash = source.indexOf('/');
        return slash < 0 ? source : source.substring(0, slash);
    }

    boolean isPattern() {
        return name.startsWith("*.");
    }

    /** The attribute that a pattern stands for, under its own name. */
    Attribute named(String told) {
        String star = told.substring(0, told.length() - name.length() + 1);
        return new Attribute(told, type, rule, searchable, identifier, family, labels.with(star), precedence, inverse);
    }
}
