/** The record: what was testified, by whom, when, and what must never enter it. */
@NullMarked
package org.minventory.testimony;

import org.jspecify.annotations.NullMarked;
