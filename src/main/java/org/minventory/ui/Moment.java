package org.minventory.ui;

/**
 * An instant as a page says it.
 *
 * @param exact for machines, RFC 3339
 * @param title for whoever wants to know exactly, and on paper
 * @param words an age ("6 min ago") or a day ("4 Nov 2026")
 */
public record Moment(String exact, String title, String words) {}
