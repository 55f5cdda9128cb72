/**
 * What is known: who last said what of an element, attribute by attribute and stance by stance; which word counts, how
 * fresh it is, and how it was on another day.
 */
@NullMarked
package org.minventory.knowledge;

import org.jspecify.annotations.NullMarked;
