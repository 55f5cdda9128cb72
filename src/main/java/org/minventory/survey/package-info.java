/**
 * What a tool's document says of a machine, in our own vocabulary: what the doors of Ansible, lshw and their like have in
 * common. It reads; it neither judges nor keeps.
 */
@NullMarked
package org.minventory.survey;

import org.jspecify.annotations.NullMarked;
