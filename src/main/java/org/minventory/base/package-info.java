/**
 * What every room stands on: the clock, identifiers, JSON, the database and its only giver of a connection, the scope
 * of a reader, words and refusals as sentences.
 */
@NullMarked
package org.minventory.base;

import org.jspecify.annotations.NullMarked;
