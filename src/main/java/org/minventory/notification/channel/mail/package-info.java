/** Notices by mail, handed to the one server that the operator named. */
@NullMarked
package org.minventory.notification.channel.mail;

import org.jspecify.annotations.NullMarked;
