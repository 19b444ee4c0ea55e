package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.SetMultimap;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;

/** The printed arguments that were collected beside an observation, by run; an observation itself has none. */
public final class ArgumentSamples {
    /** Of evidence whose arguments were not asked for. */
    public static final ArgumentSamples NONE = new ArgumentSamples(ImmutableSetMultimap.of());

    /**
     * Calls that were alike in all arguments that were asked for.
     *
     * @param name libseccomp's
     * @param texts the arguments as printed, empty where it was not asked for, the trace does not say, or it is not a
     *     number; fewer than the call has when the line has fewer
     */
    public record Sample(
            Arch arch, String name, String program, ImmutableList<String> texts, long count, SourcePosition first) {}

    private final ImmutableSetMultimap<String, Sample> byRun;

    /** @param byRun the samples by the {@link #key} of their run */
    public ArgumentSamples(SetMultimap<String, Sample> byRun) {
        this.byRun = ImmutableSetMultimap.copyOf(byRun);
    }

    /** What was collected of a run; empty for one that was read from an observation. */
    public ImmutableList<Sample> of(Run run) {
        return ImmutableList.copyOf(byRun.get(key(run.id(), run.source())));
    }

    /** Stands for a run. One trace may be read under two names, of which the observation keeps one. */
    public static String key(String id, String source) {
        return id + ' ' + source;
    }
}
