package io.qmptape.analyzer.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The installed Chromium; nothing is downloaded, nothing is asked of the network. One thread. */
final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        playwright =
                Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> flags = new ArrayList<>(List.of(
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--disable-gpu"));
        if ("root".equals(System.getProperty("user.name"))) {
            flags.add("--no-sandbox");
        }
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(flags));
    }

    /** A page of its own, with what it says about itself. */
    Tab open(int width, int height, ColorScheme scheme) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        return new Tab(context);
    }

    @Override
    public void close() {
        playwright.close();
    }

    /** One page in a context of its own. */
    static final class Tab implements AutoCloseable {
        private final BrowserContext context;
        private final Page page;
        private final List<String> complaints = new ArrayList<>();

        private Tab(BrowserContext context) {
            this.context = context;
            this.page = context.newPage();
            page.onConsoleMessage(message -> {
                // A refused request is an answer like others; the browser has to tell of it all the same.
                boolean isRefusal = message.text().contains("the server responded with a status of 4");
                if (message.type().equals("error") && !isRefusal) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
        }

        Page page() {
            return page;
        }

        /** Errors of scripts and violations of the policy. */
        List<String> complaints() {
            return complaints;
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
