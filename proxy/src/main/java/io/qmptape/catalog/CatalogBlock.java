package io.qmptape.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A line of a catalog's text that is not indented, with the indented ones below it. */
record CatalogBlock(CatalogEntry head, List<CatalogEntry> entries) {
    /** Cuts a text into blocks; comments and blank lines are left out. */
    static List<CatalogBlock> cut(String source, List<String> lines) {
        List<CatalogBlock> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            CatalogEntry entry = CatalogEntry.of(source + ":" + (i + 1), line);
            if (line.charAt(0) != ' ') {
                blocks.add(new CatalogBlock(entry, new ArrayList<>()));
            } else if (blocks.isEmpty()) {
                throw entry.fault("an indented line needs a block above it");
            } else {
                blocks.get(blocks.size() - 1).entries().add(entry);
            }
        }
        return blocks;
    }

    String name() {
        return head.word();
    }

    void allowOnly(Set<String> keywords) {
        for (CatalogEntry entry : entries) {
            if (!keywords.contains(entry.keyword())) {
                throw entry.fault("'" + entry.keyword() + "' has no place under '" + head.keyword() + "'");
            }
        }
    }

    List<CatalogEntry> all(String keyword) {
        return entries.stream().filter(entry -> entry.keyword().equals(keyword)).toList();
    }

    Optional<CatalogEntry> optional(String keyword) {
        List<CatalogEntry> found = all(keyword);
        if (found.size() > 1) {
            throw found.get(1).fault("a second '" + keyword + "' for '" + head.rest() + "'");
        }
        return found.stream().findFirst();
    }

    CatalogEntry one(String keyword) {
        return optional(keyword).orElseThrow(() -> head.fault("'" + head.rest() + "' lacks '" + keyword + "'"));
    }
}
