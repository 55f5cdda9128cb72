/**
 * The append-only record: what was said, by whom, when it was true and when we learnt it, chained so that it cannot be
 * rewritten silently. {@link org.minventory.testimony.Testimonies} is the only writer of its table.
 */
@NullMarked
package org.minventory.testimony;

import org.jspecify.annotations.NullMarked;
