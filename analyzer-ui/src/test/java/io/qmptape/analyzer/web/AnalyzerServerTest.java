package io.qmptape.analyzer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnalyzerServerTest {
    private static final AnalyzerServer SERVER = new AnalyzerServer(ServerOptions.anyPort(), Scene.all());
    private static final Requests ASK = new Requests(SERVER);
    private static final String HOSTILE = "/api/v1/sessions/" + Scene.HOSTILE;
    private static final String LONG = "/api/v1/sessions/" + Scene.LONG;

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sessions",
                "/search?q=x",
                "/s/1",
                "/m/1/2",
                "/diff",
                "/catalog",
                "/catalog/command/quit",
                "/help"
            })
    void servesThePageAtEachOfItsAddresses(String place) throws Exception {
        HttpResponse<String> page = ASK.get(place);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<div id=\"root\">").doesNotContain("{{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/status", "/api/v1/nothing", "/nothing", "/assets/favicon.svg"})
    void sendsTheSameStrictHeadersWithEveryAnswer(String path) throws Exception {
        var headers = ASK.get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'")
                .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void answersToTheNamesOfTheLoopbackOnly() throws Exception {
        int port = SERVER.port();

        for (String ours : List.of("127.0.0.1:" + port, "localhost:" + port, "LOCALHOST:" + port, "[::1]:" + port)) {
            assertThat(ASK.statusFor(ours)).as(ours).contains(" 200 ");
        }
        for (String foreign : List.of(
                "evil.example", "evil.example:" + port, "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:" + port)) {
            assertThat(ASK.statusFor(foreign)).as(foreign).contains(" 421 ");
        }
    }

    @Test
    void lendsItsAssetsForEverUnderHashedNames() throws Exception {
        Matcher script = Pattern.compile("src=\"(/assets/app-[^\"]+)\"")
                .matcher(ASK.get("/").body());
        assertThat(script.find()).isTrue();

        HttpResponse<String> asset = ASK.get(script.group(1));

        assertThat(asset.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(asset.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
        assertThat(ASK.packed(script.group(1)).headers().firstValue("Content-Encoding"))
                .contains("gzip");
        assertThat(ASK.get("/assets/..%2fbundle.json").statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void listsSessionsWithTheLatestFirst() throws Exception {
        JsonNode answer = ASK.json("/api/v1/sessions");

        assertThat(answer.path("total").asInt()).isEqualTo(7);
        JsonNode latest = answer.path("sessions").get(0);
        assertThat(latest.path("id").asText()).startsWith("5f2c81d0");
        assertThat(latest.has("closed")).isFalse();
        assertThat(latest.path("activity").size()).isEqualTo(Limits.ACTIVITY_IN_LIST);
        assertThat(ASK.json("/api/v1/sessions?offset=1&limit=2")
                        .path("sessions")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void pagesTheMessagesOfALongSession() throws Exception {
        JsonNode page = ASK.json(LONG + "/messages?offset=39900&limit=200");

        assertThat(page.path("total").asLong()).isEqualTo(Scene.LONG_MESSAGES);
        assertThat(page.path("rows").size()).isEqualTo(100);
        JsonNode last = page.path("rows").get(99);
        assertThat(last.path("seq").asLong()).isEqualTo(40_000);
        assertThat(last.path("kind").asText()).isEqualTo("success");
        assertThat(last.path("name").asText()).isEqualTo("query-status");
        assertThat(last.path("pair").asLong()).isEqualTo(39_999);
        assertThat(last.path("latencyNanos").asLong()).isEqualTo(800_000);
    }

    @Test
    void showsAMessageWithItsTreeItsTextAndItsOtherHalf() throws Exception {
        JsonNode message = ASK.json(LONG + "/messages/2");

        assertThat(message.path("text").asText()).startsWith("{\"return\"");
        assertThat(message.path("pair").path("seq").asLong()).isEqualTo(1);
        JsonNode status =
                message.path("tree").path("children").get(0).path("children").get(0);
        assertThat(status.path("key").asText()).isEqualTo("status");
        assertThat(status.path("type").asText()).isEqualTo("string");
        assertThat(status.path("text").asText()).isEqualTo("running");
    }

    @Test
    void keepsTheSpellingOfNumbersAndCountsWhatItLeavesOut() throws Exception {
        JsonNode array =
                ASK.json(HOSTILE + "/messages/5").path("tree").path("children").get(0);

        assertThat(array.path("size").asInt()).isEqualTo(1000);
        assertThat(array.path("children").size()).isEqualTo(Limits.MAX_TREE_CHILDREN);

        JsonNode rest = ASK.json(HOSTILE + "/messages/5/tree?at=0&offset=900");

        assertThat(rest.path("from").asInt()).isEqualTo(900);
        assertThat(rest.path("children").size()).isEqualTo(100);
        assertThat(rest.path("children").get(99).path("text").asText()).isEqualTo("18446744073709551616");
    }

    @Test
    void cutsLongStringsAndTellsHowLongTheyAre() throws Exception {
        JsonNode longText =
                ASK.json(HOSTILE + "/messages/4/tree?at=1").path("children").get(0);

        assertThat(longText.path("size").asInt()).isEqualTo(10_000);
        assertThat(longText.path("text").asText()).isEqualTo("y".repeat(Limits.MAX_STRING_LENGTH));
    }

    @Test
    void givesHostileNamesBackUnchanged() throws Exception {
        JsonNode message = ASK.json(HOSTILE + "/messages/2");

        assertThat(message.path("row").path("name").asText()).isEqualTo(Scene.SCRIPT);
        JsonNode arguments = message.path("tree").path("children").get(1);
        assertThat(arguments.path("children").get(0).path("key").asText()).isEqualTo(Scene.SCRIPT);
        assertThat(arguments.path("children").get(1).path("text").asText()).isEqualTo(Scene.BIDI);
        assertThat(ASK.json(HOSTILE).path("name").asText()).isEqualTo(Scene.SCRIPT);
    }

    @Test
    void labelsWhatWasMasked() throws Exception {
        JsonNode message = ASK.json(HOSTILE + "/messages/8");

        JsonNode arguments = message.path("tree").path("children").get(1).path("children");
        assertThat(arguments.get(0).has("masked")).isFalse();
        assertThat(arguments.get(1).path("masked").asText()).isEqualTo("string");
        assertThat(message.path("masked").get(0).path("path").asText()).isEqualTo("$.arguments.password");
    }

    @Test
    void handsOutNoiseAsBase64AndItsBytesAsADownload() throws Exception {
        JsonNode noise = ASK.json(HOSTILE + "/messages/7");
        HttpResponse<byte[]> bytes = ASK.bytes(HOSTILE + "/messages/7/bytes");

        assertThat(noise.has("text")).isFalse();
        assertThat(noise.path("base64").asText()).isEqualTo("e//+fQ==");
        assertThat(noise.has("tree")).isFalse();
        assertThat(bytes.body()).containsExactly('{', 0xff, 0xfe, '}');
        assertThat(bytes.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(bytes.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"66600000-7.qmp\"");
    }

    @Test
    void showsWhereAQueryCannotBeRead() throws Exception {
        HttpResponse<String> answer = ASK.get("/api/v1/search?q=command:%22x");

        JsonNode problem = problem(answer, 400);
        assertThat(problem.path("position").asInt()).isEqualTo(8);
        assertThat(problem.path("length").asInt()).isEqualTo(1);
        assertThat(problem.path("detail").asText()).contains("never closes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/sessions/nonsense",
                "/api/v1/search?limit=0",
                "/api/v1/search?limit=1001",
                "/api/v1/search?offset=-1",
                "/api/v1/search?offset=x",
                "/api/v1/facets?field=nothing",
                "/api/v1/sessions/" + Scene.LONG + "/messages?fold=true&q=x",
                "/api/v1/sessions/" + Scene.LONG + "/messages?fold=true&open=a",
                "/api/v1/diff?a=1",
                "/api/v1/diff",
                "/api/v1/sessions/" + Scene.HOSTILE + "/messages/x",
                "/api/v1/sessions/" + Scene.HOSTILE + "/messages/2/tree?at=a.b"
            })
    void refusesWhatMakesNoSense(String path) throws Exception {
        problem(ASK.get(path), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/api/v1/nothing",
                "/api/v1/sessions/00000000-0000-4000-8000-000000000000",
                "/api/v1/sessions/" + Scene.HOSTILE + "/messages/99",
                "/api/v1/sessions/" + Scene.HOSTILE + "/messages/2/tree?at=9",
                "/api/v1/catalog/command/nothing",
                "/assets/nothing.js"
            })
    void tellsWhatIsNotThere(String path) throws Exception {
        problem(ASK.get(path), 404);
    }

    @Test
    void refusesQueriesThatAreTooLong() throws Exception {
        assertThat(problem(ASK.get("/api/v1/search?q=" + "x".repeat(4097)), 400)
                        .path("detail")
                        .asText())
                .contains("4096");
    }

    @Test
    void changesNothing() throws Exception {
        problem(ASK.post("/api/v1/sessions"), 405);
    }

    @Test
    void countsTheValuesOfAFieldWithinOneSession() throws Exception {
        JsonNode facet = ASK.json("/api/v1/facets?field=kind&session=" + Scene.LONG + "&q=query-status");

        assertThat(facet.path("values").get(0).path("count").asInt()).isEqualTo(20_000);
    }

    @Test
    void foldsEqualRowsOfAComparisonAndUnfoldsThemOnRequest() throws Exception {
        String path = "/api/v1/diff?a=" + Scene.BLOCK_JOBS + "&b=" + Scene.BLOCK_JOBS_AGAIN;
        JsonNode diff = ASK.json(path);

        JsonNode first = diff.path("rows").get(0);
        assertThat(first.path("kind").asText()).isEqualTo("equal");
        assertThat(first.path("count").asInt()).isEqualTo(18);
        assertThat(diff.path("counts").path("changed").asInt()).isEqualTo(1);
        assertThat(diff.path("rows").findValuesAsText("kind")).contains("same", "changed", "only-a", "only-b");

        JsonNode piece = ASK.json(path + "&offset=0&limit=18");

        assertThat(piece.path("rows").size()).isEqualTo(18);
        assertThat(piece.path("rows").get(17).path("kind").asText()).isEqualTo("same");
    }

    @Test
    void tellsTheCatalogWithHowOftenEachNameIsOnTheTape() throws Exception {
        JsonNode entry = ASK.json("/api/v1/catalog/command/query-status");

        assertThat(entry.path("seen").asLong()).isGreaterThanOrEqualTo(20_000);
        assertThat(entry.path("entry")
                        .path("returns")
                        .get(1)
                        .path("values")
                        .get(1)
                        .asText())
                .isEqualTo("paused");
        assertThat(ASK.json("/api/v1/catalog").path("entries").size()).isEqualTo(11);
    }

    @Test
    void saysWhichPortItCannotHave() {
        try (AnalyzerServer second = new AnalyzerServer(new ServerOptions(SERVER.port()), Scene.empty())) {
            assertThatThrownBy(second::start).hasMessageContaining("127.0.0.1:" + SERVER.port());
        }
    }

    @Test
    void foldsTheMessagesOfASession() throws Exception {
        JsonNode page = ASK.json(LONG + "/messages?fold=true");

        assertThat(page.path("total").asLong()).isEqualTo(1);
        JsonNode row = page.path("rows").get(0);
        assertThat(row.path("seq").asLong()).isEqualTo(1);
        JsonNode fold = row.path("fold");
        assertThat(fold.path("last").asLong()).isEqualTo(Scene.LONG_MESSAGES);
        assertThat(fold.path("count").asLong()).isEqualTo(20_000);
        assertThat(fold.path("isOpen").asBoolean()).isFalse();
        assertThat(fold.path("polls").get(0).path("command").asText()).isEqualTo("query-status");
        assertThat(page.has("folded")).isFalse();
    }

    @Test
    void putsWhatAnOpenFoldStandsForBelowIt() throws Exception {
        JsonNode page = ASK.json(LONG + "/messages?fold=true&open=1&offset=39999");

        assertThat(page.path("total").asLong()).isEqualTo(Scene.LONG_MESSAGES + 1);
        assertThat(page.path("rows").findValuesAsText("seq")).containsExactly("39999", "40000");
        JsonNode head = ASK.json(LONG + "/messages?fold=true&open=1&limit=2").path("rows");
        assertThat(head.get(0).path("fold").path("isOpen").asBoolean()).isTrue();
        assertThat(head.get(1).path("seq").asLong()).isEqualTo(1);
        assertThat(head.get(1).has("fold")).isFalse();
    }

    private static JsonNode problem(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }
}
