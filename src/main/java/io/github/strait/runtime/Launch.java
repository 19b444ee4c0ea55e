package io.github.strait.runtime;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import java.util.Collection;
import java.util.List;

/**
 * One way to start a program under a filter.
 *
 * @param runtime the runtime that makes the calls, as in {@code runtimes.tsv}
 * @param from the oldest version that makes these; {@link Release#ANY} when all versions make the same
 * @param init the program that runs first; empty when there is none
 * @param calls what the runtime, and the init, call under the filter
 */
public record Launch(String runtime, Release from, String init, ImmutableList<RuntimeCall> calls) {
    /** One for each version of the runtime that has rows of its own, with each init. */
    static List<Launch> all(
            String runtime, Collection<RuntimeCall> ofRuntime, ListMultimap<String, RuntimeCall> ofInits) {
        ImmutableListMultimap<Release, RuntimeCall> byVersion = Multimaps.index(ofRuntime, RuntimeCall::from);
        ImmutableList.Builder<Launch> launches = ImmutableList.builder();
        for (Release from : byVersion.keySet()) {
            if (ofInits.isEmpty()) {
                launches.add(new Launch(runtime, from, "", byVersion.get(from)));
            }
            for (String init : ofInits.keySet()) {
                ImmutableList<RuntimeCall> calls = ImmutableList.<RuntimeCall>builder()
                        .addAll(byVersion.get(from))
                        .addAll(ofInits.get(init))
                        .build();
                launches.add(new Launch(runtime, from, init, calls));
            }
        }
        return launches.build();
    }

    /** As in {@code runc 1.1} or {@code crun 1.9 with tini}. */
    public String label() {
        return (runtime + " " + from).strip() + (init.isEmpty() ? "" : " with " + init);
    }
}
