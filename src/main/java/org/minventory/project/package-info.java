/**
 * What a customer asks for and an ops makes of it: projects, and what is said in them. Every act is a testimony; what
 * stands here is folded from them and can be made anew.
 */
@NullMarked
package org.minventory.project;

import org.jspecify.annotations.NullMarked;
