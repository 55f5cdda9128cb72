package org.minventory.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.minventory.party.Right;

/** Who may call this route: whoever holds one of these rights. A route without it, and not {@link Public}, fails the start. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Allowed {
    /** One of them suffices. */
    Right[] value();
}
