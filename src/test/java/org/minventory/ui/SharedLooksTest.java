package org.minventory.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minventory.Story;
import tools.jackson.databind.JsonNode;

/** The page of a link in a real browser: looked at by axe, on a phone too, and decided on without a script. */
class SharedLooksTest {
    private static final Path SCREENS = Path.of("target", "screens");
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static Story story;
    private static Playwright playwright;
    private static Browser browser;
    private static String project;

    @BeforeAll
    static void open() {
        story = Story.fresh();
        project = "/api/v1/projects/"
                + story.post(
                                story.cio,
                                "/api/v1/projects",
                                "{'name': 'shop', 'title': 'Boutique résiliente', 'text': 'Une panne, plus jamais.'}")
                        .expect(201)
                        .at("/project/id")
                        .stringValue();
        for (String name :
                List.of("shop-db-1", "shop-db-2", "an-element-whose-name-is-much-longer-than-a-phone-is-wide-1"))
            testify("{'kind': 'wish', 'element': '" + name
                    + "', 'type': 'server', 'facts': {'project': 'shop', 'memory': '64 GiB', 'cpu.cores': 16}}");
        testify("{'kind': 'order', 'element': 'shop-db-1', 'order': 'HZ-1', 'facts': {'memory': '64 GiB'}}");
        testify("{'kind': 'delivery-survey', 'element': 'shop-db-1', 'facts': {'memory': '32 GiB'}}");
        say("{'as': 'question', 'text': 'Two providers or one?'}");
        story.send(
                        story.cio,
                        "POST",
                        project + "/messages",
                        "{\"as\": \"answer\", \"text\": \"\\\"><img src=x onerror=alert(1)>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}"
                                .getBytes(StandardCharsets.UTF_8))
                .expect(201);
        say(
                "{'as': 'proposal', 'text': 'Two servers at two providers.', 'price': {'monthly': '119.99 EUR', 'setup': '96 EUR'}}");
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) playwright.close();
        story.close();
    }

    private static void testify(String what) {
        story.post(story.ops, "/api/v1/testimonies?customer=acme", what).expect(201);
    }

    private static void say(String what) {
        story.post(story.ops, project + "/messages", what).expect(201);
    }

    private static String share(String token, String kind) {
        JsonNode link = story.post(
                        token,
                        "/api/v1/share-links",
                        "{'project': '" + project.substring("/api/v1/projects/".length()) + "', 'kind': '" + kind
                                + "'}")
                .expect(201);
        return link.at("/address").stringValue();
    }

    private static BrowserContext reader(String language, int width, boolean script) {
        return browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(story.server().url())
                .setLocale(language)
                .setJavaScriptEnabled(script)
                .setViewportSize(width, 900));
    }

    @ParameterizedTest
    @CsvSource({"en, 1280, light", "en, 390, dark", "fr, 1280, dark", "fr, 390, light"})
    void theSharedPageIsAccessibleAndQuiet(String language, int width, String theme) throws Exception {
        List<String> complaints = new ArrayList<>();
        try (BrowserContext context = reader(language, width, true)) {
            Page page = context.newPage();
            page.onConsoleMessage(message -> complaints.add(message.text()));
            page.onPageError(complaints::add);
            page.onDialog(dialog -> {
                complaints.add("a dialog: " + dialog.message());
                dialog.dismiss();
            });
            for (String kind : List.of("read", "approve")) {
                page.navigate(share(story.cio, kind) + "?theme=" + theme);
                Files.createDirectories(SCREENS);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENS.resolve("share-" + kind + "-" + width + "-" + theme + "-" + language + ".png"))
                        .setFullPage(true));
                assertThat(new AxeBuilder(page).withTags(RULES).analyze().getViolations())
                        .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                        .isEmpty();
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                        .as("does not scroll sideways")
                        .isLessThanOrEqualTo(0);
                assertThat(page.locator("img, script, [onerror]").count()).isZero();
                assertThat(page.getAttribute("html", "lang")).isEqualTo(language);
            }
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aCioDecidesOnAPhoneWithoutAScript() {
        try (BrowserContext context = reader("fr", 390, false)) {
            Page page = context.newPage();
            page.navigate(share(story.cio, "approve"));
            page.click("header .lang a[hreflang=en]");
            assertThat(page.textContent("h1")).isEqualTo("Boutique résiliente");
            page.click("button[value=refused]");
            assertThat(page.textContent("[role=alert]")).contains("Say why");
            page.fill("textarea", "trop cher\n— vraiment");
            page.click("button[value=refused]");
            assertThat(page.url()).endsWith("?lang=en");
            assertThat(page.textContent("main [role=status]")).contains("has decided on");
            assertThat(page.locator("form").count()).isZero();
            assertThat(page.textContent("main")).contains("trop cher");
            say(
                    "{'as': 'proposal', 'text': 'Two servers at two providers.', 'price': {'monthly': '99.99 EUR', 'setup': '96 EUR'}}");
        }
    }
}
