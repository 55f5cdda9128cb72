/** Icinga 2, Nagios and whatever speaks as their plug-ins do: results of checks. */
@NullMarked
package org.minventory.integration.icinga;

import org.jspecify.annotations.NullMarked;
