package io.github.strait.audit;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.SyscallObservation;
import java.util.TreeSet;

/** Counts the records of one call on one ABI. */
final class CallTally {
    private final SourcePosition first;
    private final TreeSet<String> programs = new TreeSet<>();
    private String last = "";
    private boolean more;
    private long count;

    CallTally(SourcePosition first) {
        this.first = first;
    }

    void add(String program) {
        count++;
        if (program.equals(last) && count > 1) {
            return;
        }
        last = program;
        programs.add(program);
        if (programs.size() > SyscallObservation.PROGRAMS) {
            programs.pollLast();
            more = true;
        }
    }

    long count() {
        return count;
    }

    /** The call, without arguments; its results are not known. */
    SyscallObservation observation() {
        return new SyscallObservation(
                count,
                0,
                count,
                ImmutableSortedMap.of(),
                first,
                ImmutableSortedSet.copyOfSorted(programs),
                more,
                ImmutableSortedSet.of());
    }
}
