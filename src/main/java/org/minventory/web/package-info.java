/**
 * What every HTTP door shares: who may call a route, problems as answers, bodies with their limits, pages and cursors,
 * ETags, answers given again, rates, formats, headers. It knows no room but party, and none of the doors.
 */
@NullMarked
package org.minventory.web;

import org.jspecify.annotations.NullMarked;
