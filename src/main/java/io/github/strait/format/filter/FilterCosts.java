package io.github.strait.format.filter;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.ActionCache;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.InstructionCount;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.Diagnostic;

/** Notes on what a compiled filter costs when the kernel runs it. */
public final class FilterCosts {
    private FilterCosts() {}

    /**
     * How long it is, how many instructions the observed calls take, and how many calls need none.
     *
     * @param frequencies how often each call was made
     */
    public static ImmutableList<Diagnostic> of(Program program, Frequencies frequencies) {
        InstructionCount count = InstructionCount.of(program, frequencies);
        return ImmutableList.of(
                Diagnostic.note(
                        "filter-cost",
                        null,
                        "the filter has " + program.size() + " instructions and runs " + count + " over "
                                + count.calls() + " observed calls"),
                Diagnostic.note(
                        "filter-cache",
                        null,
                        "Linux 5.11 and later allow " + ActionCache.covered(program, frequencies) + " of the "
                                + count.calls() + " observed calls without running the filter"));
    }
}
