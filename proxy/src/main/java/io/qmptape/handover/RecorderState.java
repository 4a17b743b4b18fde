package io.qmptape.handover;

/**
 * How it stands with the recorder.
 *
 * @param isRunning whether there is one that can record
 * @param restarts how often one died and another one was started
 * @param queueBytes what waits for it, or is kept until it is on the tape
 * @param tally what it and those before it have counted
 */
public record RecorderState(boolean isRunning, long restarts, long queueBytes, Tally tally) {}
