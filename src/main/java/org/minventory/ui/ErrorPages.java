package org.minventory.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Typography;
import org.minventory.web.Answer;
import org.minventory.web.Language;
import org.minventory.web.ProblemPage;
import org.minventory.web.Problems;

/**
 * Problems as pages, for people: what happened, what was kept, what to do. What is hidden and what is unknown give the
 * same page, which therefore depends on neither the address nor the reader, only on language and theme.
 */
public final class ErrorPages implements ProblemPage {
    private final Pages pages;
    private final Language languages;

    public ErrorPages(Pages pages, Language languages) {
        this.pages = pages;
        this.languages = languages;
    }

    /**
     * What the page shows.
     *
     * @param places what was wrong where, in an address or a form
     */
    public record Shown(Frame frame, int status, String happened, String kept, String todo, List<Place> places) {}

    /** A parameter and what is wrong with it. */
    public record Place(String name, String detail) {}

    @Override
    public Answer page(HttpServletRequest request, Refusal refusal) {
        Locale language = languages.resolveLocale(request);
        Words words = new Words(language);
        Problem problem = refusal.problem();
        String title = Typography.set(Problems.title(problem, language), language);
        List<Place> places = refusal.places().stream()
                .filter(place -> !place.detail().equals(refusal.sentence()))
                .map(place -> new Place(place.pointer(), words.said(place.detail())))
                .toList();
        Shown shown = new Shown(
                pages.bare(request, words, title, ""),
                problem.status(),
                words.said(refusal.sentence()),
                words.say(problem.status() >= 500 ? "problem.kept.ours" : "problem.kept.yours"),
                words.say(todo(problem)),
                places);
        Answer page = pages.answer(problem.status(), "problem", shown, language);
        String retry = Problems.answer(refusal, language).headers().get("Retry-After");
        return retry == null ? page : page.header("Retry-After", retry);
    }

    private static String todo(Problem problem) {
        return switch (problem.status()) {
            case 401 -> "problem.todo.sign-in";
            case 403 -> problem == Problem.FORGED_FORM ? "problem.todo.form" : "problem.todo.ask";
            case 404, 405, 406 -> "problem.todo.look-elsewhere";
            case 429, 503 -> "problem.todo.wait";
            case 500 -> "problem.todo.tell";
            default -> "problem.todo.mend";
        };
    }
}
