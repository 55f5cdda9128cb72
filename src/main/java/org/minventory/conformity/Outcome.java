package org.minventory.conformity;

import org.minventory.element.Sentence;

/** What a comparison found, and the sentence that says so; the sentence is rendered only when somebody reads it. */
public record Outcome(Verdict verdict, Sentence sentence) {}
