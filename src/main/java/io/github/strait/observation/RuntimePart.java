package io.github.strait.observation;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime of a recorded container called before it executed the program: no evidence of the program.
 *
 * @param showsFilter whether the trace shows the runtime install the filter: all that it called under it is known then
 * @param calls by the ABI of the runtime and libseccomp name
 */
public record RuntimePart(
        boolean showsFilter, ImmutableSortedMap<Arch, ImmutableSortedMap<String, RuntimePart.Call>> calls) {
    /**
     * One call of the runtime.
     *
     * @param count how often it was made, at least once
     * @param filtered how often of that under the filter
     * @param first where it was first made
     */
    public record Call(long count, long filtered, SourcePosition first) {
        public Call {
            Preconditions.checkArgument(count > 0 && filtered >= 0 && filtered <= count, "counts that do not fit");
        }

        /** Both together. */
        public Call plus(Call other) {
            return new Call(
                    count + other.count,
                    filtered + other.filtered,
                    first.compareTo(other.first) <= 0 ? first : other.first);
        }

        // hand-written: a record's generated methods are linked on first use, which slows start-up
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Call that
                    && count == that.count
                    && filtered == that.filtered
                    && first.equals(that.first);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(count) + Long.hashCode(filtered);
        }
    }

    /** Whether two readings of a trace say the same, whatever the file is called. */
    static boolean isAlike(Optional<RuntimePart> one, Optional<RuntimePart> other) {
        return one.map(RuntimePart::bare).equals(other.map(RuntimePart::bare));
    }

    private RuntimePart bare() {
        ImmutableSortedMap.Builder<Arch, ImmutableSortedMap<String, Call>> bare = ImmutableSortedMap.naturalOrder();
        calls.forEach((arch, ofAbi) -> bare.put(
                arch,
                ImmutableSortedMap.copyOf(Maps.transformValues(
                        ofAbi,
                        call -> new Call(call.count, call.filtered, new SourcePosition("", call.first.line()))))));
        return new RuntimePart(showsFilter, bare.build());
    }

    /** What the runtimes of all runs called. */
    public static ImmutableSortedMap<Arch, ImmutableSortedMap<String, Call>> sum(Observation observation) {
        TreeMap<Arch, TreeMap<String, Call>> sum = new TreeMap<>();
        for (Run run : observation.runs()) {
            run.runtime()
                    .ifPresent(part -> part.calls.forEach((arch, ofAbi) -> ofAbi.forEach((name, call) ->
                            sum.computeIfAbsent(arch, key -> new TreeMap<>()).merge(name, call, Call::plus))));
        }
        return ImmutableSortedMap.copyOf(Maps.transformValues(sum, ImmutableSortedMap::copyOf));
    }
}
