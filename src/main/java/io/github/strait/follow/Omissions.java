package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.Completeness.Place;
import io.github.strait.observation.Completeness.Sign;
import io.github.strait.observation.Omission;
import io.github.strait.trace.Ascii;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what shows that a run is not whole. It looks at parsed lines, and these are few: those that
 * begin or end tasks, or show a call for the first time.
 */
final class Omissions {
    private static final byte[] DETACHED = " <detached ...>".getBytes(StandardCharsets.US_ASCII);

    /** Signals that leave a task alive where nothing handles them. */
    private static final Set<String> HARMLESS =
            Set.of("SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGWINCH");

    private static final int TEXT = 120;

    private final Map<Omission, Long> counts = new EnumMap<>(Omission.class);
    private final Map<Omission, List<Place>> places = new EnumMap<>(Omission.class);
    private final CallFilter filter = new CallFilter();
    private final Map<Integer, SourcePosition> ends = new HashMap<>();
    private @Nullable SourcePosition end;
    private @Nullable SourcePosition firstCall;
    private boolean started;
    private boolean atFileStart = true;
    private boolean isSet;
    private boolean hasEnds;
    private long lastLine;
    private LineKind lastKind = LineKind.BLANK;
    private boolean lastIsWhole;
    private boolean lastIsOdd;
    private boolean lastIsFatal;
    private boolean endsByKill;
    private @Nullable SourcePosition lastCut;

    CallFilter filter() {
        return filter;
    }

    void add(Omission omission, SourcePosition at, String what) {
        counts.merge(omission, 1L, Long::sum);
        List<Place> known = places.computeIfAbsent(omission, key -> new ArrayList<>());
        if (known.size() < Sign.PLACES) {
            known.add(new Place(at, what));
        }
    }

    /** The lines that follow are those of another file. */
    void nextFile() {
        atFileStart = true;
    }

    /** A line that is parsed. */
    void look(Line line) {
        lastLine = line.lineNumber();
        lastKind = line.kind();
        lastIsWhole = lastKind == LineKind.EXIT || (lastKind == LineKind.BLANK && line.tid() == Task.ANONYMOUS);
        lastIsOdd = false;
        lastIsFatal = lastKind == LineKind.SIGNAL && !HARMLESS.contains(line.name());
        if (lastKind == LineKind.MESSAGE || lastKind == LineKind.UNPARSED) {
            Optional<StraceMessage> said = StraceMessage.of(line.text(TEXT));
            lastIsOdd = lastKind == LineKind.UNPARSED && said.isEmpty();
            said.ifPresent(message -> {
                if (message.isFailure()) {
                    add(Omission.STRACE_FAILED, line.position(), message.text());
                } else if (message.isDetaching()) {
                    add(Omission.DETACHED, line.position(), "");
                }
            });
        }
    }

    /** A call begins. */
    void began(Task task, PrintedName printed, Line line) {
        boolean executes = printed.role() == PrintedName.Role.EXECVE;
        if (firstCall == null) {
            firstCall = line.position();
        }
        started |= executes && atFileStart;
        atFileStart = false;
        if (printed.role() == PrintedName.Role.FORK) {
            task.forkWith(CloneFlags.of(line));
        }
    }

    /** A task makes another call, and the one before has neither ended nor been resumed. */
    void endMissing(Task task, PrintedName printed, Line line) {
        SourcePosition cut = task.cutAt();
        if (cut != null) {
            add(Omission.LINES_CUT, cut, "");
        } else if (printed.role() != PrintedName.Role.EXIT) {
            add(Omission.HALVES_MISSING, line.position(), "the end of " + printed.name());
        }
    }

    /**
     * A call is resumed that has no beginning. That of a task which strace was attached to is older than the trace, and that
     * of a task which was being killed may not be known as such: {@code ????( <unfinished ...>}.
     */
    void beginningMissing(Task task, PrintedName printed, Line line) {
        if ((started || !task.isFresh()) && line.ending() != Ending.NO_RESULT) {
            add(Omission.HALVES_MISSING, line.position(), "the beginning of " + printed.name());
        }
    }

    /** A call ends with a note that its result will not follow. */
    void abandoned(Line line) {
        int from = Math.max(line.nameEnd(), line.end() - DETACHED.length);
        if (Ascii.indexOf(line.bytes(), from, line.end(), DETACHED) >= 0) {
            add(Omission.DETACHED, line.position(), "");
        }
    }

    /** The line of a task's end. */
    void ended(Line line) {
        hasEnds = true;
        filter.ended(line);
    }

    /**
     * A file was read to its end.
     *
     * @param task that of the file in an {@code -ff} set, if it has not ended
     * @param last its last line
     * @param isOpen whether the last one has no line feed
     */
    void endFile(@Nullable Task task, boolean ofSet, SourcePosition last, boolean isOpen) {
        end = last;
        isSet |= ofSet;
        if (task != null) {
            ends.put(task.tid(), end);
        }
        boolean isParsed = lastLine == last.line();
        endsByKill = isParsed && lastIsFatal;
        boolean isWhole = isParsed && lastIsWhole;
        boolean isCut = (isOpen && !isWhole) || (isParsed && lastIsOdd);
        lastCut = isCut && !ofSet ? end : null;
        if (isCut && task != null) {
            add(Omission.LINES_CUT, end, "");
        }
        lastLine = 0;
    }

    /**
     * What the run shows that was read to its end.
     *
     * @param names the calls, as strace spells them; none where they stand in a table only
     * @param calls how many there are
     * @param warnings what else there is to say of the run
     */
    Completeness end(Children children, Set<String> names, long calls, List<Diagnostic> warnings) {
        TreeMap<Omission, Sign> signs = new TreeMap<>();
        if (!names.isEmpty()) {
            filter.sign(names, calls).ifPresent(sign -> signs.put(Omission.CALLS_MISSING, sign));
            signs.putAll(children.signs(started, isSet));
            if (!started && !signs.containsKey(Omission.CALLS_MISSING) && firstCall != null) {
                add(Omission.START_MISSING, firstCall, "");
            }
        }
        places.forEach((omission, first) -> signs.put(omission, Sign.of(counts.getOrDefault(omission, 0L), first)));
        return new Completeness(children.seen(), ImmutableSortedMap.copyOf(signs), ImmutableList.of()).with(warnings);
    }

    /** The trace ends while these tasks live. */
    void endTrace(Iterable<Task> live) {
        List<Task> left = new ArrayList<>();
        for (Task task : live) {
            if (!task.isOver(hasEnds)) {
                left.add(task);
            }
        }
        if (!hasEnds && endsByKill) {
            left.clear();
        }
        if (left.isEmpty()) {
            places.remove(Omission.DETACHED);
            return;
        }
        left.sort(Comparator.comparingInt(Task::tid));
        for (Task task : left) {
            SourcePosition cut = task.pending() == null ? null : task.cutAt();
            if (cut != null && !cut.equals(lastCut) && !cut.equals(ends.get(task.tid()))) {
                add(Omission.LINES_CUT, cut, "");
            }
        }
        if (lastCut != null) {
            add(Omission.LINES_CUT, lastCut, "");
        }
        List<Place> detached = places.get(Omission.DETACHED);
        if (detached != null) {
            // one task may be let go of twice
            counts.put(Omission.DETACHED, (long) Math.max(left.size(), detached.size()));
        } else {
            left.forEach(task -> add(
                    Omission.TASKS_UNENDED,
                    ends.getOrDefault(task.tid(), end == null ? SourcePosition.ofFile("") : end),
                    task.tid() == Task.ANONYMOUS ? "" : String.valueOf(task.tid())));
        }
    }
}
