package io.github.strait.record;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for strace to end, ends it at a limit of the recording, and reports progress. */
final class StraceWatch {
    private static final int INTERVAL = 100;
    private static final int TELLING = 10;
    private static final Runnable NOTHING = () -> {};

    private final Process strace;
    private final Path trace;
    private final RecordOptions options;
    private final Forwarding forwarding;
    private final RecordProgress progress;
    private Runnable looking = NOTHING;
    private boolean isFull;

    StraceWatch(Process strace, Path trace, RecordOptions options, Forwarding forwarding, RecordProgress progress) {
        this.strace = strace;
        this.trace = trace;
        this.options = options;
        this.forwarding = forwarding;
        this.progress = progress;
    }

    /** Has something done about every second while strace runs. */
    void everySecond(Runnable look) {
        looking = look;
    }

    /** Returns the exit status of strace, 128+N when signal N killed it. */
    int await() {
        try {
            if (options.maxSize().isPresent() || progress != RecordProgress.NONE || looking != NOTHING) {
                look();
            } else if (options.duration().isPresent()
                    && !strace.waitFor(options.duration().get().toMillis(), TimeUnit.MILLISECONDS)) {
                forwarding.end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            forwarding.end();
        }
        return strace.onExit().join().exitValue();
    }

    /** Whether strace was ended because the trace had become as large as it may. */
    boolean isFull() {
        return isFull;
    }

    private void look() throws InterruptedException {
        Optional<Duration> left = options.duration();
        long start = System.nanoTime();
        TraceGrowth growth = new TraceGrowth(trace, options.under().isPresent(), start);
        for (int i = 1; !strace.waitFor(INTERVAL, TimeUnit.MILLISECONDS); i++) {
            if (!isFull && trace.toFile().length() >= options.maxSize().orElse(Long.MAX_VALUE)) {
                isFull = true;
                end();
            }
            if (left.isPresent() && System.nanoTime() - start >= left.get().toNanos()) {
                left = Optional.empty();
                forwarding.end();
            }
            if (i % TELLING == 0) {
                looking.run();
            }
            if (i % TELLING == 0 && progress != RecordProgress.NONE) {
                progress.recorded(growth.look(System.nanoTime()));
            }
        }
    }

    /** A command's strace heeds no signal but this one; its tracees go on. */
    private void end() {
        if (options.attaches()) {
            forwarding.end();
        } else {
            strace.destroyForcibly();
        }
    }
}
