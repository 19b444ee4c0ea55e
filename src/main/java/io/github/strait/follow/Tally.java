package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Sighting;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.scan.ScanSummary;
import io.github.strait.trace.scan.WordNumbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** Calls that failed in one way. */
    private static final class Error {
        private final String name;
        /** The number that scan summaries have for the name, as far as it is known. */
        private int word = WordNumbers.NONE;

        private long count;

        Error(String name) {
            this.name = name;
        }
    }

    final PrintedName printed;
    final int number;
    private SourcePosition first;

    private long count;
    private long succeeded;
    private long unreturned;
    /** Few calls fail in more than two ways. */
    private Error[] errors = NONE;

    /** Texts that {@link ArgumentWatch} asks for. */
    private @Nullable Map<ImmutableList<String>, Sighting> samples;

    /** What is evidence of the arguments; null for most names. */
    private @Nullable ArgumentCounts arguments;

    Tally(PrintedName printed, int number, SourcePosition first) {
        this.printed = printed;
        this.number = number;
        this.first = first;
    }

    void enter() {
        count++;
    }

    void leave(Line line) {
        if (line.ending() == Ending.ERROR) {
            fail(line.errno(), ScanSummary.errno(line.scanned()));
        } else {
            leave(line.ending());
        }
    }

    /** The call that was entered last ends so; not with an error. */
    void leave(Ending ending) {
        if (ending == Ending.VALUE) {
            succeeded++;
        } else {
            unreturned++;
        }
    }

    /**
     * The call that was entered last ends with an error.
     *
     * @param word the number that scan summaries have for its name, or {@link WordNumbers#NONE}
     */
    void fail(String errno, int word) {
        Error failed = error(errno.length() <= LENGTH ? errno : OTHER);
        failed.count++;
        if (word != WordNumbers.NONE) {
            failed.word = word;
        }
    }

    /**
     * The call that was entered last ends with the error of this word.
     *
     * @return false, with nothing counted, when it was not seen here yet
     */
    boolean failAgain(int word) {
        for (Error error : errors) {
            if (error.word == word) {
                error.count++;
                return true;
            }
        }
        return false;
    }

    private Error error(String errno) {
        Error known = find(errno);
        if (known == null && errors.length >= ERRORS) {
            known = find(OTHER);
        }
        return known != null ? known : add(errors.length < ERRORS ? errno : OTHER);
    }

    private @Nullable Error find(String errno) {
        for (Error error : errors) {
            if (error.name.equals(errno)) {
                return error;
            }
        }
        return null;
    }

    private Error add(String errno) {
        Error made = new Error(errno);
        errors = Arrays.copyOf(errors, errors.length + 1);
        errors[errors.length - 1] = made;
        return made;
    }

    /** Keeps the arguments of the call that was entered last. */
    void sample(ImmutableList<String> texts, SourcePosition position) {
        sample(texts, new Sighting(1, position));
    }

    private void sample(ImmutableList<String> texts, Sighting seen) {
        Map<ImmutableList<String>, Sighting> kept = samples;
        if (kept == null) {
            kept = new LinkedHashMap<>();
            samples = kept;
        }
        boolean isTold = kept.size() < SAMPLES || kept.containsKey(texts);
        kept.merge(isTold ? texts : ImmutableList.of(), seen, Sighting::plus);
    }

    Map<ImmutableList<String>, Sighting> samples() {
        return samples == null ? Map.of() : samples;
    }

    /** A call that begins at this position shows this of its arguments. */
    void see(ShownArguments[] shown, SourcePosition at) {
        for (ShownArguments each : shown) {
            counts().add(each, at);
        }
    }

    /** The second half of a call that began at this position shows this of its arguments. */
    void seeSecond(ShownArguments[] shown, SourcePosition begin) {
        for (ShownArguments each : shown) {
            counts().addSecond(each, begin);
        }
    }

    /** Whether calls were seen that show this of their arguments, or no call shows anything that counts any more. */
    boolean hasSeen(ShownArguments[] shown) {
        return arguments != null && (arguments.has(shown) || isFull());
    }

    /** Whether more is known of the arguments than is told apart: what another call shows does not count. */
    boolean isFull() {
        return arguments != null && arguments.isAllMore(printed.places().size());
    }

    /** A call shows of its arguments what {@link #hasSeen} was asked for last. */
    void seeAgain() {
        if (arguments != null) {
            arguments.again();
        }
    }

    /** A call that begins at this position shows nothing of its arguments. */
    void lackArguments(SourcePosition at) {
        lackArguments(1, at);
    }

    private void lackArguments(long calls, SourcePosition at) {
        for (int i = 0; i < printed.places().size(); i++) {
            counts().addUnknown(i, calls, at);
        }
    }

    /** Adds calls that no line shows, only a table here: neither what they returned is known nor their arguments. */
    void addUnseen(long calls, SourcePosition at) {
        count += calls;
        unreturned += calls;
        lackArguments(calls, at);
    }

    private ArgumentCounts counts() {
        ArgumentCounts known = arguments;
        if (known == null) {
            known = new ArgumentCounts();
            arguments = known;
        }
        return known;
    }

    /** What the calls show of their arguments; null when nothing. */
    @Nullable
    ArgumentCounts arguments() {
        return arguments;
    }

    /** Adds what a table says: so many calls, so many of them errors. */
    void addCounted(long calls, long failed) {
        count += calls;
        succeeded += calls - failed;
        if (failed > 0) {
            error(OTHER).count += failed;
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
        if (errors.length == 0) {
            return ImmutableSortedMap.of();
        }
        ImmutableSortedMap.Builder<String, Long> all = ImmutableSortedMap.naturalOrder();
        for (Error error : errors) {
            all.put(error.name, error.count);
        }
        return all.build();
    }

    SourcePosition first() {
        return first;
    }

    /** Adds what another tally of the same name and number counted. */
    void add(Tally other) {
        count += other.count;
        succeeded += other.succeeded;
        unreturned += other.unreturned;
        for (Error error : other.errors) {
            error(error.name).count += error.count;
        }
        if (other.samples != null) {
            other.samples.forEach(this::sample);
        }
        if (other.arguments != null) {
            counts().add(other.arguments);
        }
        if (other.first.compareTo(first) < 0) {
            first = other.first;
        }
    }
}
