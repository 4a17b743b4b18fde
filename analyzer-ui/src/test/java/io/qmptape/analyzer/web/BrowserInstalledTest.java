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

        boolean isInstalled = Files.isExecutable(CHROMIUM);
        boolean isCompiled = BrowserInstalledTest.class.getResource("PageTest.class") != null;

        assumeTrue(
                isRequired || isInstalled,
                "the page's browser tests are skipped: there is no " + CHROMIUM + " (install chromium)");
        assumeTrue(
                isRequired || isCompiled,
                "the page's browser tests are skipped: the profile 'browser' is switched off");

        assertThat(isInstalled)
                .as("whether " + CHROMIUM + " is there, which the required tests need")
                .isTrue();
        assertThat(isCompiled)
                .as("whether the profile 'browser' compiled its tests")
                .isTrue();
    }
}
