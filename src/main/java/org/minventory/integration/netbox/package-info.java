/** NetBox: what its REST API answers. */
@NullMarked
package org.minventory.integration.netbox;

import org.jspecify.annotations.NullMarked;
