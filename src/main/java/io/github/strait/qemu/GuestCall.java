package io.github.strait.qemu;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.CallName;
import io.github.strait.observation.SyscallObservation;
import java.util.TreeMap;

/** Counts the calls of the guest that qemu prints by one name, and the results that are certainly their own. */
final class GuestCall {
    private final CallName name;
    private final SourcePosition first;
    private final TreeMap<String, Long> errors = new TreeMap<>();
    private long count;
    private long succeeded;
    private long failed;

    GuestCall(CallName name, SourcePosition first) {
        this.name = name;
        this.first = first;
    }

    /** The libseccomp name. */
    String name() {
        return name.name();
    }

    void begin() {
        count++;
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
                name.alternatives());
    }
}
