package org.minventory.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.minventory.Story.Reply;

/** The pages in a real browser: looked at, measured by axe, walked by keyboard, and fed with what should not run. */
class PagesTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCREENS = Path.of("target", "screens");
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static Boutique boutique;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void open() {
        assertThat(CHROMIUM).as("pages are looked at in the system's chromium").exists();
        boutique = new Boutique();
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) playwright.close();
        if (boutique != null) boutique.close();
    }

    /** A browser of one reader, who notes whatever its console complains about. */
    private static final class Reader implements AutoCloseable {
        final BrowserContext context;
        final Page page;
        final List<String> complaints = new ArrayList<>();

        Reader(String language, String theme, int width) {
            context = browser.newContext(new Browser.NewContextOptions()
                    .setBaseURL(boutique.story.server().url())
                    .setLocale(language)
                    .setViewportSize(width, 900));
            if (theme != null)
                context.addCookies(List.of(new Cookie(Pages.THEME, theme)
                        .setUrl(boutique.story.server().url() + "/ui")));
            page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) complaints.add(message.text());
            });
            page.onPageError(complaints::add);
            page.onDialog(dialog -> {
                complaints.add("a dialog: " + dialog.message());
                dialog.dismiss();
            });
        }

        Reader signIn(String token) {
            page.navigate("/ui/sign-in");
            page.fill("input[name=token]", token);
            page.click("main button");
            page.waitForURL("**/ui/inventory**");
            return this;
        }

        Page go(String address) {
            page.navigate(address);
            return page;
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private static Reader reader() {
        return new Reader("en", null, 1280);
    }

    // ---- looked at

    static Stream<Arguments> looks() {
        List<Arguments> looks = new ArrayList<>();
        for (String language : List.of("en", "fr"))
            for (String theme : List.of("light", "dark"))
                for (int width : List.of(1280, 390)) looks.add(Arguments.of(language, theme, width));
        return looks.stream();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void everyScreenIsAccessibleAndQuiet(String language, String theme, int width) throws Exception {
        String end = "-" + width + "-" + theme + "-" + language;
        try (Reader reader = new Reader(language, theme, width)) {
            look(reader, "/ui/sign-in", "sign-in" + end);
            reader.signIn(boutique.story.cio);
            look(reader, "/ui/inventory", "inventory" + end);
            look(reader, "/ui/inventory?infrastructure=boutique&tag=prod", "inventory-filtered" + end);
            look(reader, "/ui/inventory?q=nowhere", "inventory-empty" + end);
            String element = "/ui/elements/" + boutique.id("shop-db-1");
            look(reader, element, "element" + end);
            reader.page.evaluate("document.querySelectorAll('details.fold').forEach(d => d.open = true)");
            reader.page.check("#witnesses");
            shoot(reader, "element-unfolded" + end);
            look(reader, element + "?asOf=2026-10-20&knownAt=2026-11-23", "element-past" + end);
            look(reader, "/ui/elements/" + boutique.id("shop-web-1"), "element-quiet" + end);
            look(reader, "/ui/deliveries/shop-db-1", "delivery" + end);
            assertThat(reader.complaints).isEmpty();
            look(reader, "/ui/nowhere", "problem" + end);
        }
    }

    private static void look(Reader reader, String address, String name) throws Exception {
        reader.go(address);
        shoot(reader, name);
    }

    private static void shoot(Reader reader, String name) throws Exception {
        Files.createDirectories(SCREENS);
        reader.page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENS.resolve(name + ".png"))
                .setFullPage(true));
        List<Rule> violations =
                new AxeBuilder(reader.page).withTags(RULES).analyze().getViolations();
        assertThat(violations)
                .as("%s", name)
                .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                .isEmpty();
        assertThat((Integer) reader.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                .as("%s does not scroll sideways", name)
                .isLessThanOrEqualTo(0);
    }

    // ---- signing in

    @Test
    void aTokenOpensTheDoorAndLeadsWhereOneWantedToGo() {
        try (Reader reader = reader()) {
            String wanted = "/ui/elements/" + boutique.id("shop-db-1") + "?asOf=2026-11-01";
            reader.go(wanted);
            assertThat(reader.page.url()).contains("/ui/sign-in?next=");
            reader.page.fill("input[name=token]", "mnv_nonsense");
            reader.page.click("main button");
            assertThat(reader.page.textContent("[role=alert]")).contains("opens nothing");
            reader.page.fill("input[name=token]", boutique.story.cio);
            reader.page.click("main button");
            assertThat(reader.page.url()).endsWith(wanted);
            reader.page.click("header .menu:last-child summary");
            reader.page.click("header .menu:last-child button");
            assertThat(reader.page.url()).endsWith("/ui/sign-in");
            reader.go("/ui/inventory");
            assertThat(reader.page.url()).contains("/ui/sign-in");
        }
    }

    @Test
    void nobodyIsLedElsewhere() {
        for (String next :
                List.of("https://evil.example/", "//evil.example", "/\\evil.example", "/api/v1/elements", "/uix")) {
            try (Reader reader = reader()) {
                reader.go(Link.to("/ui/sign-in").with("next", next).toString());
                reader.page.fill("input[name=token]", boutique.story.cio);
                reader.page.click("main button");
                assertThat(reader.page.url()).as(next).endsWith("/ui/inventory");
            }
        }
    }

    @Test
    void aFormThatIsNotOursIsRefusedAsAPage() {
        Reply reply = boutique.story.send(
                null,
                "POST",
                "/ui/sign-in",
                "token=x".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "text/html");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("Content-Type")).startsWith("text/html");
        assertThat(reply.text()).contains("Open the page again");
    }

    // ---- the inventory

    @Test
    void filtersStandInTheAddressAndComeOffOneByOne() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            Page page = reader.page;
            page.selectOption("select[name=infrastructure]", "boutique");
            page.fill("input[name=tag]", "prod");
            page.click("main form.bar button");
            assertThat(page.url()).endsWith("/ui/inventory?infrastructure=boutique&tag=prod");
            assertThat(page.locator("tbody th").allTextContents())
                    .containsExactly("shop-db-1", "shop-db-2", "shop-postgres");
            assertThat(page.locator(".chip").count()).isEqualTo(2);
            assertThat(page.locator(".links.small a").first().getAttribute("href"))
                    .isEqualTo("/ui/inventory.csv?infrastructure=boutique&tag=prod");
            page.click(".chip >> nth=1");
            assertThat(page.url()).endsWith("/ui/inventory?infrastructure=boutique");
            page.click("text=With divergences");
            assertThat(page.locator("tbody th").allTextContents()).contains("shop-db-1", "mail-relay");
            page.fill("#q", "203.0.113.41");
            page.press("#q", "Enter");
            assertThat(page.locator("tbody th").allTextContents()).contains("shop-db-1", "shop-net-gra");
        }
    }

    @Test
    void fiftyAtATimeAndThenTheRest() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            Locator rows = reader.page.locator("tbody tr");
            assertThat(rows.count()).isEqualTo(50);
            reader.page.click("text=Next page");
            assertThat(rows.count()).isLessThan(50).isPositive();
            reader.page.click("text=Back to the first");
            assertThat(rows.count()).isEqualTo(50);
        }
    }

    @Test
    void anOpsSeesAllCustomersTogetherOrOne() {
        try (Reader reader = reader().signIn(boutique.story.ops)) {
            Page page = reader.page;
            assertThat(page.locator("thead th").allTextContents()).contains("Customer");
            page.click("header .menu.left summary");
            page.click("header .menu.left >> text=Globex");
            assertThat(page.url()).endsWith("customer=globex");
            assertThat(page.locator("tbody th").allTextContents()).containsExactly("globex-www");
            assertThat(page.locator("thead th").allTextContents()).doesNotContain("Customer");
        }
    }

    @Test
    void theSameSelectionAsASheet() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            String csv =
                    reader.context.request().get("/ui/inventory.csv?tag=prod").text();
            assertThat(csv.lines()).hasSize(4).first().asString().startsWith("Name,Customer,Type,Status");
        }
    }

    /** Links of a page lead to documents of the API, which a session may read and nothing more. */
    @Test
    void theLinksOfAPageOpenWithItsSession() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            reader.go("/ui/inventory?tag=prod");
            for (Locator link : reader.page.locator(".links.small a").all())
                assertThat(status(reader, link)).as(link.textContent()).isEqualTo(200);
            reader.go("/ui/elements/" + boutique.id("shop-db-1"));
            assertThat(status(reader, reader.page.locator(".head .acts a").first()))
                    .isEqualTo(200);
            assertThat(status(reader, reader.page.locator("ol.time .why a").first()))
                    .isEqualTo(200);
            assertThat(reader.context.request().post("/api/v1/testimonies").status())
                    .isEqualTo(401);
        }
    }

    private static int status(Reader reader, Locator link) {
        return reader.context.request().get(link.getAttribute("href")).status();
    }

    @Test
    void whatIsSilentTooLongSaysSo() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            reader.page.click("text=Silent too long");
            assertThat(reader.page.locator("tbody th").allTextContents())
                    .contains("intra-nas")
                    .doesNotContain("bastion");
            assertThat(reader.page.locator("tbody tr:has-text('intra-nas')").textContent())
                    .contains("stale, 21 d");
            reader.go("/ui/inventory?q=intra-db");
            assertThat(reader.page.textContent("tbody")).contains("late, 11 d");
        }
    }

    // ---- the element

    @Test
    void anElementSaysWhatDisagreesAndWhoSaysSo() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            Page page = reader.go("/ui/elements/" + boutique.id("shop-db-1"));
            assertThat(page.textContent("h1")).isEqualTo("shop-db-1");
            assertThat(page.textContent("h1 + .pill")).isEqualTo("delivered");
            assertThat(page.textContent("section[aria-labelledby=div]")).contains("32 GiB", "64 GiB", "17.6");
            String memory = page.locator("[id='fact-memory']").textContent();
            assertThat(memory).contains("64 GiB", "32 GiB", "relevé lshw", "20 d ago", "nonconformity");
            assertThat(page.locator("[id='fact-disks.encryption']").textContent())
                    .contains("never witnessed", "unknown");
            assertThat(page.locator("[id='fact-raid']").textContent()).contains("stale");
            assertThat(page.textContent("ol.time")).contains("Nothing new ×14", "Delivery survey", "ticket CS8841207");
            assertThat(page.textContent("dl.dl")).contains("shop-postgres", "shop-db-2", "vpn-shop");
        }
    }

    @Test
    void theCertificateOfADeliveryIsReadHereAndKeptAsAFile() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            reader.go("/ui/elements/" + boutique.id("shop-db-1"));
            reader.page.click("dl.meta >> text=postponed");
            String read = reader.page.textContent(".certificate");
            assertThat(read).contains("Certificate of acceptance", "Postponed", "64 GiB", "32 GiB", Boutique.EVIL);
            assertThat(reader.page.locator(".certificate img").count()).isZero();
            assertThat(status(reader, reader.page.locator(".acts a.main"))).isEqualTo(200);
            // by itself it brings its style along, which the browser accepts
            reader.go("/api/v1/deliveries/shop-db-1/certificate?format=html");
            assertThat((String)
                            reader.page.evaluate("getComputedStyle(document.querySelector('.decision')).fontWeight"))
                    .isEqualTo("700");
            assertThat(reader.complaints).isEmpty();
        }
    }

    @Test
    void tipsAreSeenOnFocusAndGoWithEscape() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            Page page = reader.go("/ui/elements/" + boutique.id("shop-db-1"));
            page.click("#fold-agreeing");
            Locator value = page.locator("[id='fact-bandwidth'] a.v").first();
            Locator tip = value.locator(".tip");
            assertThat(tip.boundingBox().height).isLessThan(2);
            value.focus();
            page.keyboard().press("Shift+Tab");
            page.keyboard().press("Tab");
            assertThat(tip.boundingBox().height).isGreaterThan(10);
            page.keyboard().press("Escape");
            assertThat(tip.boundingBox().height).isLessThan(2);
        }
    }

    @Test
    void thePastIsAskedForByTwoDays() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            Page page = reader.go("/ui/elements/" + boutique.id("shop-db-1"));
            page.fill("input[name=asOf]", "2026-10-20");
            page.click("main form.bar.line button");
            assertThat(page.textContent("h1 + .pill")).isEqualTo("ordered");
            assertThat(page.textContent("main"))
                    .contains("This is how it was on")
                    .doesNotContain("32 GiB");
            page.click("text=Back to today");
            assertThat(page.textContent("h1 + .pill")).isEqualTo("delivered");
            page.navigate("/ui/elements/" + boutique.id("shop-db-1") + "?asOf=2026-11-03&knownAt=2026-11-01");
            assertThat(page.textContent("main")).as("not learnt yet").doesNotContain("32 GiB");
            page.navigate("/ui/elements/" + boutique.id("shop-db-1") + "?asOf=1990-01-01");
            page.navigate("/ui/elements/" + boutique.id("shop-db-1") + "?asOf=1960-01-01");
            assertThat(page.textContent("main")).contains("asOf");
        }
    }

    // ---- sealed

    @Test
    void whatIsHiddenAndWhatIsUnknownAreOnePage() {
        try (Reader reader = reader().signIn(boutique.story.stranger)) {
            assertThat(reader.page.textContent("main")).doesNotContain("shop-");
            String hidden =
                    reader.go("/ui/elements/" + boutique.id("shop-db-1")).content();
            String unknown = reader.go("/ui/elements/01890000-0000-7000-8000-000000000000")
                    .content();
            String nowhere = reader.go("/ui/elements/nonsense").content();
            String customer = reader.go("/ui/inventory?customer=acme").content();
            assertThat(hidden)
                    .contains("nothing here that you")
                    .isEqualTo(unknown)
                    .isEqualTo(nowhere)
                    .isEqualTo(customer);
        }
    }

    @Test
    void nothingThatIsStoredBecomesAnElementOfThePage() {
        for (String language : List.of("en", "fr"))
            try (Reader reader = new Reader(language, null, 1280).signIn(boutique.story.cio)) {
                for (String address : List.of(
                        "/ui/inventory?q=xss",
                        Link.to("/ui/inventory")
                                .with("infrastructure", Boutique.EVIL)
                                .with("tag", Boutique.EVIL)
                                .toString(),
                        Link.to("/ui/inventory")
                                .with("q", Boutique.EVIL)
                                .with("provider", Boutique.EVIL)
                                .toString(),
                        "/ui/elements/" + boutique.id("xss"),
                        "/ui/elements/" + boutique.id("xss") + "?asOf=2026-11-23",
                        "/ui/elements/" + boutique.id("shop-web-1"))) {
                    Page page = reader.go(address);
                    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
                    assertThat(page.locator("img, [onerror], [src=x]").count())
                            .as(address)
                            .isZero();
                }
                assertThat(reader.go("/ui/elements/" + boutique.id("xss")).content())
                        .contains("&lt;img src=x");
                assertThat(reader.complaints).isEmpty();
            }
    }

    // ---- keys

    @Test
    void slashSearchesAndJAndKWalkTheRows() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            Page page = reader.page;
            page.keyboard().press("j");
            page.keyboard().press("j");
            page.keyboard().press("k");
            page.keyboard().press("j");
            assertThat(page.evaluate("document.activeElement.textContent"))
                    .isEqualTo(page.locator("tbody th a").nth(1).textContent());
            page.keyboard().press("/");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("q");
            page.keyboard().type("j/k");
            assertThat(page.inputValue("#q")).isEqualTo("j/k");
            page.click(".foot a");
            page.keyboard().press("/");
            assertThat(page.evaluate("document.activeElement.id"))
                    .as("switched off")
                    .isNotEqualTo("q");
        }
    }

    @Test
    void languageAndThemeAreChosenAndKept() {
        try (Reader reader = reader().signIn(boutique.story.cio)) {
            Page page = reader.go("/ui/inventory?tag=prod");
            page.click(".lang >> text=FR");
            assertThat(page.url()).endsWith("/ui/inventory?tag=prod");
            assertThat(page.textContent("h1")).isEqualTo("Inventaire");
            assertThat(page.textContent(".chip")).contains("étiquette\u00a0: prod");
            page.click("header a.icon");
            assertThat(page.getAttribute("html", "data-theme")).isEqualTo("light");
            page.click("header a.icon");
            assertThat(page.getAttribute("html", "data-theme")).isEqualTo("dark");
            page.click("header a.icon");
            assertThat(page.getAttribute("html", "data-theme")).isNull();
        }
    }

    @Test
    void everythingIsThereWithoutAScript() {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(boutique.story.server().url())
                .setJavaScriptEnabled(false)
                .setLocale("en"))) {
            Page page = context.newPage();
            page.navigate("/ui/inventory?q=shop-db-1");
            page.fill("input[name=token]", boutique.story.cio);
            page.click("main button");
            page.click("tbody th a");
            assertThat(page.textContent("h1")).isEqualTo("shop-db-1");
            page.click("header .menu:last-child summary");
            page.click("header .menu:last-child button");
            assertThat(page.url()).endsWith("/ui/sign-in");
        }
    }

    @Test
    void styleAndScriptAreKeptForEverUnderTheNameOfTheirBytes() {
        String page =
                boutique.story.get(null, "/ui/sign-in", "Accept", "text/html").text();
        assertThat(page).doesNotContain("style=").doesNotContain("<style").doesNotContain("onclick");
        String style = page.replaceAll("(?s).*href=\"(/ui/static/[^\"]*\\.css)\".*", "$1");
        Reply reply = boutique.story.get(null, style);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/css");
        assertThat(reply.header("Cache-Control")).contains("immutable");
        assertThat(boutique.story
                        .get(null, "/ui/static/minventory.000000000000.css")
                        .status())
                .isEqualTo(404);
    }
}
