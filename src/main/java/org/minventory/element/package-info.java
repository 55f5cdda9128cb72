/**
 * Infrastructures, elements and what can be known of them: the vocabulary (element types, attributes, values with
 * units), identifiers and names.
 */
@NullMarked
package org.minventory.element;

import org.jspecify.annotations.NullMarked;
