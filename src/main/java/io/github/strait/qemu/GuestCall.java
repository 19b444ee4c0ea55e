package io.github.strait.qemu;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.SyscallObservation;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts one call of the guest, and the results that are certainly its own. */
final class GuestCall {
    private final SourcePosition first;
    private final TreeSet<String> alternatives = new TreeSet<>();
    private final TreeMap<String, Long> errors = new TreeMap<>();
    private long count;
    private long succeeded;
    private long failed;

    GuestCall(SourcePosition first) {
        this.first = first;
    }

    /** @param others what the name may mean instead */
    void begin(ImmutableSortedSet<String> others) {
        count++;
        alternatives.addAll(others);
    }

    void end(GuestResult result) {
        if (result.kind() == GuestResult.Kind.SUCCESS) {
            succeeded++;
        } else if (result.kind() == GuestResult.Kind.ERROR) {
            failed++;
            errors.merge(result.error(), 1L, Long::sum);
        }
    }

    /** The call, without arguments; a result that is in doubt is unknown. */
    SyscallObservation observation(String program) {
        return new SyscallObservation(
                count,
                succeeded,
                count - succeeded - failed,
                ImmutableSortedMap.copyOfSorted(errors),
                first,
                ImmutableSortedSet.of(program),
                false,
                ImmutableSortedSet.copyOfSorted(alternatives));
    }
}
