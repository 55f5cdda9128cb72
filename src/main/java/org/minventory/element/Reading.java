package org.minventory.element;

import tools.jackson.databind.JsonNode;

/**
 * A told value as it is kept.
 *
 * @param value in the normal form of its attribute's type, or as told
 * @param declared whether the vocabulary knows the attribute
 */
public record Reading(JsonNode value, boolean declared) {}
