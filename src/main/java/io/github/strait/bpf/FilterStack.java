package io.github.strait.bpf;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import io.github.strait.profile.Action;
import io.github.strait.profile.ArgumentSpace;
import io.github.strait.profile.CoverException;
import io.github.strait.profile.Decision;
import io.github.strait.profile.SeccompData;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * The filters of a task. The kernel runs all of them for each call, the newest first. The strictest action wins; of
 * equal actions the newest filter's data, as in {@code seccomp_run_filters} of {@code kernel/seccomp.c}.
 *
 * @param programs one or more, the oldest first
 */
public record FilterStack(ImmutableList<Program> programs) {
    private static final int ACTION = 0xffff0000;

    public FilterStack {
        Preconditions.checkArgument(!programs.isEmpty(), "no filter");
    }

    /** One filter alone. */
    public static FilterStack of(Program program) {
        return new FilterStack(ImmutableList.of(program));
    }

    /** Filters, the oldest first. */
    public static FilterStack of(Iterable<Program> programs) {
        return new FilterStack(ImmutableList.copyOf(programs));
    }

    /** The filter that was loaded last. */
    public Program newest() {
        return programs.get(programs.size() - 1);
    }

    /** The decision about a call. */
    public Decision decide(SeccompData data) {
        int value = Action.ALLOW.returnValue();
        for (Program program : programs.reverse()) {
            value = stricter(value, Emulator.run(program, data).value());
        }
        return decision(value);
    }

    /** The kernel compares actions as signed numbers, unknown ones too. */
    private static int stricter(int newer, int older) {
        return (older & ACTION) < (newer & ACTION) ? older : newer;
    }

    static Decision decision(int value) {
        return new ProgramResult(value, 0).decision();
    }

    /** The symbolic programs of a stack. */
    static final class Symbolic {
        private final ImmutableList<SymbolicProgram> newestFirst;

        Symbolic(FilterStack stack) {
            this.newestFirst = stack.programs.reverse().stream()
                    .map(SymbolicProgram::new)
                    .collect(ImmutableList.toImmutableList());
        }

        /**
         * The values that the kernel acts on, each with its calls.
         *
         * @throws CoverException as {@link SymbolicProgram#run}
         */
        Map<Integer, Integer> run(ArgumentSpace space, IntFunction<Word> words, int calls) {
            Map<Integer, Integer> all = Map.of(Action.ALLOW.returnValue(), calls);
            for (SymbolicProgram program : newestFirst) {
                Map<Integer, Integer> combined = new TreeMap<>();
                Map<Integer, Integer> more = program.run(space, words, calls);
                all.forEach((newer, here) -> more.forEach((older, there) -> {
                    int both = space.and(here, there);
                    if (both != ArgumentSpace.NONE) {
                        combined.merge(stricter(newer, older), both, space::or);
                    }
                }));
                all = combined;
            }
            return all;
        }
    }
}
