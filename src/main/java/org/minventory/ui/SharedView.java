package org.minventory.ui;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import org.minventory.element.Display;
import org.minventory.element.Status;
import org.minventory.export.SharedProject;
import org.minventory.knowledge.Step;
import org.minventory.project.Progress;
import org.minventory.project.Project;
import org.minventory.project.ShareLinks;
import org.minventory.testimony.AttachedFile;
import org.minventory.testimony.Kind;

/**
 * What the page of a link shows, worded.
 *
 * @param form where there is something to decide
 * @param notice why there is nothing to decide any more, or null
 */
public record SharedView(
        Frame frame,
        SharedLook look,
        String callout,
        String title,
        Mark state,
        List<Meta> metas,
        @Nullable Next next,
        List<Line> steps,
        @Nullable Proposal proposal,
        @Nullable Decision decision,
        @Nullable Form form,
        @Nullable String notice,
        List<SharedProject.Obstacle> obstacles,
        List<Element> elements,
        List<Said> said,
        @Nullable String cut) {

    /** A term and what it is, in words or as an instant. */
    public record Meta(
            String term, @Nullable String text, @Nullable Moment at) {}

    /** Who must act, and what is to be done. */
    public record Next(
            Mark turn, String who, String what, @Nullable String quoted) {}

    /** One step of the way: how many have come so far, and the last that did. */
    public record Line(
            Mark mark,
            String tone,
            long count,
            long of,
            @Nullable String last,
            @Nullable Moment at) {}

    /** What is proposed. */
    public record Proposal(
            String by,
            Moment at,
            @Nullable String alternative,
            @Nullable String text,
            List<SharedProject.Shown> prices,
            List<SharedProject.Wished> wishes) {}

    /** What was decided. */
    public record Decision(
            Mark mark, String by, Moment at, @Nullable String text) {}

    /** The decision to take. */
    public record Form(String action, String lead, @Nullable String error) {}

    /** One element and how far it has come. */
    public record Element(String name, Mark status, List<Passed> steps) {}

    /** A step that was witnessed. */
    public record Passed(String word, Moment at) {}

    /** One thing said. */
    public record Said(
            String by,
            String role,
            boolean ops,
            Moment at,
            @Nullable Mark mark,
            @Nullable String text,
            boolean byLink,
            boolean withdrawn,
            List<Attached> files) {}

    /** A file attached to it, and how large it is. */
    public record Attached(String name, String address, String size) {}

    private static final int CUT = 200;

    static SharedView of(
            SharedProject shared,
            ShareLinks.Link link,
            SharedLook look,
            Pages pages,
            Instant now,
            @Nullable String error) {
        return new Writer(shared, link, look, new Words(look.language()), now).view(pages, error);
    }

    /** One page being worded. */
    private record Writer(SharedProject shared, ShareLinks.Link link, SharedLook look, Words words, Instant now) {
        SharedView view(Pages pages, @Nullable String error) {
            String title = words.say("share.title", project().title(), shared.customer());
            boolean decides = link.spentAt() == null && shared.awaits(link.proposal());
            return new SharedView(
                    pages.shared(words, title, look.theme()),
                    look,
                    callout(),
                    project().title(),
                    state(),
                    metas(),
                    next(),
                    lines(),
                    proposal(),
                    decision(),
                    decides
                            ? new Form(
                                    look.decision(),
                                    words.say("share.form.lead", link.minter()),
                                    error == null ? null : words.say(error))
                            : null,
                    decides ? null : notice(),
                    shared.obstacles(),
                    shared.progress().wishes().stream().map(this::element).toList(),
                    shared.said().stream().map(this::said).toList(),
                    shared.said().size() < CUT ? null : words.say("share.talk.latest", CUT));
        }

        private Project project() {
            return shared.project();
        }

        private String callout() {
            String until = words.day(link.expiresAt(), now).words();
            return link.proposal() == null
                    ? words.say("share.read", shared.customer(), link.minter(), until)
                    : words.say("share.decide", link.minter(), until);
        }

        private @Nullable String notice() {
            if (link.proposal() == null) return null;
            return link.spentAt() == null
                    ? words.say("share.lapsed")
                    : words.say("share.spent", words.day(link.spentAt(), now).words());
        }

        private Mark state() {
            if (shared.progress().isDone()) return new Mark("ok", words.say("share.done"));
            String tone =
                    switch (project().state()) {
                        case REQUESTED -> "unk";
                        case PROPOSED -> "info";
                        case APPROVED -> "ok";
                        case REFUSED -> "down";
                        case CANCELLED -> "dont";
                    };
            return new Mark(tone, words.say("share.state." + project().state().word()));
        }

        private List<Meta> metas() {
            List<Meta> metas = new ArrayList<>();
            metas.add(
                    new Meta(words.say("share.asked"), null, words.day(project().requestedAt(), now)));
            metas.add(new Meta(
                    words.say("share.elements"),
                    words.number(shared.progress().standing().size()),
                    null));
            if (shared.proposal() != null)
                shared.proposal().prices().forEach(price -> metas.add(new Meta(price.name(), price.value(), null)));
            metas.add(new Meta(
                    words.say("share.in-the-way"),
                    shared.obstacles().isEmpty()
                            ? words.say("share.nothing")
                            : words.number(shared.obstacles().size()),
                    null));
            metas.add(new Meta(
                    words.say("share.changed"), null, words.ago(project().changedAt(), now)));
            return metas;
        }

        private @Nullable Next next() {
            Progress.Next next = shared.progress().next(project());
            if (next == null) return null;
            String element = next.element() == null ? "" : next.element();
            boolean again = next.step().equals("proposal") && next.element() != null;
            String step = "share.step." + next.step() + (again ? "-again" : "");
            String question = project().story().path("question").path("text").asString(null);
            return new Next(
                    new Mark(
                            tone(next.by()), words.say("share.turn." + next.by().word())),
                    who(next.by()),
                    words.say(step, element),
                    next.step().equals("answer") ? question : null);
        }

        private static String tone(Progress.By by) {
            return switch (by) {
                case CUSTOMER -> "info";
                case OPS, PROVIDER -> "wait";
                case NOBODY -> "dont";
            };
        }

        private String who(Progress.By by) {
            return switch (by) {
                case CUSTOMER, NOBODY -> shared.customer();
                case OPS -> words.say("share.who.ops");
                case PROVIDER -> words.say("share.who.provider");
            };
        }

        private List<Line> lines() {
            long all = shared.progress().standing().size();
            Map<Status, Long> reached = shared.progress().reached();
            return all == 0
                    ? List.of()
                    : Progress.STEPS.stream()
                            .map(step -> line(step, reached.getOrDefault(step, 0L), all))
                            .toList();
        }

        private Line line(Status step, long count, long all) {
            String tone = count == all ? "ok" : count == 0 ? "unk" : "info";
            Came last = shared.progress().standing().stream()
                    .flatMap(
                            wish -> Stream.ofNullable(wish.steps().get(step)).map(at -> new Came(wish.name(), at.at())))
                    .max(Comparator.comparing(Came::at))
                    .orElse(null);
            return new Line(
                    new Mark(tone, words.status(step)),
                    tone,
                    count,
                    all,
                    last == null ? null : words.say("share.last", last.name()),
                    last == null ? null : words.ago(last.at(), now));
        }

        /** When an element came to a step. */
        private record Came(String name, Instant at) {}

        private @Nullable Proposal proposal() {
            SharedProject.Proposal told = shared.proposal();
            return told == null
                    ? null
                    : new Proposal(
                            words.say("share.proposed-by", told.by()),
                            words.ago(told.at(), now),
                            told.alternative() == null ? null : words.say("share.alternative", told.alternative()),
                            told.text(),
                            told.prices(),
                            told.wishes());
        }

        private @Nullable Decision decision() {
            SharedProject.Decision told = shared.decision();
            if (told == null) return null;
            String by = words.say("share.decided-by", told.by());
            return new Decision(
                    decided(told.decided()),
                    told.onBehalf() ? by + " " + words.say("share.on-behalf") : by,
                    words.ago(told.at(), now),
                    told.text());
        }

        private Mark decided(Project.Decision decision) {
            String tone =
                    switch (decision) {
                        case APPROVED -> "ok";
                        case REFUSED -> "down";
                        case CANCELLED -> "dont";
                    };
            return new Mark(tone, words.say("share.decision." + decision.word()));
        }

        private Element element(Progress.Wish wish) {
            return new Element(
                    wish.name(),
                    words.statusMark(wish.status()),
                    wish.steps().values().stream()
                            .sorted(Comparator.comparing(Step::at))
                            .map(step -> new Passed(words.status(step.status()), words.day(step.at(), now)))
                            .toList());
        }

        private Said said(SharedProject.Line line) {
            return new Said(
                    line.by(),
                    words.role(line.role()),
                    line.role().equals("ops"),
                    words.ago(line.at(), now),
                    mark(line),
                    line.text(),
                    line.byLink(),
                    line.withdrawn(),
                    line.files().stream().map(this::attached).toList());
        }

        private Attached attached(AttachedFile file) {
            return new Attached(
                    file.name(),
                    SharedLook.attachments(look.secret()) + file.sha256(),
                    Display.bytes(file.size(), look.language()));
        }

        private @Nullable Mark mark(SharedProject.Line line) {
            if (line.decision() != null) return decided(Word.read(Project.Decision.class, line.decision()));
            if (line.kind().equals(Kind.REQUEST.word())) return new Mark("info", words.say("share.as.request"));
            return line.as() == null || line.as().equals(Project.As.MESSAGE.word())
                    ? null
                    : new Mark("info", words.say("share.as." + line.as()));
        }
    }
}
