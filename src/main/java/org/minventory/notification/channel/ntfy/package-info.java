/** Notices to telephones and desktops, by a server of ntfy. */
@NullMarked
package org.minventory.notification.channel.ntfy;

import org.jspecify.annotations.NullMarked;
