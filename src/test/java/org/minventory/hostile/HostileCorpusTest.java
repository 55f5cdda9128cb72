package org.minventory.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.integration.exports.ExportWords;
import org.minventory.web.Route;
import org.minventory.web.Routes;
import tools.jackson.databind.JsonNode;

/**
 * Whatever strangers write comes out as what it is, a text. Every door that takes words is told all of them, and everything
 * that is read is read by what reads it elsewhere. Doors, formats and exports are found by their routes: one that the tables
 * of {@link Doors}, {@link Readers} and {@link Exports} do not know fails the test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCorpusTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** Never ends: what it says are the notices, which the feeds hold too. */
    private static final String STREAM = "/api/v1/events";

    private final Story story = Story.fresh();
    private final Map<String, Integer> accepted = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();
    private Path canary;
    private List<Words> corpus;
    private Set<String> paged;
    private Cast cast;
    private Exports exports;

    @BeforeAll
    void tellAll(@TempDir Path folder) {
        canary = folder.resolve("canary");
        corpus = Words.all(canary);
        cast = new Cast(story, corpus.size());
        exports = new Exports(story, folder, corpus.size());
        new Doors(story).all().forEach((route, door) -> {
            for (int n = 0; n < corpus.size(); n++) tell(route, door, n);
        });
        cast.lookAround();
        paged = routes((verb, route) -> route.parameters().contains("limit"));
    }

    private void tell(String route, Doors.Door door, int n) {
        String[] verb = route.split(" ", 2);
        door.sent(corpus.get(n), n).forEach(sent -> {
            String path = cast.path(verb[1], n);
            String whole = path + sent.query().replace("NUMBER", "" + n);
            Reply reply = story.send(sent.token(), verb[0], whole, sent.body(), "Content-Type", sent.type());
            if (reply.status() == 428) {
                String basis = story.get(story.ops, path.replaceFirst("(divergences/[^/]+)/.*", "$1"))
                        .header("ETag");
                reply = story.send(
                        sent.token(), verb[0], whole, sent.body(), "Content-Type", sent.type(), "If-Match", basis);
            }
            if (reply.status() >= 500) broken.add(route + " of " + corpus.get(n) + ": " + reply.text());
            if (isTaken(reply)) accepted.merge(route, 1, Integer::sum);
            try {
                Readers.read(route, reply);
            } catch (AssertionError harmful) {
                broken.add(route + " of " + corpus.get(n) + ": " + harmful.getMessage());
            }
        });
    }

    private static boolean isTaken(Reply reply) {
        if (reply.status() >= 400) return false;
        boolean isJson = reply.header("Content-Type").startsWith("application/json");
        JsonNode receipts = isJson ? reply.json().path("receipts") : null;
        if (receipts == null || !receipts.isArray()) return true;
        return receipts.valueStream().anyMatch(one -> one.path("status").asInt(500) < 300);
    }

    @AfterAll
    void close() {
        story.close();
    }

    @AfterEach
    void nothingRan() {
        assertThat(canary).doesNotExist();
    }

    @Test
    void noDoorBreaks() {
        assertThat(broken).isEmpty();
    }

    /** What is refused everywhere proves nothing about what comes out. */
    @Test
    void everyDoorTookSomeOfIt() {
        assertThat(accepted.keySet())
                .containsExactlyInAnyOrderElementsOf(new Doors(story).all().keySet());
    }

    @Test
    void everyDoorIsKnown() {
        Set<String> known = new TreeSet<>(new Doors(story).all().keySet());
        known.addAll(Doors.WITHOUT_WORDS);
        assertThat(known)
                .as("add the door to Doors")
                .isEqualTo(routes((verb, route) ->
                        !route.bySession() && !Set.of("GET", "DELETE").contains(verb)));
    }

    @Test
    void everyExportIsKnown() {
        Set<String> known = new TreeSet<>();
        exports.all().keySet().forEach(path -> known.add(path.replaceFirst("\\?.*", "")));
        Set<String> given = new TreeSet<>();
        for (String route : routes((verb, declared) -> verb.equals("GET"))) {
            String path = route.substring("GET ".length());
            if (path.startsWith("/integrations/")) given.add(path);
        }
        ExportWords.all().forEach(word -> given.add("/exports/" + word));
        assertThat(known).as("add the export to Exports").isEqualTo(given);
    }

    @TestFactory
    Stream<DynamicTest> toolsReadItAndObeyNothing() {
        return exports.all().entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    exports.read(one.getKey(), one.getValue());
                    nothingRan();
                }));
    }

    /** Everything else that is read, in each of its formats. */
    @TestFactory
    Stream<DynamicTest> whateverIsReadIsWellFormed() {
        return routes((verb, route) -> verb.equals("GET") && !route.bySession()).stream()
                .map(route -> route.substring("GET ".length()))
                .filter(path ->
                        !path.equals(STREAM) && !path.startsWith("/exports/") && !path.startsWith("/integrations/"))
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    Reply usual = read(path, 0, "*/*");
                    if (usual.header("Content-Type").equals("application/zip")) return; // it has no other format
                    List<String> offered = Stream.of("application/pdf", "application/x-ndjson", "text/html", "text/csv")
                            .filter(type -> read(path, 0, type).status() == 200)
                            .filter(type -> type.startsWith("text/"))
                            .toList();
                    for (int n = 0; n < (cast.isOfEach(path) ? corpus.size() : 1); n++) {
                        read(path, n, "*/*");
                        for (String type : offered) read(path, n, type);
                    }
                }));
    }

    private Reply read(String pattern, int n, String type) {
        boolean isPaged = paged.contains("GET " + pattern);
        String path = cast.path(pattern, n) + (isPaged ? "?limit=1000" : "");
        Reply reply = story.get(story.ops, path, "Accept", type);
        assertThat(reply.status())
                .as(path + " as " + type + ": " + reply.text())
                .isLessThan(500);
        Readers.read(path, reply);
        return reply;
    }

    /** In a real browser: nothing runs, no element is there that we did not write. */
    @Test
    void pagesShowIt() {
        try (Playwright playwright = Playwright.create();
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setArgs(List.of("--no-sandbox")))) {
            Page page = browser.newContext(new Browser.NewContextOptions()
                            .setBaseURL(story.server().url()))
                    .newPage();
            List<String> dialogs = new ArrayList<>();
            page.onDialog(dialog -> {
                dialogs.add(dialog.message());
                dialog.dismiss();
            });
            page.navigate("/ui/sign-in");
            page.fill("input[name=token]", story.ops);
            page.click("main button");
            page.waitForURL("**/ui/inventory**");
            for (String path : pages()) look(page, path);
            assertThat(dialogs).isEmpty();
        }
    }

    private Set<String> pages() {
        Set<String> pages = new TreeSet<>();
        for (String route : routes((verb, declared) -> verb.equals("GET"))) {
            String path = route.substring("GET ".length());
            if (!path.equals("/share/{secret}") && !(path.startsWith("/ui") && isLookedAt(path))) continue;
            for (int n = 0; n < (cast.isOfEach(path) ? corpus.size() : 1); n++) pages.add(cast.path(path, n));
        }
        pages.add("/ui/inventory?limit=1000");
        assertThat(pages).hasSizeGreaterThan(corpus.size());
        return pages;
    }

    private static boolean isLookedAt(String path) {
        return !path.contains("{file}") && !path.endsWith(".csv") && !path.startsWith("/ui/look");
    }

    private static void look(Page page, String path) {
        page.navigate(path);
        assertThat(page.locator(".hostile").count()).as(path).isZero();
        assertThat(page.evaluate("window.hostile")).as(path).isNull();
    }

    private interface Which {
        boolean isWanted(String verb, Route route);
    }

    private Set<String> routes(Which which) {
        Set<String> routes = new TreeSet<>();
        story.server().room(Routes.class).all().forEach((mapped, handler) -> {
            Route route = Route.of(handler);
            for (String path : mapped.getPatternValues())
                mapped.getMethodsCondition().getMethods().forEach(method -> {
                    if (which.isWanted(method.name(), route)) routes.add(method + " " + path);
                });
        });
        return routes;
    }
}
