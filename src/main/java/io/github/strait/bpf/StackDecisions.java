package io.github.strait.bpf;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import io.github.strait.argument.Argument;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.ArgumentSpace;
import io.github.strait.profile.CoverException;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The decisions that filters from elsewhere may return for a call when some arguments are unknown. Unlike
 * {@link PossibleDecisions} it is exact, and it takes every program, but it may refuse one that computes much.
 */
public final class StackDecisions {
    /** Bounds the time of all calls together. */
    static final long STEPS = 1L << 22;

    private final FilterStack.Symbolic stack;
    private final Map<Integer, ArgumentSpace> spaces = new HashMap<>();

    public StackDecisions(FilterStack stack) {
        this.stack = new FilterStack.Symbolic(stack);
    }

    /**
     * The decisions, at least one.
     *
     * @param arguments six
     * @throws RefusalException when the filters compute too much with the arguments
     */
    public ImmutableSet<Decision> of(Arch abi, int number, List<Argument> arguments) {
        ImmutableSet.Builder<Decision> decisions = ImmutableSet.builder();
        values(abi, number, arguments).keySet().forEach(value -> decisions.add(FilterStack.decision(value)));
        return decisions.build();
    }

    private Map<Integer, Integer> values(Arch abi, int number, List<Argument> arguments) {
        ArgumentSpace space = space(abi);
        try {
            return stack.run(space, CallWords.of(space, abi, number, arguments)::at, ArgumentSpace.ALL);
        } catch (CoverException e) {
            throw refusal(e);
        }
    }

    /**
     * Adds the arguments, from 0, that decisions depend on, by the name of the call.
     *
     * @param abis those whose calls are looked at
     */
    public void addArguments(Set<Arch> abis, SetMultimap<String, Integer> arguments) {
        for (Arch abi : abis) {
            ArgumentSpace space = space(abi);
            SyscallTable.of(abi).numbers().forEach((name, number) -> {
                Map<Integer, Integer> values = values(abi, number, Argument.ALL_UNKNOWN);
                values.values().forEach(set -> arguments.putAll(name, space.arguments(set)));
            });
        }
    }

    private ArgumentSpace space(Arch abi) {
        return spaces.computeIfAbsent(abi.pointerBits(), bits -> new ArgumentSpace(bits, STEPS));
    }

    static RefusalException refusal(CoverException cause) {
        RefusalException refusal = RefusalException.of(
                "unreadable-profile",
                "the filter computes more with the arguments of calls than can be followed; no known compiler writes"
                        + " such filters");
        refusal.initCause(cause);
        return refusal;
    }
}
