package org.minventory.testimony;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import org.minventory.element.Status;
import org.minventory.party.Role;

/**
 * The closed table of what can be said. Adding a kind is one constant here and one sample; its sentences, its value in
 * the OpenAPI contract and its round trip are demanded by tests.
 */
public enum Kind {
    WISH(Subject.ELEMENT, Stance.INTENDED, Status.WISHED, Role.OPS, Role.CIO),
    ORDER(Subject.ELEMENT, Stance.ORDERED, Status.ORDERED, Role.OPS),
    DELIVERY_NOTICE(Subject.ELEMENT, Stance.DELIVERED, Status.DELIVERED, Role.OPS),
    DELIVERY_SURVEY(Subject.ELEMENT, Stance.DELIVERED, Status.DELIVERED, Role.OPS, Role.ROBOT),
    SURVEY(Subject.ELEMENT, Stance.DEPLOYED, null, Role.OPS, Role.ROBOT),
    DEPLOYMENT_REPORT(Subject.ELEMENT, Stance.DEPLOYED, Status.DEPLOYED, Role.OPS, Role.ROBOT),
    MONITORING_STATE(Subject.ELEMENT, Stance.MONITORED, null, Role.OPS, Role.ROBOT),
    PROOF(Subject.ELEMENT, Stance.DEPLOYED, null, Role.OPS, Role.ROBOT),
    ACCEPTANCE(Subject.DELIVERY, null, null, Role.OPS, Role.CIO),
    COMMISSIONING(Subject.ELEMENT, null, Status.IN_SERVICE, Role.OPS),
    DECOMMISSIONING(Subject.ELEMENT, null, Status.DECOMMISSIONED, Role.OPS),
    INCIDENT(Subject.ELEMENT, null, null, Role.OPS, Role.CIO, Role.MEMBER, Role.ROBOT),
    MAINTENANCE(Subject.ELEMENT, null, Status.MAINTENANCE, Role.OPS, Role.ROBOT),
    INTERVENTION(Subject.ELEMENT, null, null, Role.OPS, Role.ROBOT),
    NOTE(Subject.ELEMENT, null, null, Role.OPS, Role.CIO, Role.MEMBER),
    REQUEST(Subject.PROJECT, null, null, Role.OPS, Role.CIO),
    MESSAGE(Subject.PROJECT, null, null, Role.OPS, Role.CIO),
    APPROVAL(Subject.PROJECT, null, null, Role.OPS, Role.CIO),
    CONTRACT(Subject.ORDER, null, null, Role.OPS),
    RENEWAL(Subject.ORDER, null, null, Role.OPS),
    INVOICE(Subject.ORDER, null, null, Role.OPS),
    DEFINITION(Subject.DEFINITION, null, null, Role.OPS),
    MANDATE(Subject.MANDATE, null, null, Role.OPS, Role.CIO),
    ATTACHMENT(Subject.TESTIMONY, null, null, Role.OPS),
    WITHDRAWAL(Subject.TESTIMONY, null, null, Role.OPS, Role.CIO, Role.MEMBER, Role.ROBOT),
    MERGE(Subject.IDENTITY, null, null, Role.OPS),
    SPLIT(Subject.IDENTITY, null, null, Role.OPS),
    DISCREDIT(Subject.WITNESS, null, null, Role.OPS, Role.CIO),
    DIVERGENCE_DECISION(Subject.DIVERGENCE, null, null, Role.OPS),
    /** Minventory's own: the seal of what was heard again, so that repetitions are proven without an entry each. */
    CONFIRMATION(Subject.TESTIMONY, null, null);

    /** What a testimony is about. */
    public enum Subject {
        ELEMENT,
        TESTIMONY,
        DIVERGENCE,
        DELIVERY,
        WITNESS,
        /** Which element is which. */
        IDENTITY,
        PROJECT,
        ORDER,
        DEFINITION,
        MANDATE
    }

    private static final Map<String, Kind> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Kind::word, Function.identity()));

    private final Subject subject;
    private final @Nullable Stance stance;
    private final @Nullable Status step;

    @SuppressWarnings("ImmutableEnumChecker") // filled here and never again
    private final Set<Role> said;

    Kind(Subject subject, @Nullable Stance stance, @Nullable Status step, Role... said) {
        this.subject = subject;
        this.stance = stance;
        this.step = step;
        this.said = Set.of(said);
    }

    /** The words of what is said of elements and their deliveries: what a witness can be wrong about. */
    public static final List<String> OF_ELEMENTS = Stream.of(values())
            .filter(kind -> kind.subject == Subject.ELEMENT || kind.subject == Subject.DELIVERY)
            .map(Kind::word)
            .toList();

    /** Of these, what is no decision: what may turn out to have been said of another element. */
    public static final List<String> OF_FACTS = Stream.of(values())
            .filter(kind -> kind.subject == Subject.ELEMENT)
            .map(Kind::word)
            .toList();

    /** The words of acts about projects and orders, which are for people. */
    public static final List<String> AGREED =
            Stream.of(values()).filter(Kind::isAgreed).map(Kind::word).toList();

    /** Whether it is an act about a project or an order. */
    public boolean isAgreed() {
        return subject == Subject.PROJECT || subject == Subject.ORDER;
    }

    /** Whether people attach files to it, which then are its source document. */
    public boolean mayCarryFiles() {
        return this == REQUEST || this == MESSAGE;
    }

    /** Whether providers' papers say it; of all else a document beside it is a tool's, or a file that somebody attached. */
    public boolean isOnPaper() {
        return this == CONTRACT || this == ORDER || this == DELIVERY_NOTICE;
    }

    /** The word of the API and of the record. */
    public String word() {
        return Word.of(this);
    }

    /** The kind of that word, or null. */
    public static @Nullable Kind of(String word) {
        return BY_WORD.get(word);
    }

    /** The words of the kinds that can be sent, for a sentence. */
    public static String words() {
        return Stream.of(values()).filter(Kind::isTold).map(Kind::word).collect(Collectors.joining(", "));
    }

    public Subject subject() {
        return subject;
    }

    /** The side of knowledge it speaks on; null for kinds that state no facts. */
    public @Nullable Stance stance() {
        return stance;
    }

    /** The step of life that it causes, if any. */
    public @Nullable Status step() {
        return step;
    }

    /** Whether somebody with that role may say it at all; a robot's token names its kinds besides. */
    public boolean isSaidBy(Role role) {
        return said.contains(role);
    }

    /** Whether it can be sent through {@code POST /api/v1/testimonies}: the rest comes from its own routes or from us. */
    public boolean isTold() {
        return this != CONFIRMATION && this != MANDATE && this != DEFINITION;
    }

    /** Whether it can be taken back: what was said of elements and projects can, what decides about the record cannot. */
    public boolean isWithdrawable() {
        return subject == Subject.ELEMENT || subject == Subject.DELIVERY || isAgreed();
    }

    /** Whether it may be said of a whole infrastructure as well as of an element. */
    public boolean isOfInfrastructures() {
        return this == INCIDENT || this == MAINTENANCE || this == INTERVENTION;
    }

    /** Whether an unknown name may be born of it: a wish always; other facts, life, an attachment when asked to. */
    public boolean mayCreate() {
        return stance != null || this == COMMISSIONING || this == ATTACHMENT;
    }

    /** Whether the first words about an element tell of its beginning; all others find it already in service. */
    public boolean beginsLife() {
        return step != null && step.compareTo(Status.ACCEPTED) < 0;
    }
}
