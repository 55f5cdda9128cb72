package org.minventory.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.export.Csv;
import org.minventory.export.Selection;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.BySession;
import org.minventory.web.Paging;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The dense table of everything, filtered by its address. */
@Controller
@BySession
public final class InventoryPage {
    static final String PATH = "/ui/inventory";
    static final String CSV = "/ui/inventory.csv";

    private final Pages pages;
    private final InventoryReader reader;

    InventoryPage(Pages pages, InventoryReader reader) {
        this.pages = pages;
        this.reader = reader;
    }

    /** What the page shows. */
    public record Shown(
            Frame frame,
            String total,
            List<Tab> tabs,
            Filters filters,
            String counted,
            List<Chip> chips,
            List<Export> exports,
            boolean ofSeveral,
            List<Line> lines,
            @Nullable Empty empty,
            @Nullable String next,
            @Nullable String first) {}

    /** A selection that is often looked at, and how much it holds. */
    public record Tab(String word, String count, String href, boolean current) {}

    /** A value to filter by. */
    public record Option(String value, String word, boolean chosen) {}

    /** The form that filters. */
    public record Filters(
            String q,
            String tag,
            List<Option> types,
            List<Option> statuses,
            List<Option> infrastructures,
            List<Option> providers,
            boolean diverging,
            boolean stale,
            @Nullable String customer) {}

    /** A filter that holds, and the address without it. */
    public record Chip(String word, String href) {}

    /** The same selection in another format. */
    public record Export(String word, String href) {}

    /** One element. */
    public record Line(
            String href,
            String name,
            String customer,
            String type,
            Mark status,
            String infrastructure,
            String provider,
            String address,
            @Nullable Mark divergences,
            Heard heard) {}

    /** Why there is nothing to see, and what to do. */
    public record Empty(
            String sentence, String todo, @Nullable String href) {}

    /** The page; an address with fields left empty is first put in order, so that it can be shared. */
    @Allowed(Right.READ)
    @GetMapping(PATH)
    Answer table(
            Asked asked, HttpServletRequest request, Paging paging, @RequestParam MultiValueMap<String, String> query) {
        Link asIs = Link.to(PATH, query);
        if (query.values().stream().anyMatch(values -> values.contains(""))) return Pages.seeOther(asIs.toString());
        Shown shown = reader.table(asked, request, paging, query);
        return pages.answer(200, "inventory", shown, asked.language());
    }

    /** The same selection, whole, as a spreadsheet reads it. */
    @Allowed(Right.READ)
    @GetMapping(CSV)
    Answer csv(Asked asked, @RequestParam MultiValueMap<String, String> query) {
        InventoryReader.Sheet sheet = reader.sheet(asked, query);
        return Answer.of(200, "text/csv;charset=UTF-8", Csv.of(sheet.columns(), sheet.rows()))
                .header("Content-Disposition", "attachment; filename=\"inventory.csv\"");
    }

    /** The parameters that filter, in the order of the form. */
    static final List<String> FILTERS = List.of(
            "q", "type", "status", "infrastructure", "provider", "site", "project", "tag", "diverging", "stale");

    static boolean isFact(String parameter) {
        return parameter.startsWith(Selection.FACT);
    }
}
