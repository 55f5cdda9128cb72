/** What {@code survey.sh} collects on a machine that has neither Ansible nor lshw: the script goes out, its bundle comes in. */
@NullMarked
package org.minventory.integration.survey;

import org.jspecify.annotations.NullMarked;
