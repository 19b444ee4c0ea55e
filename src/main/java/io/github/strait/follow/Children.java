package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Completeness.Place;
import io.github.strait.observation.Completeness.Sign;
import io.github.strait.observation.Omission;
import io.github.strait.trace.Positioned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The children and threads that forks returned, and the tasks that were seen. With {@code -f} the least that a child
 * leaves is the line of its end, so one without any line was hidden from strace, or its file is missing. In a pid
 * namespace the numbers differ, and only the number of children can be compared with that of tasks that nothing announced.
 */
final class Children implements RunWatcher {
    /** Children that are remembered by name; more are counted. */
    private static final int NAMED = 1 << 12;

    /** A child that a fork announced. */
    private record Announced(SourcePosition at, boolean untraced) {
        Place place(int tid) {
            return new Place(at, tid + (untraced ? " (CLONE_UNTRACED)" : ""));
        }
    }

    private final TidCounts tids = new TidCounts();
    private final Map<Integer, Announced> open = new LinkedHashMap<>();
    private @Nullable Place first;
    private long announced;
    private long missing;
    private long seen;
    private boolean numbersDiffer;
    private boolean isOfSet;
    private final RunStart start;

    Children(RunStart start) {
        this.start = start;
    }

    @Override
    public void fileEnds(FileEnd end) {
        isOfSet |= end.isOfSet();
    }

    /**
     * A fork has returned the tid of a child, as the caller's pid namespace numbers it.
     *
     * @param flags its {@link CloneFlags}
     */
    void announce(int flags, long returned, Positioned line) {
        int tid = returned > Integer.MAX_VALUE ? 0 : (int) returned;
        if (!tids.announce(tid)) {
            return;
        }
        announced++;
        numbersDiffer |= (flags & CloneFlags.NEW_PID_NAMESPACE) != 0;
        boolean isMissing = tids.announced(tid) > tids.seen(tid);
        missing += isMissing ? 1 : 0;
        if (first == null || (isMissing && open.size() < NAMED)) {
            Announced child = new Announced(line.position(), (flags & CloneFlags.UNTRACED) != 0);
            first = first == null ? child.place(tid) : first;
            if (isMissing) {
                open.putIfAbsent(tid, child);
            }
        }
    }

    /** A task is seen that was not before; tid 0 when it has none. */
    void see(int tid) {
        seen++;
        if (tids.missing(tid) > 0) {
            missing--;
        }
        tids.see(tid);
        if (tids.missing(tid) == 0) {
            open.remove(tid);
        }
    }

    /** A task that had no tid is known by one now. */
    void name(int tid) {
        seen--;
        see(tid);
    }

    /** The line of the end of a task that has called exit may follow. */
    void await(int tid) {
        tids.await(tid);
    }

    /** The end of a task that does not live: the line after its last call, or its only one. */
    void end(int tid) {
        if (!tids.isAwaited(tid)) {
            see(tid);
        }
    }

    /** Tasks know themselves by other tids than strace does. */
    void numbersDiffer() {
        numbersDiffer = true;
    }

    /** How many tasks have lines. */
    long seen() {
        return seen;
    }

    /** The children that no task can be. */
    @Override
    public void runEnds(RunFindings findings) {
        // nothing announces the first task of a run that shows its start
        long unannounced = Math.max(0, seen - (announced - missing) - 1);
        boolean byNumber = !numbersDiffer && announced > missing && !(start.isShown() && unannounced >= missing);
        long lost = byNumber ? missing : missing - unannounced;
        if (lost > 0 && first != null && !findings.names().isEmpty()) {
            add(findings.omissions(), byNumber, lost, first);
        }
    }

    /**
     * Adds the omissions.
     *
     * @param byNumber whether it is known which children are missing
     * @param lost how many are
     */
    private void add(Omissions omissions, boolean byNumber, long lost, Place place) {
        List<Place> absent = new ArrayList<>();
        List<Place> overwritten = new ArrayList<>();
        long over = 0;
        for (Map.Entry<Integer, Announced> each : open.entrySet()) {
            int tid = each.getKey();
            Announced child = each.getValue();
            if (isOfSet && byNumber && tids.seen(tid) > 0) {
                over += tids.missing(tid);
                overwritten.add(new Place(child.at, tid + " " + tids.announced(tid)));
            } else if (byNumber || lost == missing || child.untraced) {
                absent.add(child.place(tid));
            }
        }
        if (over > 0) {
            omissions.put(Omission.FILES_OVERWRITTEN, Sign.of(over, overwritten));
        }
        if (lost > over) {
            List<Place> places = absent.isEmpty() ? List.of(new Place(place.at(), "")) : absent;
            omissions.put(Omission.CHILDREN_MISSING, Sign.of(lost - over, places));
        }
    }
}
