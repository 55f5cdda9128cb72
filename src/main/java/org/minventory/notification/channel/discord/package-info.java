/** Discord, by an incoming webhook. */
@NullMarked
package org.minventory.notification.channel.discord;

import org.jspecify.annotations.NullMarked;
