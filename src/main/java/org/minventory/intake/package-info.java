/**
 * The one way in. UI forms, imports, tools and the API tell; {@link org.minventory.intake.Intake#take} takes it in one
 * transaction and answers with a receipt, so that the witness learns at once what disagrees.
 */
@NullMarked
package org.minventory.intake;

import org.jspecify.annotations.NullMarked;
