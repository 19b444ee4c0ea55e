package io.github.strait.verify;

import com.google.common.collect.ImmutableList;
import io.github.strait.observe.ArgumentWatch;
import io.github.strait.observe.Observation;
import io.github.strait.observe.Run;
import io.github.strait.syscall.Arch;

/**
 * What was observed, and the arguments that were collected meanwhile.
 *
 * @param watch asked for at least the {@linkplain Filter#arguments arguments} that the profile looks at
 */
public record Observed(Observation observation, ArgumentWatch watch) {

    /** The part that one run shows. */
    Observed only(Run run) {
        return new Observed(Observation.of(ImmutableList.of(run)), watch);
    }

    /** The samples of one call in a run. */
    ImmutableList<ArgumentWatch.Sample> samples(Run run, Arch arch, String name) {
        return watch.of(run).stream()
                .filter(sample -> sample.arch() == arch && sample.name().equals(name))
                .collect(ImmutableList.toImmutableList());
    }
}
