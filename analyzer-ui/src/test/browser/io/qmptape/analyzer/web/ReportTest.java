package io.qmptape.analyzer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.qmptape.analyzer.report.HostileReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a session, opened from disk in a real browser. */
final class ReportTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void showsHostileTextAsTextAndAsksForNothing() throws Exception {
        HostileReport report = HostileReport.write(directory.resolve("report.html"));
        List<String> requests = new ArrayList<>();
        try (Chromium chromium = new Chromium();
                Chromium.Tab tab = chromium.open(1200, 800, ColorScheme.DARK)) {
            Page page = tab.page();
            page.onRequest(request -> requests.add(request.url()));

            page.navigate(report.file().toUri().toString());
            page.locator("details").first().click();

            assertThat(page.locator("pre").allTextContents()).containsExactlyElementsOf(report.texts());
            assertThat(page.evaluate("() => 'harmed' in window")).isEqualTo(false);
            assertThat(page.locator("script, img, iframe, a, link").count()).isZero();
            assertThat(page.evaluate("() => getComputedStyle(document.querySelector('.command .kind')).color"))
                    .isEqualTo("rgb(143, 205, 242)");
            assertThat(requests).hasSize(1);
            assertThat(tab.complaints()).isEmpty();
        }
    }
}
