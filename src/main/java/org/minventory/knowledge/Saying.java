package org.minventory.knowledge;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One attribute's value as one witness last said it.
 *
 * @param value normalised
 * @param told as told, where that can be read in a second way (a disk of "512 GB"); null elsewhere
 */
public record Saying(JsonNode value, @Nullable JsonNode told, Utterance by) {}
