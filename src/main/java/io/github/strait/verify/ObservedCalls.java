package io.github.strait.verify;

import com.google.common.collect.ImmutableList;
import io.github.strait.observation.ArgumentSamples;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;

/**
 * The observed calls, and the arguments that were collected with them.
 *
 * @param arguments those asked for are at least the {@linkplain Filter#arguments arguments} that the profile looks at
 */
public record ObservedCalls(Observation observation, ArgumentSamples arguments) {

    /** The part that one run shows. */
    ObservedCalls only(Run run) {
        return new ObservedCalls(Observation.of(ImmutableList.of(run)), arguments);
    }

    /** The samples of one call in a run. */
    ImmutableList<ArgumentSamples.Sample> samples(Run run, Arch arch, String name) {
        return arguments.of(run).stream()
                .filter(sample -> sample.arch() == arch && sample.name().equals(name))
                .collect(ImmutableList.toImmutableList());
    }
}
