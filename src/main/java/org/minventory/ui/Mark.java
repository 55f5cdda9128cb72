package org.minventory.ui;

/**
 * A word with a shape; the colour comes third.
 *
 * @param tone the class that brings the shape: ok, bad, warn, late, info, down, wait, dont, unk, never
 */
public record Mark(String tone, String word) {}
