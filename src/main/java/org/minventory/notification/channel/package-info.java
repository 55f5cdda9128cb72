/**
 * The ways by which something is said, each in a folder of its own below: what all of them share. A channel knows
 * messages and its own settings; who subscribed to what is no matter of its.
 */
@NullMarked
package org.minventory.notification.channel;

import org.jspecify.annotations.NullMarked;
