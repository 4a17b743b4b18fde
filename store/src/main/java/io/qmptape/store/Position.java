package io.qmptape.store;

/**
 * Where a record lies on a tape. Good for finding it again, never for naming it: a session's id and a frame's sequence
 * number do that.
 *
 * @param reel the reel's name
 * @param index in that reel; grows from record to record, not by one
 */
public record Position(String reel, long index) {}
