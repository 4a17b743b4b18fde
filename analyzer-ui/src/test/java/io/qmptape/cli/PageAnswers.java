package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page's API answers about a tape of two sessions, by address: all that can be asked for. */
final class PageAnswers {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String api;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> answers = new LinkedHashMap<>();

    PageAnswers(String api) {
        this.api = api;
    }

    Map<String, String> all() throws IOException, InterruptedException {
        List<String> sessions = new ArrayList<>();
        json("sessions")
                .get("sessions")
                .forEach(session -> sessions.add(session.get("id").asText()));
        get("status", 200);
        get("catalog", 200);
        get("diff?a=" + sessions.get(0) + "&b=" + sessions.get(1) + "&offset=0&limit=1000", 200);
        get("search?q=kind:failure&limit=1000", 200);
        for (String field : List.of("command", "event", "kind", "error.class", "vm", "finding")) {
            get("facets?field=" + field, 200, 400);
        }
        for (String session : sessions) {
            get("sessions/" + session, 200);
            messages("sessions/" + session + "/messages");
        }
        return answers;
    }

    private void messages(String address) throws IOException, InterruptedException {
        for (JsonNode row : json(address + "?limit=1000").get("rows")) {
            String message = address + "/" + row.get("seq").asLong();
            get(message, 200);
            get(message + "/bytes", 200);
            get(message + "/tree", 200, 404);
        }
    }

    private JsonNode json(String address) throws IOException, InterruptedException {
        return MAPPER.readTree(get(address, 200));
    }

    private String get(String address, Integer... codes) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + address)).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(address).isIn((Object[]) codes);
        answers.put(address, answer.body());
        return answer.body();
    }
}
