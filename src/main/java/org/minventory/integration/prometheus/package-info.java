/** Prometheus: what it watches. */
@NullMarked
package org.minventory.integration.prometheus;

import org.jspecify.annotations.NullMarked;
