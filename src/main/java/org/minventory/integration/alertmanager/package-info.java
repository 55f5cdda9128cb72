/** Alertmanager, and whoever speaks its webhook: alerts as states of what they are about. */
@NullMarked
package org.minventory.integration.alertmanager;

import org.jspecify.annotations.NullMarked;
