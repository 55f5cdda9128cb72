/** Spreadsheets: tables of elements, as a file or as what is pasted out of one. */
@NullMarked
package org.minventory.integration.table;

import org.jspecify.annotations.NullMarked;
