package io.github.strait.record;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace while strace writes it, for calls that a filter may have denied: those that failed, and those after which
 * SIGSYS came. It holds the last line of some tasks and a number for each name, however long the trace is.
 */
public final class TraceTail implements Closeable {
    private static final int PAUSE = 50;
    private static final int TASKS = 1024;
    /** How often a name is asked about that is not known to be denied: its arguments may decide. */
    private static final int TRIES = 64;

    private static final int NAMES = 4096;
    private static final int BLOCK = 1 << 16;
    private static final int LONGEST = 1 << 16;
    private static final String FAILED = " = -1 E";

    private final Predicate<String> denied;
    private final Predicate<String> errnos;
    private final Map<String, Integer> tries = new HashMap<>();
    private final Map<String, String> last = new LinkedHashMap<>(TASKS, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > TASKS;
        }
    };
    private boolean hasFilter;
    private @Nullable Thread thread;
    private volatile boolean isClosed;

    /**
     * A tail without a file yet.
     *
     * @param errnos whether the filter returns an error of this name
     * @param denied given the lines of one call, whether the filter denied it; that name is then not tested again
     */
    public TraceTail(Predicate<String> errnos, Predicate<String> denied) {
        this.errnos = errnos;
        this.denied = denied;
    }

    /** Begins with a trace that is still empty, in a thread of its own. */
    void follow(Path trace) {
        thread = new Thread(() -> read(trace), "tail");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Path trace) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(trace)) {
            while (!isClosed) {
                int length = in.read(block);
                if (length <= 0) {
                    Thread.sleep(PAUSE);
                }
                for (int i = 0; i < length; i++) {
                    if (block[i] == '\n') {
                        take(line.toString(StandardCharsets.ISO_8859_1));
                        line.reset();
                    } else if (line.size() < LONGEST) {
                        line.write(block[i]);
                    }
                }
            }
        } catch (IOException e) {
            // the denied calls are named at the end anyway
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One line of {@code TID [NUMBER] NAME(...) = RESULT}, as {@link Strace} has it written. */
    void take(String line) {
        if (!hasFilter) {
            hasFilter = line.contains("] seccomp(") && line.endsWith(" = 0");
            return;
        }
        String task = line.substring(0, Math.max(0, line.indexOf(' ')));
        String before = last.put(task, line);
        int failed = line.lastIndexOf(FAILED);
        if (failed >= 0) {
            int start = failed + FAILED.length() - 1;
            int end = line.indexOf(' ', start);
            String errno = line.substring(start, end < 0 ? line.length() : end);
            boolean isResumed = line.contains("] <... ");
            if (errnos.test(errno)) {
                ask(line, errno, isResumed && before != null ? before + '\n' + line : line);
            }
        } else if (before != null && isOfFilter(line)) {
            ask(before, "SIGSYS", before + '\n' + line);
        }
    }

    /** Whether the line shows a signal that a filter sends: SIGSYS with the code {@code SYS_SECCOMP}, which is 1. */
    private static boolean isOfFilter(String line) {
        return line.contains(" --- SIGSYS {")
                && (line.contains("si_code=0x1,") || line.contains("si_code=1,") || line.contains("SYS_SECCOMP"));
    }

    private void ask(String call, String answer, String lines) {
        int number = call.indexOf('[');
        int name = call.indexOf("] ", number) + 2;
        int end = call.startsWith("<... ", name) ? call.indexOf(' ', name + 5) : call.indexOf('(', name);
        if (number < 0 || end < name) {
            return;
        }
        String key = call.substring(number, end).replace("<... ", "") + answer;
        int before = tries.getOrDefault(key, tries.size() < NAMES ? 0 : TRIES);
        if (before < TRIES) {
            tries.put(key, denied.test(lines + '\n') ? TRIES : before + 1);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        Thread reading = thread;
        if (reading != null) {
            try {
                reading.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
