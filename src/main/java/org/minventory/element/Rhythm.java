package org.minventory.element;

import java.time.Duration;

/**
 * How often a kind of testimony is awaited of an element.
 *
 * @param rhythm after this, what was said is late
 * @param grace and after this much more, stale
 */
public record Rhythm(Duration rhythm, Duration grace) {}
