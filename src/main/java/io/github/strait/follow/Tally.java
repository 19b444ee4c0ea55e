package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.scan.ScanSummary;
import io.github.strait.trace.scan.WordNumbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the calls of one printed name, and number where {@code -n} printed one, in one context. */
final class Tally {
    /** More than the kernel has; text that only looks like an error must not fill memory. */
    private static final int ERRORS = 256;

    private static final Error[] NONE = {};

    private static final int LENGTH = 32;

    private static final String OTHER = "other";

    /** How many different arguments are told apart; the rest counts as calls whose arguments are not known. */
    private static final int SAMPLES = 1 << 10;

    /** Calls with the same arguments, as far as they are asked for. */
    record Seen(long count, SourcePosition first) {
        Seen plus(Seen other) {
            return new Seen(count + other.count, first.compareTo(other.first) <= 0 ? first : other.first);
        }
    }

    private static final class Count {
        private long value;
    }

    /** An error that a scan summary can name, by the number of its word. */
    private record Error(int word, Count count) {}

    final PrintedName printed;
    final int number;
    private SourcePosition first;

    private long count;
    private long succeeded;
    private long unreturned;
    private final Map<String, Count> errors = new TreeMap<>();
    private Error[] known = NONE;
    private final Map<ImmutableList<String>, Seen> samples = new LinkedHashMap<>(0);

    Tally(PrintedName printed, int number, SourcePosition first) {
        this.printed = printed;
        this.number = number;
        this.first = first;
    }

    void enter() {
        count++;
    }

    void leave(Line line) {
        if (line.ending() == Ending.VALUE) {
            succeeded++;
        } else if (line.ending() == Ending.ERROR) {
            String errno = line.errno();
            Count failed = fail(errno.length() <= LENGTH ? errno : OTHER, 1);
            int word = ScanSummary.errno(line.scanned());
            if (word != WordNumbers.NONE && find(word) == null) {
                known = Arrays.copyOf(known, known.length + 1);
                known[known.length - 1] = new Error(word, failed);
            }
        } else {
            unreturned++;
        }
    }

    /**
     * The call that was entered last ends so, according to a scan summary.
     *
     * @param errno the number of the errno's word, when the call ends with one
     * @return false, with nothing counted, for an errno that was not seen here yet
     */
    boolean leave(Ending ending, int errno) {
        switch (ending) {
            case VALUE -> succeeded++;
            case ERROR -> {
                Count failed = find(errno);
                if (failed == null) {
                    return false;
                }
                failed.value++;
            }
            default -> unreturned++;
        }
        return true;
    }

    private @Nullable Count find(int errno) {
        for (Error error : known) {
            if (error.word == errno) {
                return error.count;
            }
        }
        return null;
    }

    @CanIgnoreReturnValue
    private Count fail(String errno, long times) {
        boolean isTold = errors.size() < ERRORS || errors.containsKey(errno);
        Count failed = errors.computeIfAbsent(isTold ? errno : OTHER, name -> new Count());
        failed.value += times;
        return failed;
    }

    /** Keeps the arguments of the call that was entered last. */
    void sample(ImmutableList<String> texts, SourcePosition position) {
        sample(texts, new Seen(1, position));
    }

    private void sample(ImmutableList<String> texts, Seen seen) {
        boolean isTold = samples.size() < SAMPLES || samples.containsKey(texts);
        samples.merge(isTold ? texts : ImmutableList.of(), seen, Seen::plus);
    }

    Map<ImmutableList<String>, Seen> samples() {
        return samples;
    }

    /** Adds what a table says: so many calls, so many of them errors. */
    void addCounted(long calls, long failed) {
        count += calls;
        succeeded += calls - failed;
        if (failed > 0) {
            fail(OTHER, failed);
        }
    }

    void neverReturned() {
        unreturned++;
    }

    long count() {
        return count;
    }

    long succeeded() {
        return succeeded;
    }

    long unreturned() {
        return unreturned;
    }

    /** How often the call ended with each errno. */
    ImmutableSortedMap<String, Long> errors() {
        return errors.isEmpty()
                ? ImmutableSortedMap.of()
                : ImmutableSortedMap.copyOf(Maps.transformValues(errors, failed -> failed.value));
    }

    SourcePosition first() {
        return first;
    }

    /** Adds what another tally of the same name and number counted. */
    void add(Tally other) {
        count += other.count;
        succeeded += other.succeeded;
        unreturned += other.unreturned;
        other.errors.forEach((errno, failed) -> fail(errno, failed.value));
        other.samples.forEach(this::sample);
        if (other.first.compareTo(first) < 0) {
            first = other.first;
        }
    }
}
