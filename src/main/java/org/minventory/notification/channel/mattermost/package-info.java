/** Notices to a channel of Mattermost, by an incoming webhook. */
@NullMarked
package org.minventory.notification.channel.mattermost;

import org.jspecify.annotations.NullMarked;
