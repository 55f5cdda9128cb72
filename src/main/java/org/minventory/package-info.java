/** The house: its entrance, from which every room can be seen. */
@NullMarked
package org.minventory;

import org.jspecify.annotations.NullMarked;
