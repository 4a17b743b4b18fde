package io.qmptape.analyzer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.protocol.Bytes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The page's files out of the jar, read once; the names of scripts and styles carry a hash of their content. */
final class Bundle {
    static final String ASSETS = "/assets/";

    private final Map<String, Asset> assets;
    private final String index;

    private Bundle(Map<String, Asset> assets, String index) {
        this.assets = Map.copyOf(assets);
        this.index = index;
    }

    record Asset(String mediaType, Bytes content, boolean isHashed) {}

    /** @throws UncheckedIOException if this build has no page */
    static Bundle load() {
        try {
            JsonNode outputs = new ObjectMapper().readTree(read("bundle.json")).path("outputs");
            Map<String, Asset> assets = new HashMap<>();
            Map<String, String> places = new HashMap<>();
            for (Map.Entry<String, JsonNode> output : outputs.properties()) {
                String name = fileName(output.getKey());
                assets.put(name, new Asset(mediaType(name), Bytes.lend(read(name)), true));
                places.put(output.getValue().path("entryPoint").asText(""), ASSETS + name);
                if (name.endsWith(".css")) {
                    places.put("style", ASSETS + name);
                }
            }
            assets.put("favicon.svg", new Asset("image/svg+xml", Bytes.lend(read("favicon.svg")), false));
            return new Bundle(assets, index(places));
        } catch (IOException e) {
            throw new UncheckedIOException("the analyzer's page is not in this build: " + e.getMessage(), e);
        }
    }

    String index() {
        return index;
    }

    Optional<Asset> asset(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    private static String index(Map<String, String> places) throws IOException {
        return new String(read("index.html"), StandardCharsets.UTF_8)
                .replace("{{style}}", places.getOrDefault("style", ""))
                .replace("{{theme}}", places.getOrDefault("theme.ts", ""))
                .replace("{{app}}", places.getOrDefault("app.tsx", ""));
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream file = Bundle.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                throw new FileNotFoundException(name);
            }
            return file.readAllBytes();
        }
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String mediaType(String name) {
        return name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
    }
}
