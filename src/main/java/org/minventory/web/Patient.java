package org.minventory.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The callers of this route come again after a 5xx and take anything else for the end: Alertmanager drops what is answered
 * by a 429. Whoever comes too often is told that we are busy.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Patient {}
