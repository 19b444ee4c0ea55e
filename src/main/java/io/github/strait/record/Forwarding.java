package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Passes signals that are sent to strait alone on to what it records, and lets strait live until strace has written the
 * whole trace. strace itself ignores them while it runs a command.
 */
final class Forwarding implements Closeable {
    private static final ImmutableList<String> SIGNALS = ImmutableList.of("HUP", "INT", "TERM", "USR1", "USR2");
    /** How often it is tried while strace has no tracee yet, and the pause between, in milliseconds. */
    private static final int TRIES = 100;

    private static final int PAUSE = 20;
    /** How long strace may take to let processes go, in seconds. */
    private static final int GRACE = 3;

    private final CompletableFuture<Process> started = new CompletableFuture<>();
    private final boolean attached;
    private final boolean traced;
    private final boolean hearsOnlyItsOwn;
    private final Closeable signals;
    private volatile boolean isForced;

    /** Begins before strace is started: the program may be running long before that is known here. */
    Forwarding(boolean attached) {
        this(attached, true);
    }

    private Forwarding(boolean attached, boolean traced) {
        this.attached = attached;
        this.traced = traced;
        Optional<Supervisor> launcher = Supervisor.ofThisProcess();
        this.hearsOnlyItsOwn = launcher.isPresent();
        this.signals = launcher.isPresent()
                ? launcher.get().listen(this::forward)
                : new ProcessSignals(SIGNALS, this::forward);
    }

    /** Passes signals on to the process itself that is started. */
    static Forwarding untraced() {
        return new Forwarding(false, false);
    }

    /** Starts strace, whose tracees get the signals that have come and those to come. */
    Process start(CallerEnvironment.Starter starter) throws IOException {
        try {
            Process strace = starter.start();
            started.complete(strace);
            return strace;
        } finally {
            started.cancel(false);
        }
    }

    /** Ends the recording early. */
    void end() {
        forward("TERM");
    }

    private void forward(String signal) {
        Process strace;
        try {
            strace = started.join();
        } catch (CancellationException e) {
            return;
        }
        if (attached) {
            letGo(strace);
        } else if (hearsOnlyItsOwn || !signal.equals("INT") || !isTerminalForeground()) {
            send(signal, strace);
        }
    }

    /**
     * Has strace detach from the processes and end, unnoticed by them. strace would wait forever for a process that
     * waits in vfork for a child that strace holds. It is then killed, and the kernel lets both go.
     */
    private void letGo(Process strace) {
        strace.destroy();
        try {
            if (!strace.waitFor(GRACE, TimeUnit.SECONDS)) {
                isForced = true;
                strace.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether strace could not detach from the processes when requested, and was killed. */
    boolean isForced() {
        return isForced;
    }

    private void send(String signal, Process strace) {
        if (!traced) {
            kill(signal, strace.pid());
            return;
        }
        for (int i = 0; i < TRIES && strace.isAlive(); i++) {
            List<Long> roots = Tracees.roots(strace.pid());
            if (!roots.isEmpty()) {
                roots.forEach(pid -> kill(signal, pid));
                return;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void kill(String signal, long pid) {
        if (signal.equals("TERM")) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(pid))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            // without a shell, the nearest signal
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    /**
     * Whether Ctrl-C would reach this process: then it has reached the traced program too, in the same process group,
     * and must not come twice.
     */
    private static boolean isTerminalForeground() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
            // after the name, which may hold anything: state ppid pgrp session tty_nr tpgid
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 7);
            return fields[2].equals(fields[5]);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        signals.close();
    }
}
