package io.github.strait.bpf;

import com.google.common.collect.ImmutableTable;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.Map;

/**
 * How often each call was made, by ABI and number: what a layout is chosen by.
 *
 * @param counts positive
 */
public record Frequencies(ImmutableTable<Arch, Integer, Long> counts) {
    /** Nothing is known. */
    public static final Frequencies UNKNOWN = new Frequencies(ImmutableTable.of());

    public Frequencies {
        counts.values().forEach(count -> {
            if (count <= 0) {
                throw new IllegalArgumentException(count + " calls");
            }
        });
    }

    /** Counts by name; a name without a number on its ABI is passed over, because no filter sees it. */
    public static Frequencies ofNames(Map<Arch, ? extends Map<String, Long>> names) {
        ImmutableTable.Builder<Arch, Integer, Long> counts = ImmutableTable.builder();
        names.forEach((arch, calls) -> calls.forEach((name, count) ->
                SyscallTable.of(arch).number(name).ifPresent(number -> counts.put(arch, number, count))));
        return new Frequencies(counts.buildOrThrow());
    }

    /** How many calls of this ABI were made. */
    long of(Arch arch) {
        return counts.row(arch).values().stream().mapToLong(Long::longValue).sum();
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }
}
