/** What agrees and what does not: comparison rules, each with its sentence, divergences and contradictions. */
@NullMarked
package org.minventory.conformity;

import org.jspecify.annotations.NullMarked;
