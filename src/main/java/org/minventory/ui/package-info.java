/**
 * The pages that people look at: a door. A controller asks its reader for what the page shows, a record of plain words,
 * and the template of the same name lays it out. Nothing here decides anything, and nothing here writes SQL.
 */
@NullMarked
package org.minventory.ui;

import org.jspecify.annotations.NullMarked;
