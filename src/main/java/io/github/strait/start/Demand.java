package io.github.strait.start;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.runtime.Launch;
import io.github.strait.runtime.RuntimeArgument;
import io.github.strait.runtime.RuntimeCall;
import io.github.strait.runtime.RuntimeCall.Mode;
import io.github.strait.runtime.RuntimeCall.Need;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a launch asks of a profile: that a call is allowed, or that it is with a certain value.
 *
 * @param value empty for the call by its name
 */
record Demand(RuntimeCall call, Optional<RuntimeArgument> value) {
    /** All that a launch asks for. */
    static Stream<Demand> of(Launch launch) {
        return launch.calls().stream()
                .flatMap(call -> Stream.concat(
                        Stream.of(new Demand(call, Optional.empty())),
                        call.arguments().stream().map(value -> new Demand(call, Optional.of(value)))));
    }

    Need need() {
        return value.map(RuntimeArgument::need).orElse(call.need());
    }

    boolean isOfExec() {
        return call.mode() == Mode.EXEC;
    }

    /**
     * Demands that are not met.
     *
     * @param calls the names of the calls
     * @param words the names, or with the value: {@code prctl(PR_CAPBSET_DROP)}
     */
    record Unmet(ImmutableSortedSet<String> calls, String words) {
        static Unmet of(Collection<Launch> launches, Predicate<Demand> isUnmet, Predicate<String> exists) {
            ImmutableSortedSet.Builder<String> calls = ImmutableSortedSet.naturalOrder();
            ImmutableSortedSet.Builder<String> words = ImmutableSortedSet.naturalOrder();
            launches.stream()
                    .flatMap(Demand::of)
                    .filter(isUnmet)
                    .forEach(demand -> demand.call.names().stream()
                            .filter(exists)
                            .limit(1)
                            .forEach(name -> {
                                calls.add(name);
                                words.add(demand.value
                                        .map(value -> value.words(name))
                                        .orElse(name));
                            }));
            return new Unmet(calls.build(), String.join(" ", words.build()));
        }

        boolean isEmpty() {
            return calls.isEmpty();
        }
    }
}
