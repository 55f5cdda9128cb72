package org.minventory.project;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.minventory.element.Status;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Step;
import org.minventory.testimony.Stance;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far a project has come, computed from what was witnessed of its elements and from nothing else: nobody sets a
 * percentage.
 *
 * @param wishes its elements, in the order of their names
 * @param changed names of elements whose wishes are no longer those that were approved
 * @param blockers disagreements about its elements that stand, and that nobody has accepted
 * @param spent what its elements were ordered for, by price
 */
public record Progress(List<Wish> wishes, List<String> changed, List<Divergence> blockers, Map<String, Sums> spent) {
    private static final String RUNS_ON = "runs-on";

    /** Who brings the next step about. */
    public enum By {
        OPS,
        PROVIDER,
        CUSTOMER,
        NOBODY;

        /** The word of the API. */
        public String word() {
            return Word.of(this);
        }
    }

    /** What is to happen next, and who must act. */
    public record Next(@Nullable String element, String step, By by) {}

    /**
     * One element of a project.
     *
     * @param reached how far it has come, whatever maintenance is open
     * @param steps what was witnessed of its life, each step with its testimony
     * @param next the step that is still to come, or null where it is in service or closed
     */
    public record Wish(
            UUID element,
            String name,
            String type,
            Status status,
            Status reached,
            Map<Status, Step> steps,
            @Nullable Status next) {
        private static Wish of(Picture picture, Vocabulary vocabulary, Instant now) {
            Map<Status, Step> steps = new EnumMap<>(Status.class);
            for (Step step : picture.steps()) steps.put(step.status(), step);
            boolean bought = picture.best(RUNS_ON, Stance.INTENDED, vocabulary, now) == null;
            return new Wish(
                    picture.id(),
                    picture.name(),
                    picture.type(),
                    picture.status(),
                    picture.reached(),
                    steps,
                    next(picture.reached(), bought));
        }

        /** Whether it has come at least so far; what was refused has only been ordered so far. */
        boolean hasCome(Status step) {
            Status far = reached == Status.REFUSED ? Status.ORDERED : reached;
            return far.compareTo(step) >= 0;
        }

        /** What runs on something else is deployed there; everything else is ordered, delivered and accepted before. */
        private static @Nullable Status next(Status status, boolean bought) {
            return switch (status) {
                case WISHED -> bought ? Status.ORDERED : Status.DEPLOYED;
                case ORDERED -> Status.DELIVERED;
                case DELIVERED -> Status.ACCEPTED;
                case ACCEPTED -> Status.DEPLOYED;
                case DEPLOYED -> Status.IN_SERVICE;
                case REFUSED -> Status.DELIVERED;
                case IN_SERVICE, MAINTENANCE, DECOMMISSIONED, CANCELLED -> null;
            };
        }
    }

    /** The progress of a project as it stands. */
    public static Progress of(JdbcClient db, Project project, Vocabulary vocabulary, Instant now) {
        List<Picture> pictures = Wishes.pictures(db, project.customer(), project.name(), vocabulary, now);
        List<Wish> wishes = pictures.stream()
                .map(picture -> Wish.of(picture, vocabulary, now))
                .toList();
        List<UUID> ids = wishes.stream().map(Wish::element).toList();
        List<Divergence> blockers = Divergences.living(db, project.customer(), ids).values().stream()
                .flatMap(List::stream)
                .filter(one -> one.stateAt(now) != Divergence.State.ACCEPTED)
                .sorted(java.util.Comparator.comparing(Divergence::openedAt).thenComparing(Divergence::id))
                .toList();
        return new Progress(
                wishes, changed(project, pictures, vocabulary, now), blockers, spent(pictures, vocabulary, now));
    }

    private static Map<String, Sums> spent(List<Picture> pictures, Vocabulary vocabulary, Instant now) {
        Map<String, Sums> spent = new LinkedHashMap<>();
        for (String price : Order.PRICES) {
            Sums sums = new Sums();
            for (Picture picture : pictures) {
                Picture.Best ordered = picture.best(price, Stance.ORDERED, vocabulary, now);
                if (ordered != null) sums.add(ordered.counting().saying().value());
            }
            spent.put(price, sums);
        }
        return spent;
    }

    private static List<String> changed(Project project, List<Picture> pictures, Vocabulary vocabulary, Instant now) {
        if (project.state() != Project.State.APPROVED) return List.of();
        Set<String> closed = pictures.stream()
                .filter(picture -> picture.closedAt() != null)
                .map(Picture::name)
                .collect(Collectors.toSet());
        return Wishes.of(pictures, vocabulary, now)
                .differences(project.story().at("/approval/proposal/wishes"), closed);
    }

    /** How many elements have come to each status. */
    public Map<Status, Long> counts() {
        return wishes.stream()
                .collect(Collectors.groupingBy(Wish::status, () -> new EnumMap<>(Status.class), Collectors.counting()));
    }

    /** The steps of a life that a project sees through, in their order. */
    public static final List<Status> STEPS = List.of(
            Status.WISHED, Status.ORDERED, Status.DELIVERED, Status.ACCEPTED, Status.DEPLOYED, Status.IN_SERVICE);

    /** Elements of which something is still expected, or which are in service. */
    public List<Wish> standing() {
        return wishes.stream().filter(wish -> !wish.status().isOver()).toList();
    }

    /** How many of those that stand have come at least as far as each step. */
    public Map<Status, Long> reached() {
        Map<Status, Long> reached = new EnumMap<>(Status.class);
        for (Status step : STEPS)
            reached.put(
                    step, standing().stream().filter(wish -> wish.hasCome(step)).count());
        return reached;
    }

    /** Whether all that is wished and not closed again is in service. */
    public boolean isDone() {
        return wishes.stream().anyMatch(wish -> wish.reached() == Status.IN_SERVICE)
                && wishes.stream().allMatch(wish -> wish.next() == null);
    }

    /** What is to happen next and who must act: the conversation first, then the element that is furthest behind. */
    public @Nullable Next next(Project project) {
        By customer = project.turn() == Project.Turn.CUSTOMER ? By.CUSTOMER : By.OPS;
        return switch (project.state()) {
            case CANCELLED -> null;
            case PROPOSED -> new Next(null, customer == By.CUSTOMER ? "approval" : "answer", customer);
            case REQUESTED, REFUSED -> new Next(null, customer == By.CUSTOMER ? "answer" : "proposal", customer);
            case APPROVED ->
                customer == By.CUSTOMER
                        ? new Next(null, "answer", customer)
                        : changed.isEmpty() ? furthestBehind() : new Next(changed.getFirst(), "proposal", By.OPS);
        };
    }

    /** What runs on something comes after what it may run on. */
    private static Status nextOf(Wish wish) {
        return Objects.requireNonNull(wish.next());
    }

    private @Nullable Next furthestBehind() {
        return wishes.stream()
                .filter(wish -> wish.next() != null)
                .min(java.util.Comparator.comparing(Wish::reached).thenComparing(Progress::nextOf))
                .map(wish -> {
                    Status step = Objects.requireNonNull(wish.next());
                    return new Next(wish.name(), step.word(), step == Status.DELIVERED ? By.PROVIDER : By.OPS);
                })
                .orElse(null);
    }
}
