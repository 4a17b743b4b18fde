package io.qmptape.analyzer.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real browser, against a real server. */
final class PageTest {
    private static final AnalyzerServer SERVER = new AnalyzerServer(ServerOptions.anyPort(), Scene.all());
    private static final Chromium CHROMIUM = new Chromium();
    private final Chromium.Tab tab = CHROMIUM.open(1440, 900, ColorScheme.LIGHT);
    private final Page page = tab.page();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void close() {
        CHROMIUM.close();
        SERVER.close();
    }

    @BeforeEach
    void limitWaiting() {
        page.setDefaultTimeout(10_000);
    }

    @AfterEach
    void breaksNoPolicyAndThrowsNothing() {
        boolean isHarmed = (Boolean) page.evaluate("() => 'harmed' in window");
        tab.close();

        assertThat(isHarmed).as("recorded text became code").isFalse();
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void showsTheLastOf40000MessagesWhenScrolledToTheEnd() {
        visit("s/" + Scene.LONG + "?unfold=1");
        assertThat(row(1)).isVisible();

        page.locator(".gridwrap").evaluate("box => { box.scrollTop = box.scrollHeight; }");

        assertThat(row(40_000)).isVisible();
        assertThat(page.getByRole(AriaRole.GRID)).hasAttribute("aria-rowcount", "40001");
        assertThat(page.locator(".grid tbody tr").count()).isLessThan(100);
    }

    @Test
    void jumpsToAMessageThatTheAddressNames() {
        visit("s/" + Scene.LONG + "?seq=31415");

        assertThat(row(31_415)).isVisible();
        assertThat(row(31_415)).hasAttribute("aria-selected", "true");
        assertThat(page.locator(".drawer h2")).hasText("query-status");
    }

    @Test
    void opensTheFoldAroundAMessageThatTheAddressNames() {
        visit("s/" + Scene.LONG + "?seq=31415");

        assertThat(page).hasURL(Pattern.compile("open=1"));
        assertThat(page.getByRole(AriaRole.TREEGRID)).hasAttribute("aria-rowcount", "40002");
    }

    @Test
    void showsManyPollsAsOneRowThatOpensAndCloses() {
        visit("s/" + Scene.LONG);
        Locator fold = page.locator(".grid tbody tr.t-fold");
        assertThat(fold).hasAttribute("aria-expanded", "false");
        assertThat(fold).hasAttribute("aria-label", Pattern.compile("20\u202f000 polls of query-status"));
        assertThat(page.locator(".query .count")).hasText(Pattern.compile("40\u202f000 messages in 1 row"));

        press("ArrowRight");
        assertThat(fold).hasAttribute("aria-expanded", "true");
        assertThat(page.locator(".grid tbody tr.within").first()).isVisible();

        press("j", "j", "j");
        assertThat(page.locator(".grid tr[aria-selected=true] td.seq")).hasText("3");
        press("ArrowLeft");
        assertThat(fold).hasAttribute("aria-expanded", "false");
        assertThat(fold).hasAttribute("aria-selected", "true");
        assertThat(page.locator(".grid tbody tr")).hasCount(1);

        fold.click();
        assertThat(fold).hasAttribute("aria-expanded", "true");
        press("Enter");
        assertThat(fold).hasAttribute("aria-expanded", "false");
    }

    @Test
    void keepsInTheAddressWhichFoldsAreOpen() {
        visit("s/" + Scene.LONG + "?open=1");
        assertThat(page.locator(".grid tbody tr.within").first()).isVisible();

        press("End");
        assertThat(row(40_000)).isVisible();
        press("u");

        assertThat(page).hasURL(Pattern.compile("unfold=1"));
        assertThat(page.getByRole(AriaRole.GRID)).hasAttribute("aria-rowcount", "40001");
        assertThat(row(40_000)).hasAttribute("aria-selected", "true");
    }

    @Test
    void tellsWhatMovedWhileABlockJobWasPolled() {
        visit("s/" + Scene.BLOCK_JOBS + "?seq=39");

        Locator fold = page.locator(".grid tbody tr.t-fold").first();
        assertThat(fold.locator(".arg")).containsText("return[0].offset 0…16777216");
        assertThat(fold.locator(".name")).hasText("query-block-jobs, query-jobs");
    }

    @Test
    void movesThroughMessagesByKeys() {
        visit("s/" + Scene.BLOCK_JOBS);
        assertThat(row(1)).isVisible();

        press("j", "Enter");
        assertThat(page).hasURL(Pattern.compile("seq=2"));
        assertThat(page.locator(".drawer h2")).hasText("qmp_capabilities");

        press("r");
        assertThat(row(3)).hasAttribute("aria-selected", "true");

        press("e");
        assertThat(page.locator(".grid tr[aria-selected=true]")).hasClass(Pattern.compile("t-event"));

        press("Escape");
        assertThat(page.locator(".drawer")).hasCount(0);

        press("G");
        press("g");
        assertThat(row(1)).hasAttribute("aria-selected", "true");
    }

    @Test
    void goesFromOneErrorToTheNext() {
        visit("s/e1047b3a-0000-4000-8000-000000000005");
        assertThat(row(1)).isVisible();

        press("x");

        assertThat(page.locator(".grid tr[aria-selected=true]")).hasClass(Pattern.compile("t-error"));
    }

    @Test
    void drawsAMessageAsATreeAndFetchesWhatWasLeftOut() {
        visit("s/" + Scene.HOSTILE + "?seq=5");

        Locator tree = page.locator(".tree");
        assertThat(tree).containsText("return");
        tree.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("return, array")))
                .click();
        tree.getByText("800 more").click();
        tree.getByText("600 more").click();
        tree.getByText("400 more").click();
        tree.getByText("200 more").click();

        assertThat(tree).containsText("18446744073709551616");
    }

    @Test
    void showsHostileNamesAsTextEverywhere() {
        visit("sessions");
        assertThat(page.getByText(Scene.SCRIPT).first()).isVisible();

        visit("s/" + Scene.HOSTILE + "?seq=2");
        assertThat(page.locator(".drawer h2")).hasText(Scene.SCRIPT);
        assertThat(page.locator(".tree")).containsText("disk\\u202egpj.exe");
        assertThat(page.locator(".tree .key").filter(new Locator.FilterOptions().setHasText("<script>")))
                .isVisible();

        visit("search?q=" + "kind:event");
        assertThat(page.locator(".grid tbody tr").first()).isVisible();

        visit("diff?a=" + Scene.BLOCK_JOBS + "&b=" + Scene.BLOCK_JOBS_AGAIN);
        assertThat(page.locator(".dtable mark").filter(new Locator.FilterOptions().setHasText("<script>")))
                .isVisible();
        assertThat(page.locator("img")).hasCount(0);
    }

    @Test
    void labelsAStandInAsMasked() {
        visit("s/" + Scene.HOSTILE + "?seq=8");

        assertThat(page.locator(".tag--mask")).hasText("masked string");
    }

    @Test
    void underlinesWhatIsWrongWithAQuery() {
        visit("search");
        assertThat(page.locator(".grid tbody tr").first()).isVisible();

        press("/");
        page.keyboard().type("command:\"x");
        page.keyboard().press("Enter");

        assertThat(page.locator(".bad")).hasText("\"");
        assertThat(page.locator(".query__problem")).containsText("At character 9: a quote opens here");
    }

    @Test
    void editsTheQueryByFacets() {
        visit("s/" + Scene.BLOCK_JOBS);

        page.locator(".fv").filter(new Locator.FilterOptions().setHasText("JOB_STATUS_CHANGE")).locator(".pick").click();

        assertThat(page).hasURL(Pattern.compile("q=event%3AJOB_STATUS_CHANGE"));
        assertThat(page.locator(".query input")).hasValue("event:JOB_STATUS_CHANGE");
        assertThat(page.locator(".grid tbody tr.t-cmd")).hasCount(0);
    }

    @Test
    void comparesTwoMarkedSessions() {
        visit("sessions");
        page.locator(".list .check").nth(5).check();
        page.locator(".list .check").nth(6).check();

        page.getByText("Compare 2 sessions").click();

        assertThat(page).hasURL(Pattern.compile("/diff\\?a="));
        assertThat(page.locator(".sum")).containsText("1 changed");
        press("n");
        assertThat(page.locator(".dtable .cur")).isVisible();
        page.locator(".fold").first().getByText("Show").click();
        assertThat(page.locator(".dtable").getByText("qmp_capabilities").first()).isVisible();
    }

    @Test
    void tellsWhatToDoOnAnEmptyTape() {
        try (AnalyzerServer server = new AnalyzerServer(ServerOptions.anyPort(), Scene.empty())) {
            server.start();
            page.navigate(server.url());

            assertThat(page.getByText("No recordings yet")).isVisible();
            assertThat(page.getByText("qmptape record --listen")).isVisible();
        }
    }

    @Test
    void switchesItsThemeByKey() {
        visit("sessions");
        assertThat(page.locator(".list")).isVisible();

        press("t", "t");

        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    }

    private void visit(String place) {
        page.navigate(SERVER.url() + place);
    }

    private Locator row(long sequence) {
        return page.locator(".grid tbody tr").filter(new Locator.FilterOptions()
                .setHas(page.locator("td.seq").getByText(Long.toString(sequence), new Locator.GetByTextOptions().setExact(true))));
    }

    private void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }
}
