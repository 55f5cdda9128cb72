/** Terraform: what it built, and what it is about to build. */
@NullMarked
package org.minventory.integration.terraform;

import org.jspecify.annotations.NullMarked;
