/**
 * What others read: selections of the inventory, and its representations. It sees every room and changes none; one class
 * per format.
 */
@NullMarked
package org.minventory.export;

import org.jspecify.annotations.NullMarked;
