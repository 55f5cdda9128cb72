package org.minventory.api;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Carried;
import org.minventory.web.Etags;
import org.minventory.web.Problems;
import org.minventory.web.Public;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.util.HtmlUtils;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contract, as a file for programs and as a page for people, and what each problem means. */
@Controller
public final class DocsApi {
    private static final String HTML = "text/html; charset=utf-8";

    private final Etags etags;
    private final byte[] contract;
    private final byte[] style;
    private final byte[] page;

    public DocsApi(Etags etags) {
        this.etags = etags;
        this.contract = Carried.file(DocsApi.class, "/openapi.yaml");
        this.style = Carried.file(DocsApi.class, "docs.css");
        this.page = page(contract).getBytes(StandardCharsets.UTF_8);
    }

    @GetMapping("/openapi.yaml")
    @Public
    Answer contract(Asked asked) {
        return etags.ofEverybody(asked, Answer.of(200, "application/yaml; charset=utf-8", contract));
    }

    @GetMapping("/docs")
    @Public
    Answer page(Asked asked) {
        return etags.ofEverybody(asked, Answer.of(200, HTML, page));
    }

    @GetMapping("/docs/style.css")
    @Public
    Answer style() {
        return Answer.of(200, "text/css; charset=utf-8", style).header("Cache-Control", "max-age=3600");
    }

    /** What a problem's type leads to. */
    @GetMapping("/problems/{slug}")
    @Public
    Answer problem(Asked asked, @PathVariable String slug) {
        for (Problem problem : Problem.values())
            if (problem.slug().equals(slug))
                return etags.ofEverybody(asked, Answer.of(200, HTML, bytes(problem, asked.language())));
        throw Refusal.of(Problem.NOT_FOUND);
    }

    private static byte[] bytes(Problem problem, Locale language) {
        String title = escaped(problem.status() + " " + Problems.title(problem, language));
        String sentence = escaped(Refusal.of(problem).sentence().in(language));
        return html(language.getLanguage(), title, "<h1>" + title + "</h1><p>" + sentence + "</p>")
                .getBytes(StandardCharsets.UTF_8);
    }

    // ---- the contract as a page, written once

    private static String page(byte[] contract) {
        Map<?, ?> document =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(contract, StandardCharsets.UTF_8));
        Map<?, ?> info = map(document.get("info"));
        StringBuilder out = new StringBuilder(16_384)
                .append("<h1>")
                .append(escaped(info.get("title")))
                .append("</h1>")
                .append("<p>")
                .append(escaped(info.get("description")))
                .append("</p>")
                .append("<p><a href=\"/openapi.yaml\">openapi.yaml</a></p>");
        map(document.get("paths")).forEach((path, operations) -> appendPath(out, path, map(operations)));
        return html("en", escaped(info.get("title")), out.toString());
    }

    private static void appendPath(StringBuilder out, Object path, Map<?, ?> operations) {
        out.append("<section><h2><code>").append(escaped(path)).append("</code></h2><dl>");
        operations.forEach((method, told) -> {
            if (method.equals("parameters")) return;
            Map<?, ?> operation = map(told);
            out.append("<dt>")
                    .append(escaped(method.toString().toUpperCase(Locale.ROOT)))
                    .append("</dt><dd>");
            out.append(escaped(operation.get("summary")));
            if (operation.get("description") != null)
                out.append("<p>").append(escaped(operation.get("description"))).append("</p>");
            out.append("</dd>");
        });
        out.append("</dl></section>\n");
    }

    private static Map<?, ?> map(@Nullable Object yaml) {
        return yaml instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String escaped(@Nullable Object text) {
        return text == null ? "" : HtmlUtils.htmlEscape(text.toString(), "UTF-8");
    }

    private static String html(String language, String title, String body) {
        return "<!doctype html>\n<html lang=\"" + language + "\"><head><meta charset=\"utf-8\"><title>" + title
                + "</title><meta name=\"viewport\" content=\"width=device-width\">"
                + "<link rel=\"stylesheet\" href=\"/docs/style.css\"></head><body><main>" + body
                + "</main></body></html>\n";
    }
}
