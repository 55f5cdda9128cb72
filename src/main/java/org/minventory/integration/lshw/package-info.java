/** lshw: the hardware as its own firmware and buses describe it. */
@NullMarked
package org.minventory.integration.lshw;

import org.jspecify.annotations.NullMarked;
