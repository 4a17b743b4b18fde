package io.qmptape.analyzer.index;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;

/**
 * How far a tape is indexed. It is part of each commit, so documents and positions are never out of step.
 *
 * @param records how many records of the tape were read
 * @param reels of each reel begun, the index of the last record that was read
 */
record Progress(String tape, long records, Map<String, Long> reels) {
    static final String VERSION = "version";
    static final String TAPE = "tape";
    private static final String RECORDS = "records";
    private static final String REEL = "reel:";

    Progress {
        reels = Map.copyOf(reels);
    }

    static Progress begin(String tape) {
        return new Progress(tape, 0, Map.of());
    }

    static Progress of(Map<String, String> data) {
        Map<String, Long> reels = new HashMap<>();
        data.forEach((key, value) -> {
            if (key.startsWith(REEL)) {
                reels.put(key.substring(REEL.length()), Long.parseLong(value));
            }
        });
        long records = Long.parseLong(data.getOrDefault(RECORDS, "0"));
        return new Progress(data.getOrDefault(TAPE, ""), records, reels);
    }

    void commit(IndexWriter writer) throws IOException {
        Map<String, String> data = new HashMap<>();
        data.put(VERSION, IndexFolder.VERSION);
        data.put(TAPE, tape);
        data.put(RECORDS, Long.toString(records));
        reels.forEach((reel, index) -> data.put(REEL + reel, Long.toString(index)));
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
    }
}
