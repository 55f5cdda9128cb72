package org.minventory.base;

/**
 * Everything that Minventory refuses, one sentence each (RFC 9457). The sentences stand in {@code problems_en.properties}
 * and {@code problems_fr.properties}; a test demands both. The type of a problem is its name in lower case with hyphens.
 */
public enum Problem {
    // shape of the request
    MALFORMED_JSON(400),
    JSON_TOO_DEEP(400),
    EMPTY_BODY(400),
    UNFIT_TEXT(400),
    INEXACT_NUMBER(400),
    UNKNOWN_MEMBER(400),
    ONE_SUBJECT(400),
    MISSING_MEMBER(400),
    WRONG_TYPE(400),
    UNKNOWN_KIND(400),
    UNKNOWN_PARAMETER(400),
    MISSING_PARAMETER(400),
    UNFIT_PARAMETER(400),
    UNFIT_CURSOR(400),
    CUSTOMER_NEEDED(400),
    INVALID_REQUEST(400),
    // who is asking
    NOT_SIGNED_IN(401),
    NOT_ALLOWED(403),
    UNFIT_SETUP_TOKEN(403),
    FORGED_FORM(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    KEY_IN_USE(409),
    CONFLICT(409),
    NAME_TAKEN(409),
    SLUG_TAKEN(409),
    CUSTOMER_THERE(409),
    MANDATE_RUNS(409),
    LINK_SPENT(409),
    NO_RANGE(409),
    RANGE_FULL(409),
    NO_MAIL_SERVER(409),
    CHANGED_MEANWHILE(412),
    BODY_TOO_LARGE(413),
    FILE_TOO_LARGE(413),
    UNSUPPORTED_MEDIA(415),
    // meaning
    UNFIT_NAME(422),
    UNFIT_FACT_NAME(422),
    UNFIT_VALUE(422),
    UNFIT_DATE(422),
    TOO_MANY_FACTS(422),
    TOO_MANY_SUBSCRIPTIONS(422),
    ASKED_ENOUGH(422),
    UNKNOWN_CHANNEL(422),
    UNKNOWN_NOTICE(422),
    TOO_MANY_FILES(422),
    LOOKS_LIKE_A_SECRET(422),
    UNKNOWN_TYPE(422),
    NOT_FOR_THIS_KIND(422),
    KEY_REUSED(422),
    UNREADABLE_DOCUMENT(422),
    REASON_NEEDED(422),
    STRONGER_THAN_YOURS(422),
    UNFIT_DEFINITION(422),
    UNFIT_TARGET(422),
    PRECONDITION_NEEDED(428),
    TOO_MANY_REQUESTS(429),
    HEADERS_TOO_LARGE(431),
    // ours
    INTERNAL(500),
    BUSY(503),
    STARTING(503);

    private final int status;

    Problem(int status) {
        this.status = status;
    }

    /** The HTTP status it is answered with. */
    public int status() {
        return status;
    }

    /** The last part of its {@code type} URI. */
    public String slug() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
