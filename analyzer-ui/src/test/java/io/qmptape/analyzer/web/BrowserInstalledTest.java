package io.qmptape.analyzer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Says why the browser tests did not run, where they did not: Maven compiles them only where a Chromium is. */
final class BrowserInstalledTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @Test
    void pageIsTestedInARealBrowser() {
        boolean isRequired = List.of(
                        System.getProperty("qmptape.tests.required", "").split(","))
                .contains("browser");

        assumeTrue(
                isRequired || Files.isExecutable(CHROMIUM),
                "the page's browser tests are skipped: there is no " + CHROMIUM + " (install chromium)");

        assertThat(CHROMIUM).as("the browser that the required tests need").isExecutable();
        assertThat(BrowserInstalledTest.class.getResource("PageTest.class"))
                .as("the browser tests, which the profile 'browser' compiles")
                .isNotNull();
    }
}
