/** Files that other tools read as they are: of SSH, of name servers, of firewalls, of spreadsheets. */
@NullMarked
package org.minventory.integration.exports;

import org.jspecify.annotations.NullMarked;
