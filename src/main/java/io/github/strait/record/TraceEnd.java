package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineHandler;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.TraceReader;
import io.github.strait.trace.scan.ScanSummary;
import io.github.strait.trace.scan.TraceScan;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a recording, as the trace shows it. With {@code -f} strace writes a line when a task that it follows ends.
 * Where that line is missing or in pieces, strace did not see the end.
 *
 * @param lines how many lines there are
 * @param root the task of the first line: the command itself; 0 when there is none
 * @param rootStatus how that ended: its exit status, 128 or more when a signal killed it; empty when the trace does not say
 * @param unended the tasks whose end is missing
 * @param damaged lines in pieces, the first of them; 0 when all are whole
 * @param isCut whether the last line has no end
 * @param programs the names of the programs that were executed, as strace prints them
 * @param untraced children that strace could not follow
 */
record TraceEnd(
        long lines,
        int root,
        OptionalInt rootStatus,
        ImmutableSortedSet<Integer> unended,
        long damaged,
        boolean isCut,
        ImmutableSortedSet<String> programs,
        ImmutableList<UntracedChild> untraced) {
    /** A signal's own number is not in the trace, only its name. */
    static final int KILLED = 128;

    /**
     * A child made with {@code CLONE_UNTRACED}.
     *
     * @param line where it was made
     * @param tid as the caller's pid namespace numbers it
     */
    record UntracedChild(long line, long tid) {}

    /** The end of a trace that cannot be read again. */
    static final TraceEnd UNKNOWN = new TraceEnd(
            0, 0, OptionalInt.empty(), ImmutableSortedSet.of(), 0, false, ImmutableSortedSet.of(), ImmutableList.of());

    /** Reads a whole trace; it takes about a second for each 500 MB. */
    static TraceEnd of(Path trace) throws IOException {
        EndHandler handler = new EndHandler();
        long lines;
        try (InputStream in = Files.newInputStream(trace)) {
            int workers = Math.min(2, Runtime.getRuntime().availableProcessors());
            lines = new TraceReader(in).forEach(handler, new TraceScan(), workers);
        }
        return new TraceEnd(
                lines,
                handler.root,
                handler.rootStatus,
                ImmutableSortedSet.copyOf(handler.live),
                handler.damaged,
                isCut(trace),
                ImmutableSortedSet.copyOf(handler.programs),
                ImmutableList.copyOf(handler.untraced));
    }

    /** Whether a file ends without the end of a line. */
    static boolean isCut(Path trace) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(trace.toFile(), "r")) {
            if (file.length() == 0) {
                return false;
            }
            file.seek(file.length() - 1);
            return file.read() != '\n';
        }
    }

    /** Follows the tasks from their first line to the one of their end. */
    private static final class EndHandler implements LineHandler {
        private static final Pattern FLAGS = Pattern.compile("flags=0x([0-9a-f]{1,16})");
        private static final Pattern PROGRAM = Pattern.compile("execve\\(\"([^\"\\\\]{1,4096})\"");
        private static final long CLONE_UNTRACED = 0x800000;
        /** The greatest number that is kept, as many as a person would read. */
        private static final int MOST = 100;

        private final Set<Integer> live = new TreeSet<>();
        private final Set<Integer> hiding = new HashSet<>();
        private final Set<String> programs = new TreeSet<>();
        private final List<UntracedChild> untraced = new ArrayList<>();
        /** The names of calls that make no tasks. */
        private final BitSet plain = new BitSet();

        private int root;
        /** A live task, or 0. */
        private int latest;

        private OptionalInt rootStatus = OptionalInt.empty();
        private long damaged;

        @Override
        public boolean scanned(int tid, int number, int summary) {
            boolean isCall = ScanSummary.isCall(summary) || ScanSummary.isResumed(summary);
            if (ScanSummary.isExit(summary) || (tid != latest && !live.contains(tid))) {
                return false;
            }
            latest = tid;
            return !isCall || plain.get(ScanSummary.name(summary));
        }

        @Override
        public void accept(Line line) {
            int tid = line.tid();
            if (root == 0) {
                root = tid;
            }
            switch (line.kind()) {
                case CALL, RESUMED -> call(line, tid);
                case EXIT -> {
                    latest = 0;
                    live.remove(tid);
                    if (tid == root && rootStatus.isEmpty()) {
                        rootStatus = OptionalInt.of(line.nameStart() == line.nameEnd() ? (int) line.value() : KILLED);
                    }
                }
                case SUPERSEDED -> {
                    latest = 0;
                    live.remove(line.otherTid());
                    live.add(tid);
                }
                case SIGNAL -> live.add(tid);
                case UNPARSED, CONTINUATION -> damaged(line);
                default -> {}
            }
        }

        /** Notes the program; names that strace must escape are not noted. */
        private void executed(Line line) {
            Matcher program = PROGRAM.matcher(line.text());
            if (program.find() && programs.size() < MOST) {
                programs.add(program.group(1));
            }
        }

        private void call(Line line, int tid) {
            live.add(tid);
            if (line.ending() == Ending.CUT) {
                damaged(line);
            }
            if (line.name().startsWith("execve")) {
                executed(line);
                return;
            }
            if (!line.name().startsWith("clone")) {
                plain.set(ScanSummary.name(line.scanned()));
                return;
            }
            if (line.kind() == LineKind.CALL && isHiding(line)) {
                hiding.add(tid);
            }
            if (line.ending() != Ending.UNFINISHED && hiding.remove(tid)) {
                hide(line);
            }
        }

        private static boolean isHiding(Line line) {
            Matcher flags = FLAGS.matcher(line.text());
            return flags.find() && (Long.parseUnsignedLong(flags.group(1), 16) & CLONE_UNTRACED) != 0;
        }

        private void hide(Line line) {
            if (line.ending() == Ending.VALUE && line.value() > 0 && untraced.size() < MOST) {
                untraced.add(new UntracedChild(line.lineNumber(), line.value()));
            }
        }

        private void damaged(Line line) {
            if (damaged == 0) {
                damaged = line.lineNumber();
            }
        }
    }
}
