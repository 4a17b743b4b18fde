package io.qmptape.handover;

/** What comes back from the recorder. {@link HandoverCodec} is its byte form. */
sealed interface Answer permits Receipt, Tally {}
