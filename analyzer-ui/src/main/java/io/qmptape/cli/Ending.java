package io.qmptape.cli;

import java.util.concurrent.CountDownLatch;

/** The end of what runs until SIGTERM or Ctrl-C. */
final class Ending {
    private Ending() {}

    /** Waits for the signal, then closes what is open and ends with 0: the JVM alone would answer with 143. */
    static void await(AutoCloseable... open) throws InterruptedException {
        Thread atExit = new Thread(() -> end(open), "qmptape-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        new CountDownLatch(1).await();
    }

    private static void end(AutoCloseable... open) {
        int code = Qmptape.FINE;
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception e) {
                System.err.println("qmptape: did not end cleanly: " + e.getMessage());
                code = Qmptape.TROUBLE;
            }
        }
        Runtime.getRuntime().halt(code);
    }
}
