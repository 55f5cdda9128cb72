/** The one way in: what a witness told, heard and answered with a receipt. */
@NullMarked
package org.minventory.intake;

import org.jspecify.annotations.NullMarked;
