package org.minventory.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.BySession;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One element: why it is where it is in its life, what disagrees, what is known side by side, and who said so when. */
@Controller
@BySession
public final class ElementPage {
    static final String PATH = "/ui/elements/";

    private final Pages pages;
    private final ElementReader reader;

    ElementPage(Pages pages, ElementReader reader) {
        this.pages = pages;
        this.reader = reader;
    }

    /** What the page shows. */
    public record Shown(
            Frame frame,
            List<Crumb> crumbs,
            String name,
            Mark status,
            @Nullable Why why,
            String json,
            List<Meta> metas,
            List<LifeStep> life,
            @Nullable String past,
            String today,
            List<Open> divergences,
            List<Open> accepted,
            List<String> stances,
            List<Group> groups,
            List<Fold> folds,
            boolean known,
            Travel travel,
            Testimonies testimonies,
            List<Relation> relations) {}

    /** A step on the way to this page. */
    public record Crumb(String word, String href) {}

    /** The testimony that caused the status. */
    public record Why(String witness, String did, String href, Moment at) {}

    /** Something about the element, with words that may lead somewhere. */
    public record Meta(String term, List<Word> words, boolean tags) {}

    /** A word; a link where there is something behind it. */
    public record Word(String text, @Nullable String href) {}

    /** A step of life: reached, passed over, or still to come. */
    public record LifeStep(
            Mark mark, @Nullable String href, @Nullable Moment at, String who, boolean current) {}

    /** A living divergence. */
    public record Open(
            Mark nature,
            String sentence,
            String state,
            Moment since,
            String by,
            @Nullable Moment until,
            @Nullable String reason) {}

    /** Rows of facts under a heading. */
    public record Group(String heading, List<Fact> facts) {}

    /** Rows of facts folded into one line. */
    public record Fold(String id, String tone, String word, String examples, List<Fact> facts) {}

    /** One attribute on its five stances. */
    public record Fact(
            String id,
            String label,
            String name,
            List<Cell> cells,
            @Nullable Mark verdict,
            String why,
            String sentence,
            boolean open) {}

    /**
     * What is known of an attribute on one stance.
     *
     * @param column the name of the stance, for narrow screens
     * @param href to the testimony; null where nothing is known
     * @param departs whether it is this value that departs
     * @param never a mark where a word was expected and nobody ever said it
     */
    public record Cell(
            String column,
            String text,
            @Nullable String href,
            String witness,
            @Nullable Moment at,
            boolean departs,
            @Nullable String stale,
            List<String> others,
            @Nullable Mark never) {}

    /** The form that looks back. */
    public record Travel(String asOf, String knownAt, List<Word> days) {}

    /** What was testified. */
    public record Testimonies(
            String counted, List<Item> items, @Nullable String all) {}

    /**
     * A line of the timeline.
     *
     * @param same whether it stands for repetitions of the one below it
     */
    public record Item(
            Moment when,
            boolean same,
            String tone,
            String kind,
            String said,
            String detail,
            @Nullable String note,
            String who,
            @Nullable String recorded,
            @Nullable String withdrawn,
            String number,
            String href) {}

    /** The elements that are related in one way. */
    public record Relation(String term, List<Word> others) {}

    /** The page; as it was, where an instant is given. */
    @Allowed(Right.READ)
    @GetMapping(PATH + "{id}")
    Answer element(
            Asked asked,
            HttpServletRequest request,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(required = false) @Nullable String knownAt) {
        return pages.answer(200, "element", reader.read(asked, request, id, asOf, knownAt), asked.language());
    }
}
