package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Proof;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.StraceVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides which ABI each group of calls used. All were recorded on one machine, so a machine is possible when it can
 * run every group. What holds on all possible machines is proven. Otherwise the declared machine, this one, or the
 * first possible one is taken.
 */
final class AbiResolver {
    private static final String CONTRADICTION = "abi-contradiction";

    /** strace itself is native, but x32 is not a machine of its own. */
    private static final ImmutableList<Arch> MACHINES =
            Arrays.stream(Arch.values()).filter(arch -> arch != Arch.X32).collect(ImmutableList.toImmutableList());

    private static final StraceVersion FIRST_OF_X86_64 = StraceVersion.parse("4.5");

    /** The ABI of one group. */
    record Decision(Groups.Group group, Arch arch, Proof proof) {}

    private final List<Groups.Group> groups;
    private final Optional<Arch> declared;
    private final List<Arch> possible;

    private AbiResolver(List<Groups.Group> groups, Optional<Arch> declared, List<Arch> possible) {
        this.groups = groups;
        this.declared = declared;
        this.possible = possible;
    }

    /**
     * Decides for the groups of one run.
     *
     * @param declared the machine that the user says recorded the trace
     * @param here the native ABI of this machine
     * @throws RefusalException when the declared machine, or no machine at all, can run what the trace shows
     */
    static List<Decision> resolve(List<Groups.Group> groups, Optional<Arch> declared, Arch here) {
        refuseUnsupported(groups, declared);
        List<Arch> possible = new ArrayList<>(MACHINES.size());
        for (Arch machine : MACHINES) {
            if (canRun(machine, groups)) {
                possible.add(machine);
            }
        }
        AbiResolver resolver = new AbiResolver(groups, declared, possible);
        if (declared.isPresent()) {
            resolver.checkDeclared(declared.get());
            return resolver.decide(declared.get());
        }
        if (possible.isEmpty()) {
            throw severalMachines(groups);
        }
        return resolver.decide(resolver.likeliest(here));
    }

    /** Names alone do not prevail over what the user says. */
    private static void refuseUnsupported(List<Groups.Group> groups, Optional<Arch> declared) {
        UnsupportedMachine first = null;
        for (Groups.Group group : groups) {
            UnsupportedMachine unsupported = group.unsupported();
            boolean outvoted =
                    unsupported != null && unsupported.by() == UnsupportedMachine.By.NAME && declared.isPresent();
            if (unsupported != null && !outvoted && !unsupported.isRuledOutBy(group.candidates())) {
                first = UnsupportedMachine.first(first, unsupported);
            }
        }
        if (first != null) {
            throw first.refusal(declared.map(Arch::label).orElse(""));
        }
    }

    private static boolean canRun(Arch machine, List<Groups.Group> groups) {
        for (Groups.Group group : groups) {
            if (!canRun(machine, group)) {
                return false;
            }
        }
        return true;
    }

    private static boolean canRun(Arch machine, Groups.Group group) {
        return (Abis.personalities(machine) & group.candidates()) != 0
                && !(machine == Arch.X86_64 && isOfStraceWithoutX86_64(group));
    }

    /**
     * Whether strace was too old for a 64-bit machine: it knew x86_64 from 4.5 on, and spelled pread differently by
     * then.
     */
    private static boolean isOfStraceWithoutX86_64(Groups.Group group) {
        return group.candidates() == Abis.of(Arch.X86)
                && group.tallies().all().stream()
                        .flatMap(tally -> StraceName.last(tally.printed.name(), Arch.X86).stream())
                        .anyMatch(last -> last.compareTo(FIRST_OF_X86_64) < 0);
    }

    private void checkDeclared(Arch machine) {
        for (Groups.Group group : groups) {
            if (!canRun(machine, group)) {
                throw contradiction(machine, group);
            }
        }
    }

    /**
     * The 64-bit machine whose usual addresses or libraries the trace shows; this one, unless they are those of another of 32
     * bits; else the first.
     */
    private Arch likeliest(Arch here) {
        int hints = 0;
        for (Groups.Group group : groups) {
            hints |= group.hints();
        }
        boolean isOfHere = hints == 0 || (hints & Abis.personalities(here)) != 0;
        Optional<Arch> hinted = hinted(hints & Abis.WIDE);
        if (hinted.isEmpty() && !(isOfHere && possible.contains(here))) {
            hinted = hinted(hints);
        }
        return hinted.orElse(possible.contains(here) ? here : possible.get(0));
    }

    private Optional<Arch> hinted(int hints) {
        return possible.stream()
                .filter(machine -> (hints & Abis.of(machine)) != 0)
                .findFirst();
    }

    /** Recorded on several machines, or forged: the first group, in the order of lines, that no earlier one admits. */
    private static RefusalException severalMachines(List<Groups.Group> groups) {
        List<Groups.Group> sorted = new ArrayList<>(groups);
        sorted.sort(Comparator.comparing(AbiResolver::proof));
        List<Groups.Group> earlier = new ArrayList<>();
        for (Groups.Group group : sorted) {
            earlier.add(group);
            if (MACHINES.stream().noneMatch(machine -> canRun(machine, earlier))) {
                Groups.Group other = earlier.stream()
                        .filter(each ->
                                MACHINES.stream().noneMatch(machine -> canRun(machine, each) && canRun(machine, group)))
                        .findFirst()
                        .orElse(earlier.get(0));
                return RefusalException.of(
                        CONTRADICTION,
                        proof(group),
                        "no machine runs both this call (" + labels(group.candidates()) + ") and that of "
                                + proof(other) + " (" + labels(other.candidates())
                                + "); traces of two machines are mixed, or lines are damaged or forged");
            }
        }
        throw new IllegalStateException("some machine runs all groups");
    }

    /** The line that narrowed the candidates last, or the first call. */
    private static SourcePosition proof(Groups.Group group) {
        List<Context.Narrowing> narrowings = group.narrowings();
        return narrowings.isEmpty()
                ? firstCall(group)
                : narrowings.get(narrowings.size() - 1).position();
    }

    private static SourcePosition firstCall(Groups.Group group) {
        return group.tallies().all().stream()
                .map(Tally::first)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static RefusalException contradiction(Arch machine, Groups.Group group) {
        int left = Abis.personalities(machine);
        SourcePosition position = firstCall(group);
        String reason = "a call of that program";
        for (Context.Narrowing narrowing : group.narrowings()) {
            if (left != 0) {
                left &= narrowing.abis();
                position = narrowing.position();
                reason = narrowing.reason();
            }
        }
        return RefusalException.of(
                CONTRADICTION,
                position,
                "--arch " + machine.label() + " cannot be: " + reason + " shows " + labels(group.candidates())
                        + "; leave --arch out or correct it");
    }

    private static String labels(int abis) {
        List<String> labels = Abis.list(abis).stream().map(Arch::label).toList();
        return String.join(" or ", labels);
    }

    private List<Decision> decide(Arch machine) {
        List<Decision> decisions = new ArrayList<>();
        for (Groups.Group group : groups) {
            int everywhere = 0;
            boolean certain = !possible.isEmpty() && !group.isMixed();
            for (Arch each : possible) {
                int choice = choice(group, each);
                certain &= Abis.isSingle(choice);
                everywhere |= Abis.of(Abis.first(choice));
            }
            Proof unproven = declared.isPresent() ? Proof.DECLARED : Proof.ASSUMED;
            Proof proof = certain && Abis.isSingle(everywhere) ? Proof.PROVEN : unproven;
            decisions.add(new Decision(group, best(group, machine), proof));
        }
        return decisions;
    }

    /** The ABIs that a group may have used on a machine; strace's own child uses the native one. */
    private static int choice(Groups.Group group, Arch machine) {
        int abis = Abis.personalities(machine) & group.candidates();
        boolean isNative = isLauncher(group) && (abis & Abis.of(machine)) != 0;
        return isNative ? Abis.of(machine) : abis;
    }

    /** Whether these are the calls of strace's own child before it executed a program. */
    static boolean isLauncher(Groups.Group group) {
        return group.isLauncher()
                && group.tallies().all().stream().allMatch(tally -> tally.printed.role() == PrintedName.Role.EXECVE);
    }

    private static Arch best(Groups.Group group, Arch machine) {
        int abis = choice(group, machine);
        if (abis == 0) {
            abis = group.candidates();
        }
        if ((abis & group.hints()) != 0) {
            abis &= group.hints();
        }
        if ((abis & group.inherited()) != 0) {
            // a program seldom executes one of another ABI
            abis &= group.inherited();
        }
        return (abis & Abis.of(machine)) != 0 ? machine : Abis.first(abis);
    }
}
