package org.minventory.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Languages;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.export.Reach;
import org.minventory.export.SharedProject;
import org.minventory.export.SharedProjectJson;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Customers;
import org.minventory.project.Project;
import org.minventory.project.ShareLinks.Sort;
import org.minventory.testimony.AttachedFile;
import org.minventory.testimony.AttachedFiles;
import org.minventory.testimony.Kind;
import org.minventory.testimony.ToldReader;
import org.minventory.ui.Shared.Opened;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Parameters;
import org.minventory.web.Public;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/**
 * A project shown to whoever holds its link: without an account, on a phone, in both languages; and the one decision of a
 * link that was made for it. The secret of the address is the proof, of the form too.
 */
@Controller
public final class SharePage {
    static final String PATH = "/share/";

    private final Tx tx;
    private final InstantSource clock;
    private final Shared shared;
    private final Customers customers;
    private final Vocabularies vocabularies;
    private final Intake intake;
    private final Pages pages;

    SharePage(
            Tx tx,
            InstantSource clock,
            Shared shared,
            Customers customers,
            Vocabularies vocabularies,
            Intake intake,
            Pages pages) {
        this.tx = tx;
        this.clock = clock;
        this.shared = shared;
        this.customers = customers;
        this.vocabularies = vocabularies;
        this.intake = intake;
        this.pages = pages;
    }

    /** The same for programs. */
    @Public
    @GetMapping(PATH + "{secret}.json")
    Answer json(
            Asked asked,
            HttpServletRequest request,
            @PathVariable String secret,
            @RequestParam(required = false) @Nullable String lang) {
        Locale language = language(asked, lang);
        Opened opened = shared.open(secret, request.getRemoteAddr());
        return Answer.json(
                        SharedProjectJson.of(project(opened, language), opened.link(), SharedLook.attachments(secret)))
                .header("Content-Language", language.getLanguage())
                .header("Cache-Control", "no-store");
    }

    /** The page. */
    @Public
    @GetMapping(PATH + "{secret}")
    Answer page(
            Asked asked,
            HttpServletRequest request,
            @PathVariable String secret,
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(required = false) @Nullable String theme) {
        Opened opened = shared.open(secret, request.getRemoteAddr());
        return page(200, opened, new SharedLook(secret, language(asked, lang), lang != null, theme), null);
    }

    /** A file attached to something that is shown, to be saved. */
    @Public
    @GetMapping(PATH + "{secret}/attachments/{sha256}")
    Answer file(HttpServletRequest request, @PathVariable String secret, @PathVariable String sha256) {
        Opened opened = shared.open(secret, request.getRemoteAddr());
        AttachedFiles.Content content = tx.read(
                        opened.scope(), db -> Optional.ofNullable(SharedProject.file(db, opened.project(db), sha256)))
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
        AttachedFile file = content.file();
        return Answer.file(file.type().contentType(), file.name(), content.bytes())
                .header("Cache-Control", "no-store");
    }

    private Answer page(int status, Opened opened, SharedLook look, @Nullable String error) {
        SharedView view =
                SharedView.of(project(opened, look.language()), opened.link(), look, pages, clock.instant(), error);
        return pages.answer(status, "share", view, look.language());
    }

    private SharedProject project(Opened opened, Locale language) {
        return tx.read(opened.scope(), db -> {
            Project project = opened.project(db);
            Reach reach = Reach.of(db, opened.scope(), vocabularies);
            return SharedProject.of(
                    db,
                    project,
                    customer(db, project),
                    reach.vocabulary(project.customer()),
                    clock.instant(),
                    language);
        });
    }

    private String customer(JdbcClient db, Project project) {
        Customers.Customer customer =
                customers.named(db, Set.of(project.customer())).get(project.customer());
        return customer == null ? "" : customer.name();
    }

    private static Locale language(Asked asked, @Nullable String lang) {
        return lang == null ? asked.language() : Languages.of(lang);
    }

    // ---- the one decision -------------------------------------------------------------------------------------------

    /**
     * Approves or refuses what the link was made for, in the name of the CIO who made it; once. Parameters are read from the
     * query alone: asking the server for them would swallow the form.
     */
    @Public
    @Parameters({"lang", "theme"})
    @PostMapping(PATH + "{secret}/approval")
    Answer decide(Asked asked, HttpServletRequest request, Body body, @PathVariable String secret) {
        Opened opened = shared.open(secret, request.getRemoteAddr());
        if (opened.link().sort() != Sort.APPROVE) throw Refusal.of(Problem.NOT_FOUND);
        String lang = first(asked, "lang");
        SharedLook look = new SharedLook(secret, language(asked, lang), lang != null, first(asked, "theme"));
        Map<String, String> form = body.form(List.of("decision", "text"));
        String decision = form.getOrDefault("decision", "");
        if (!List.of("approved", "refused").contains(decision))
            throw Refusal.at(Problem.WRONG_TYPE, "/decision", "approved, refused");
        String text = form.getOrDefault("text", "").strip();
        if (decision.equals("refused") && text.isEmpty() && opened.link().spentAt() == null)
            return page(422, opened, look, "share.form.reason");
        String project = tx.read(opened.scope(), db -> opened.project(db).name());
        shared.once(opened, () -> tell(opened, project, decision, text));
        return Pages.seeOther(look.page());
    }

    private static @Nullable String first(Asked asked, String name) {
        List<String> values = asked.parameters().get(name);
        return values == null ? null : values.getFirst();
    }

    /** Told like any other approval: whether it can be given as things stand is decided where all are. */
    private void tell(Opened opened, String project, String decision, String text) {
        ObjectNode act = Json.object()
                .put("kind", Kind.APPROVAL.word())
                .put("customer", opened.link().customer().toString())
                .put("project", project)
                .put("source", SharedProject.SOURCE);
        if (!text.isEmpty()) act.put("note", text);
        act.putObject("facts")
                .put("decision", decision)
                .put("proposal", String.valueOf(opened.link().proposal()));
        UnaryOperator<String> place = pointer -> pointer.equals("/note") ? "/text" : pointer;
        Instant now = clock.instant();
        try {
            Receipt receipt = intake.take(opened.maker(), List.of(ToldReader.read(act, now)), Intake.Manner.PLAIN)
                    .getFirst();
            if (receipt.refusal() != null) throw receipt.refusal();
        } catch (Refusal refusal) {
            throw refusal.moved(place);
        }
    }
}
