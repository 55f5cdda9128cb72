/** What there is to say to those who want to hear it: notices, numbered per customer without a gap, written with what caused them. */
@NullMarked
package org.minventory.notification;

import org.jspecify.annotations.NullMarked;
