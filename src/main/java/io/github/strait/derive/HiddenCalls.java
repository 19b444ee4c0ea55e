package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.condition.CallConditions;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.SyscallTable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The multiplexers that would undo conditions: they make the same calls with arguments in memory. libseccomp lets them in by
 * itself where a profile allows one of their calls. Where nothing needs them they return ENOSYS.
 */
final class HiddenCalls {
    private static final ImmutableList<String> MULTIPLEXERS = ImmutableList.of("socketcall", "ipc");

    private HiddenCalls() {}

    /** The rationales of a document, with denials of the multiplexers that are not allowed. */
    static ImmutableSortedMap<Arch, Rationale> refused(ImmutableSortedMap<Arch, Rationale> rationales) {
        ImmutableSortedMap.Builder<Arch, Rationale> refused = ImmutableSortedMap.naturalOrder();
        for (Map.Entry<Arch, Rationale> each : rationales.entrySet()) {
            refused.put(each.getKey(), refused(each.getKey(), each.getValue(), rationales));
        }
        return refused.build();
    }

    private static Rationale refused(Arch arch, Rationale rationale, Map<Arch, Rationale> all) {
        TreeMap<String, Denial> denials = new TreeMap<>(rationale.denials());
        for (String multiplexer : MULTIPLEXERS) {
            if (SyscallTable.of(arch).contains(multiplexer)
                    && !rationale.reasons().containsKey(multiplexer)
                    && hides(multiplexer, all)) {
                String why =
                        "it makes calls with arguments in memory, where no filter looks; callers make them directly";
                denials.putIfAbsent(multiplexer, new Denial("ENOSYS", why, Denial.Cause.FALLBACK));
            }
        }
        return new Rationale(rationale.reasons(), ImmutableSortedMap.copyOfSorted(denials), rationale.conditions());
    }

    /** Whether a call that it makes has conditions anywhere in the document. */
    private static boolean hides(String multiplexer, Map<Arch, Rationale> all) {
        for (String call : Multiplexer.subcalls(multiplexer)) {
            for (Rationale rationale : all.values()) {
                CallConditions conditions = rationale.conditions().get(call);
                if (conditions != null && conditions.isConditional()) {
                    return true;
                }
            }
        }
        return false;
    }
}
