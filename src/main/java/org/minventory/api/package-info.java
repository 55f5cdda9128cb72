/** The door for programs: {@code /api/v1}, health, figures and the contract. */
@NullMarked
package org.minventory.api;

import org.jspecify.annotations.NullMarked;
