/**
 * Who there is and what each may do: customers, ops teams, people and robots, mandates, tokens. Mandates are the source
 * of every right.
 */
@NullMarked
package org.minventory.party;

import org.jspecify.annotations.NullMarked;
