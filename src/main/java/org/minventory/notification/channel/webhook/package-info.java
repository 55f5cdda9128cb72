/** Notices to a program: CloudEvents 1.0, signed as Standard Webhooks say. */
@NullMarked
package org.minventory.notification.channel.webhook;

import org.jspecify.annotations.NullMarked;
