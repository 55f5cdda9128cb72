/** The ground floor: transactions, time, settings, refusals and the database itself. It knows no other room. */
@NullMarked
package org.minventory.base;

import org.jspecify.annotations.NullMarked;
