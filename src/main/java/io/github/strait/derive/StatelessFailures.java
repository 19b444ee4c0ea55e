package io.github.strait.derive;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.observation.Observation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Calls that only probe for a kernel feature. When they only ever failed, a profile can return the same error. */
final class StatelessFailures {
    private static final ImmutableMap<String, List<String>> ROWS = TableResource.read(
                    StatelessFailures.class, "stateless-failures.tsv")
            .index(row -> row);

    private StatelessFailures() {}

    /**
     * The errors, by name of the call, that a profile can return instead of allowing it. The evidence of all ABIs must
     * agree.
     */
    static ImmutableSortedMap<String, Denial> in(Observation observation) {
        Map<String, SyscallObservation> all = new TreeMap<>();
        observation
                .architectures()
                .values()
                .forEach(seen -> seen.syscalls().forEach((name, call) -> {
                    if (ROWS.containsKey(name)) {
                        all.merge(name, call, SyscallObservation::plus);
                    }
                }));
        ImmutableSortedMap.Builder<String, Denial> answers = ImmutableSortedMap.naturalOrder();
        all.forEach((name, call) -> answer(name, call).ifPresent(answer -> answers.put(name, answer)));
        return answers.buildOrThrow();
    }

    private static Optional<Denial> answer(String name, SyscallObservation seen) {
        List<String> row = ROWS.get(name);
        boolean isAlwaysTheSame = seen.errors().size() == 1
                && seen.succeeded() == 0
                && seen.unreturned() == 0
                && seen.alternatives().isEmpty();
        if (row == null || !isAlwaysTheSame) {
            return Optional.empty();
        }
        String errno = seen.errors().firstKey();
        return TableResource.words(row.get(1)).contains(errno)
                ? Optional.of(new Denial(errno, "seen, and it only ever failed so: " + row.get(2), Denial.Cause.ELIDED))
                : Optional.empty();
    }
}
