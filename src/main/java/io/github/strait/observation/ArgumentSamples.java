package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.SetMultimap;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;

/** Printed arguments, by run. They are collected separately: an observation has none. */
public final class ArgumentSamples {
    /** No samples: no arguments were asked for. */
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

    /** The samples of a run; none if it was read from an observation. */
    public ImmutableList<Sample> of(Run run) {
        return ImmutableList.copyOf(byRun.get(key(run.id(), run.source())));
    }

    /** The key of a run. One trace may be read under two names; the observation keeps one of them. */
    public static String key(String id, String source) {
        return id + ' ' + source;
    }
}
