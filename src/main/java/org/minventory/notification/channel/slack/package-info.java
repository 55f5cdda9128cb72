/** Notices to a channel of Slack, by an incoming webhook. */
@NullMarked
package org.minventory.notification.channel.slack;

import org.jspecify.annotations.NullMarked;
