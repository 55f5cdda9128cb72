package org.minventory.element;

/** What an element was seen to carry, in the one spelling under which it can be looked up. */
public record Identifier(IdentifierKind kind, String value) {}
