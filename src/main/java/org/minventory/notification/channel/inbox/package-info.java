/** What is kept within Minventory for its subscriber to read. */
@NullMarked
package org.minventory.notification.channel.inbox;

import org.jspecify.annotations.NullMarked;
