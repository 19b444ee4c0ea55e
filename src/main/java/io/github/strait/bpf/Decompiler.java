package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Table;
import com.google.common.collect.TreeBasedTable;
import io.github.strait.argument.Argument;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.ArgumentSpace;
import io.github.strait.profile.CoverException;
import io.github.strait.profile.Decision;
import io.github.strait.profile.DecisionRegions;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads filters as rules: the reverse of {@link FilterCompiler}, for filters of any origin. Each number of each ABI is
 * run for all arguments at once, and so are the numbers that no table knows.
 */
public final class Decompiler {
    /** Bounds the time for the calls without a name, on each ABI. */
    private static final long NAMELESS_STEPS = 1L << 20;

    private static final Decision KILL = Decision.of(Action.KILL_THREAD);

    private final FilterStack stack;
    private final FilterStack.Symbolic symbolic;
    private final Map<Integer, ArgumentSpace> spaces = new TreeMap<>();
    private final Table<Arch, String, DecisionRegions> calls = TreeBasedTable.create();
    private final Map<Arch, Decision> defaults = new EnumMap<>(Arch.class);
    private final Set<String> notes = new LinkedHashSet<>();
    private @Nullable String gap;

    private Decompiler(FilterStack stack) {
        this.stack = stack;
        this.symbolic = new FilterStack.Symbolic(stack);
    }

    /**
     * The meaning of filters on the machines whose ABIs they distinguish, or on one machine when they distinguish none.
     *
     * @param isBigEndian the byte order of the filters
     * @param usual the machine that is meant when the filters do not show it
     */
    public static Decompiled decompile(FilterStack stack, boolean isBigEndian, Arch usual) {
        Decompiler decompiler = new Decompiler(stack);
        Set<Arch> abis = decompiler.abis(isBigEndian, usual);
        abis.forEach(decompiler::read);
        return decompiler.decompiled(abis.iterator().next());
    }

    /** Decisions that look at no argument, each once. */
    private record Plain(ArgumentSpace space, Map<Decision, DecisionRegions> known) {
        Plain(ArgumentSpace space) {
            this(space, new HashMap<>());
        }

        DecisionRegions of(Decision decision) {
            return known.computeIfAbsent(decision, key -> DecisionRegions.always(space, key));
        }
    }

    private Set<Arch> abis(boolean isBigEndian, Arch usual) {
        Set<Arch> machines = EnumSet.noneOf(Arch.class);
        for (Program program : stack.programs()) {
            List<Facts> facts = Facts.of(program);
            for (int at = 0; at < program.size(); at++) {
                if (facts.get(at).isArch() && program.instructions().get(at) instanceof Branch branch) {
                    int token = branch.operand().value();
                    Arrays.stream(Arch.values())
                            .filter(abi -> abi.auditToken() == token && abi.isBigEndian() == isBigEndian)
                            .forEach(abi -> machines.add(abi.nativeArch()));
                }
            }
        }
        if (machines.isEmpty() && usual.isBigEndian() != isBigEndian) {
            throw RefusalException.of(
                    "unreadable-profile",
                    "a filter for another machine than " + usual.nativeArch().label()
                            + ", which it does not tell; name the machine with --arch");
        }
        if (machines.isEmpty()) {
            machines.add(usual.nativeArch());
        }
        Set<Arch> abis = EnumSet.noneOf(Arch.class);
        machines.forEach(machine -> abis.addAll(machine.personalities()));
        return abis;
    }

    private void read(Arch abi) {
        Decision byDefault = byDefault(abi);
        ArgumentSpace space =
                spaces.computeIfAbsent(abi.pointerBits(), bits -> new ArgumentSpace(bits, StackDecisions.STEPS));
        Map<String, DecisionRegions> named = new TreeMap<>();
        Plain plain = new Plain(space);
        SyscallTable.of(abi)
                .numbers()
                .forEach((name, number) ->
                        named.put(name, regions(plain, abi, name, number).orElseGet(() -> plain.of(byDefault))));
        DecisionRegions always = plain.of(byDefault);
        if (!byDefault.equals(KILL) || named.values().stream().anyMatch(regions -> regions != always)) {
            defaults.put(abi, byDefault);
            named.forEach((name, regions) -> calls.put(abi, name, regions));
        }
    }

    private Decompiled decompiled(Arch first) {
        // filters that kill everything list nothing
        AbiRules rules = defaults.isEmpty() ? new AbiRules(Map.of(first, KILL), calls) : new AbiRules(defaults, calls);
        AbiProfiles profiles = rules.profiles();
        Optional<String> inexpressible = gap == null ? rules.gap() : Optional.of(gap);
        return new Decompiled(
                stack,
                profiles,
                inexpressible,
                inexpressible.isPresent() ? Optional.empty() : rules.profile(),
                rules.difference(),
                ImmutableList.copyOf(notes));
    }

    /** The decisions about a call; empty when no rule could say them. */
    private Optional<DecisionRegions> regions(Plain plain, Arch abi, String name, int number) {
        ArgumentSpace space = plain.space();
        Map<Integer, Integer> values;
        try {
            values = symbolic.run(space, CallWords.of(space, abi, number, Argument.ALL_UNKNOWN)::at, ArgumentSpace.ALL);
        } catch (CoverException e) {
            gap(abi, name, "they compute more with its arguments than can be followed");
            return Optional.empty();
        }
        if (values.size() > 1 && !values.values().stream().allMatch(space::isOfArguments)) {
            gap(
                    abi,
                    name,
                    "they look at the address of the call or at bits beyond the width of its arguments, which no rule"
                            + " can");
            return Optional.empty();
        }
        Map<Decision, Integer> decisions = decisions(space, values);
        return Optional.of(
                decisions.size() == 1
                        ? plain.of(decisions.keySet().iterator().next())
                        : DecisionRegions.of(space, decisions));
    }

    private Map<Decision, Integer> decisions(ArgumentSpace space, Map<Integer, Integer> values) {
        Map<Decision, Integer> decisions = new TreeMap<>(DecisionRegions.BY_LENIENCY);
        values.forEach((value, set) -> {
            Decision decision = FilterStack.decision(value);
            if (isMoreThan(decision, value)) {
                notes.add("TRAP and TRACE carry a number to the program or its tracer that no profile says");
            }
            decisions.merge(decision, set, space::or);
        });
        return decisions;
    }

    /** Whether the value has a part that the decision lacks, and that a handler or a tracer sees. */
    private static boolean isMoreThan(Decision decision, int value) {
        return (decision.action() == Action.TRAP || decision.action() == Action.TRACE)
                && decision.returnValue() != value;
    }

    /** The decision about numbers that no table knows; the strictest when they are several, and a note then. */
    private Decision byDefault(Arch abi) {
        ArgumentSpace space = new ArgumentSpace(abi.pointerBits(), NAMELESS_STEPS);
        Map<Decision, Integer> decisions;
        try {
            int numbers = CallWords.nameless(space, abi);
            decisions = decisions(space, symbolic.run(space, CallWords.of(space, abi)::at, numbers));
        } catch (CoverException e) {
            throw StackDecisions.refusal(e);
        }
        Set<Decision> some = new TreeSet<>(DecisionRegions.BY_LENIENCY);
        some.addAll(decisions.keySet());
        Decision strictest = some.iterator().next();
        if (some.size() > 1) {
            notes.add("numbers that no table of " + abi.label() + " has get " + some + "; no profile tells them apart,"
                    + " so " + strictest + " stands for them");
        }
        return strictest;
    }

    private void gap(Arch abi, String name, String why) {
        if (gap == null) {
            gap = "the filters' decisions about '" + name + "' on " + abi.label() + " cannot be put into rules: " + why;
        }
    }
}
