/** A feed that any reader of news follows (RFC 4287). */
@NullMarked
package org.minventory.notification.channel.atom;

import org.jspecify.annotations.NullMarked;
