package org.minventory.notification.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.minventory.notification.channel.Message;

/** The page of a mail in a real browser: readable in light and dark, on a desk and on a phone, asking nobody for anything. */
class LetterLooksTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCREENS = Path.of("target", "screens");

    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void open() {
        assertThat(CHROMIUM).as("mails are looked at in the system's chromium").exists();
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
    }

    static Stream<Arguments> looks() {
        return Stream.of(
                Arguments.of(Locale.ENGLISH, ColorScheme.LIGHT, 800),
                Arguments.of(Locale.ENGLISH, ColorScheme.DARK, 360),
                Arguments.of(Locale.FRENCH, ColorScheme.DARK, 800),
                Arguments.of(Locale.FRENCH, ColorScheme.LIGHT, 360));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aMailIsReadable(Locale language, ColorScheme scheme, int width) throws Exception {
        look("news", Letters.divergence(language), scheme, width);
        look("digest", digest(language), scheme, width);
    }

    private static Message digest(Locale language) {
        boolean french = language.equals(Locale.FRENCH);
        return Letters.message(
                language,
                Letters.news(
                        1,
                        "info",
                        french ? "Désormais déployé, avant livré." : "Now deployed, before delivered.",
                        Letters.web()),
                Letters.news(
                        2,
                        "critical",
                        french ? "La supervision dit : critical." : "Monitoring says: critical.",
                        Letters.db()),
                Letters.news(
                        3,
                        "warning",
                        french ? "2 écarts se sont ouverts." : "2 divergences opened.",
                        french
                                ? List.of(
                                        "Mémoire : 64 Gio commandés, 32 Gio livrés.",
                                        "PostgreSQL 18 souhaité, 17 déployé.")
                                : List.of(
                                        "Memory: 64 GiB ordered, 32 GiB delivered.",
                                        "PostgreSQL 18 wished, 17 deployed."),
                        Letters.db(),
                        Letters.web()),
                Letters.news(4, "info", "x".repeat(300)));
    }

    private static void look(String name, Message message, ColorScheme scheme, int width) throws Exception {
        List<String> asked = new ArrayList<>();
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setJavaScriptEnabled(true)
                .setViewportSize(width, 700))) {
            Page page = context.newPage();
            page.onRequest(request -> asked.add(request.url()));
            page.setContent(new Letter(message).page());
            Files.createDirectories(SCREENS);
            String screen = "mail-" + name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-"
                    + message.language().getLanguage() + ".png";
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENS.resolve(screen))
                    .setFullPage(true));
            assertThat(asked).as("nothing is fetched").isEmpty();
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                    .as("%s does not scroll sideways", screen)
                    .isLessThanOrEqualTo(0);
            assertThat(new AxeBuilder(page)
                            .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                            .analyze()
                            .getViolations())
                    .as("%s", screen)
                    .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                    .isEmpty();
        }
    }
}
