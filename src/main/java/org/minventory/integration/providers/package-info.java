/** Hosting providers' documents: what was ordered of them, and what they say they delivered. */
@NullMarked
package org.minventory.integration.providers;

import org.jspecify.annotations.NullMarked;
