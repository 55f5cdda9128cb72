/** The door for those who type: what {@code ./minventory} answers in a terminal. */
@NullMarked
package org.minventory.cli;

import org.jspecify.annotations.NullMarked;
