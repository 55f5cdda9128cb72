/** Ansible, both ways: it reads its inventory here and tells here what it found and did. */
@NullMarked
package org.minventory.integration.ansible;

import org.jspecify.annotations.NullMarked;
