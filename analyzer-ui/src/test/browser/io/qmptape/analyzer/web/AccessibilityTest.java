package io.qmptape.analyzer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every place, light and dark, wide and narrow; leaves pictures in {@code target/page-pictures}. */
final class AccessibilityTest {
    private static final AnalyzerServer SERVER = new AnalyzerServer(ServerOptions.anyPort(), Scene.all());
    private static final Chromium CHROMIUM = new Chromium();
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa");

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void close() {
        CHROMIUM.close();
        SERVER.close();
    }

    record Place(String name, String path, String shows) {}

    static Stream<Place> places() {
        return Stream.of(
                new Place("sessions", "sessions", ".list tbody tr"),
                new Place("session", "s/" + Scene.BLOCK_JOBS, ".grid tbody .t-cmd"),
                new Place("message", "s/" + Scene.BLOCK_JOBS + "?seq=4", ".tree"),
                new Place("polls", "s/" + Scene.BLOCK_JOBS + "?open=39&seq=39", ".grid tbody .within"),
                new Place("polls-folded", "s/" + Scene.LONG, ".grid tbody .t-fold"),
                new Place("hostile", "s/" + Scene.HOSTILE + "?seq=2", ".tree"),
                new Place("details", "s/" + Scene.BLOCK_JOBS + "?tab=details", ".kv"),
                new Place("permalink", "m/" + Scene.BLOCK_JOBS + "/4", ".tree"),
                new Place("search", "search?q=kind:failure", ".grid tbody tr"),
                new Place("search-bad", "search?q=command:%22x", ".query__problem"),
                new Place("catalog", "catalog", ".entry h1"),
                new Place("entry", "catalog/command/blockdev-add", ".aside .fig"),
                new Place("diff", "diff?a=" + Scene.BLOCK_JOBS + "&b=" + Scene.BLOCK_JOBS_AGAIN, ".dtable .chg"),
                new Place("help", "help", ".help"),
                new Place("nowhere", "s/00000000-0000-4000-8000-000000000000", ".empty h2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void meetsTheRulesInBothThemesAndNeverScrollsSideways(Place place) {
        try (Chromium.Tab tab = CHROMIUM.open(1440, 900, ColorScheme.LIGHT)) {
            Page page = tab.page();
            page.navigate(SERVER.url() + place.path());
            page.locator(place.shows()).first().waitFor();
            page.waitForLoadState(LoadState.NETWORKIDLE);

            obeys(page, place, ColorScheme.LIGHT);
            obeys(page, place, ColorScheme.DARK);
            page.setViewportSize(400, 900);
            obeys(page, place, ColorScheme.LIGHT);
            page.setViewportSize(360, 800);
            picture(page, place.name() + "-360");
            assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                    .as("pixels of sideways scrolling")
                    .isLessThanOrEqualTo(0);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static void obeys(Page page, Place place, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        int width = page.viewportSize().width;
        picture(page, place.name() + "-" + scheme + "-" + width);
        assertThat(violations(page)).as(scheme + ", " + width + " px wide").isEmpty();
    }

    private static void picture(Page page, String name) {
        Path path = Path.of("target", "page-pictures", name.toLowerCase(Locale.ROOT) + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(path));
    }

    private static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .withTags(RULES).analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getNodes().stream().map(node -> node.getHtml() + " " + node.getFailureSummary()).limit(3).toList())
                        .toList();
    }
}
