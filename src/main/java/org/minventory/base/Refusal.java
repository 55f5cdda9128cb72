package org.minventory.base;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as a sentence: which problem, at which places of what was sent, with what to say. It is thrown across
 * rooms and said in the language of the reader at the door.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One place of the request (JSON pointer, or the name of a parameter) and what is wrong there. */
    public record Place(String pointer, Sentence detail) implements java.io.Serializable {}

    private final Problem problem;
    private final transient Sentence sentence;
    private final transient List<Place> places;

    private Refusal(Problem problem, Sentence sentence, List<Place> places) {
        this(problem, sentence, places, null);
    }

    private Refusal(Problem problem, Sentence sentence, List<Place> places, @Nullable Throwable cause) {
        super(problem + " " + sentence.in(Locale.ENGLISH) + places(places), cause, false, false);
        this.problem = problem;
        this.sentence = sentence;
        this.places = List.copyOf(places);
    }

    /** The problem in general, its sentence filled with the arguments. */
    public static Refusal of(Problem problem, Object... arguments) {
        return new Refusal(problem, Sentence.of(problem, arguments), List.of());
    }

    /** The problem in general, and the failure that it stands for. */
    public static Refusal because(Throwable cause, Problem problem, Object... arguments) {
        return new Refusal(problem, Sentence.of(problem, arguments), List.of(), cause);
    }

    /** The problem at one place. */
    public static Refusal at(Problem problem, String pointer, Object... arguments) {
        Sentence sentence = Sentence.of(problem, arguments);
        return new Refusal(problem, sentence, List.of(new Place(pointer, sentence)));
    }

    /** The problem at one place, with a sentence of another room for that place. */
    public static Refusal at(Problem problem, String pointer, Sentence detail) {
        return new Refusal(problem, detail, List.of(new Place(pointer, detail)));
    }

    /** The same refusal, where its places have other names. */
    public Refusal moved(UnaryOperator<String> place) {
        List<Place> moved = places.stream()
                .map(p -> new Place(place.apply(p.pointer()), p.detail()))
                .toList();
        return new Refusal(problem, sentence, moved);
    }

    /** The same refusal, seen from further out: each place is put below the prefix. */
    public Refusal under(String prefix) {
        return moved(pointer -> prefix + pointer);
    }

    public Problem problem() {
        return problem;
    }

    public Sentence sentence() {
        return sentence;
    }

    public List<Place> places() {
        return places;
    }

    private static String places(List<Place> places) {
        return places.isEmpty()
                ? ""
                : " at " + places.stream().map(Place::pointer).toList();
    }
}
