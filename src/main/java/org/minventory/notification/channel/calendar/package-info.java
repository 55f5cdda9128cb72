/** A calendar that any calendar program follows (RFC 5545). */
@NullMarked
package org.minventory.notification.channel.calendar;

import org.jspecify.annotations.NullMarked;
