package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How what one side means differs from what another means, ABI by ABI and call by call; spelling and order do not count.
 *
 * @param arches the ABIs that either side lists and on which they differ
 * @param flagsGained the flags of installation that only the second side has
 * @param flagsLost those that only the first side has
 */
public record Difference(
        ImmutableSortedMap<Arch, OfArch> arches,
        ImmutableSortedSet<Flag> flagsGained,
        ImmutableSortedSet<Flag> flagsLost) {
    /** The name under which the numbers stand that no table has. */
    public static final String NAMELESS = "(numbers without a name)";

    /**
     * Some arguments.
     *
     * @param alternatives lists of conditions that must all hold, where GE and LE of one argument are a range
     * @param isUnless whether the others are meant, because that is shorter to say
     */
    public record ArgumentSet(ImmutableList<ImmutableList<Condition>> alternatives, boolean isUnless) {
        /** All arguments. */
        public static final ArgumentSet ALL = new ArgumentSet(ImmutableList.of(ImmutableList.of()), false);

        /** Some arguments, which take too many conditions to list. */
        public static final ArgumentSet SOME = new ArgumentSet(ImmutableList.of(), false);

        static ArgumentSet of(ArgumentSpace space, int set) {
            try {
                ImmutableList<ImmutableList<Condition>> when = Cover.ofRanges(space, set);
                if (when.size() < 2) {
                    return new ArgumentSet(when, false);
                }
                ImmutableList<ImmutableList<Condition>> unless =
                        Cover.ofRanges(space, space.minus(ArgumentSpace.ALL, set));
                return unless.size() == 1 ? new ArgumentSet(unless, true) : new ArgumentSet(when, false);
            } catch (CoverException e) {
                return SOME;
            }
        }
    }

    /**
     * One side of a comparison, ABI by ABI.
     *
     * @param profiles the profile that holds on each ABI; others end the thread
     * @param hasDenials whether its denials and flags count: evidence has none
     * @param flags how the filter is installed
     * @param isFilter whether it is what the kernel runs, to which no runtime adds an ABI
     */
    public record Side(AbiProfiles profiles, boolean hasDenials, ImmutableSortedSet<Flag> flags, boolean isFilter) {
        /** A side to which runtimes add the native ABI. */
        public Side(AbiProfiles profiles, boolean hasDenials, ImmutableSortedSet<Flag> flags) {
            this(profiles, hasDenials, flags, false);
        }

        /** A compiled filter. */
        public static Side ofFilter(AbiProfiles profiles) {
            return new Side(profiles, true, ImmutableSortedSet.of(), true);
        }

        /** A profile, on all ABIs that it lists. */
        public static Side of(Profile profile) {
            return new Side(AbiProfiles.of(profile), true, profile.flags());
        }

        /** A document, with what libseccomp adds to the filter of each machine: its native ABI, and companions. */
        public static Side ofDocument(Profile profile) {
            return of(Companions.add(profile.withNativeAbis()));
        }

        /** The same on the machines of evidence too, whose calls a document filters by name though it does not list them. */
        public Side facing(Side evidence) {
            if (isFilter
                    || evidence.hasDenials
                    || !hasDenials
                    || profiles.abis().isEmpty()) {
                return this;
            }
            Profile document = profiles.byAbi().values().iterator().next();
            Map<Arch, Profile> more = new TreeMap<>(profiles.byAbi());
            for (Arch arch : evidence.profiles.abis()) {
                more.putIfAbsent(arch.nativeArch(), document);
            }
            return new Side(AbiProfiles.of(more), true, flags);
        }

        /** A side that only lists the calls that it allows. */
        public static Side withoutDenials(AbiProfiles profiles) {
            return new Side(profiles, false, ImmutableSortedSet.of());
        }
    }

    /**
     * The differences on one ABI, the riskiest first.
     *
     * @param inFirst whether the first side lists it
     * @param inSecond whether the second side lists it
     * @param gained what only the second side allows
     * @param lost what only the first side allows
     * @param denials the calls that both deny with different decisions
     * @param defaults the two defaults, where they differ and count
     */
    public record OfArch(
            boolean inFirst,
            boolean inSecond,
            ImmutableList<Change> gained,
            ImmutableList<Change> lost,
            ImmutableList<DenialChange> denials,
            Optional<DenialChange> defaults) {
        boolean isEmpty() {
            return inFirst == inSecond && gained.isEmpty() && lost.isEmpty() && denials.isEmpty() && defaults.isEmpty();
        }
    }

    /**
     * A call that only one side allows, with all arguments or some.
     *
     * @param when the arguments with which only that side allows it
     * @param first those with which the first side allows it; empty for none
     * @param second those with which the second side allows it; empty for none
     */
    public record Change(String syscall, ArgumentSet when, Optional<ArgumentSet> first, Optional<ArgumentSet> second) {
        /** The risk of allowing the call. */
        public Optional<Risk> risk() {
            return Risk.of(syscall);
        }
    }

    /** A call that both sides deny, and how. */
    public record DenialChange(String syscall, ArgumentSet when, Decision first, Decision second) {}

    private static final Comparator<Change> RISKIEST = Comparator.<Change, Integer>comparing(change ->
                    change.risk().map(Risk::riskClass).map(RiskClass::ordinal).orElse(RiskClass.values().length))
            .thenComparing(Change::syscall);

    /**
     * The differences between two sides, A and B.
     *
     * @throws RefusalException when the conditions on a call are too many to be compared; the message names it
     */
    public static Difference of(Side first, Side second) {
        try {
            return compared(first, second);
        } catch (CoverException e) {
            throw e.refusal("cannot-compare");
        }
    }

    private static Difference compared(Side first, Side second) {
        Map<Arch, OfArch> arches = new TreeMap<>();
        for (Arch arch : Sets.union(first.profiles().abis(), second.profiles().abis())) {
            OfArch difference = new AbiComparison(arch, first, second).difference();
            if (!difference.isEmpty()) {
                arches.put(arch, difference);
            }
        }
        boolean comparable = first.hasDenials() && second.hasDenials();
        return new Difference(
                ImmutableSortedMap.copyOf(arches),
                comparable ? without(second.flags(), first.flags()) : ImmutableSortedSet.of(),
                comparable ? without(first.flags(), second.flags()) : ImmutableSortedSet.of());
    }

    private static ImmutableSortedSet<Flag> without(Set<Flag> some, Set<Flag> others) {
        return ImmutableSortedSet.copyOf(Sets.difference(some, others));
    }

    /** Whether both sides mean the same. */
    public boolean isEmpty() {
        return arches.isEmpty() && flagsGained.isEmpty() && flagsLost.isEmpty();
    }

    /** Compares the sides on one ABI. */
    private static final class AbiComparison {
        private static final Decision UNLISTED = Decision.of(Action.KILL_THREAD);

        private final Arch arch;
        private final @Nullable NamedRules first;
        private final @Nullable NamedRules second;
        private final boolean comparesDenials;
        private final ArgumentSpace space;
        private final List<Change> gained = new ArrayList<>();
        private final List<Change> lost = new ArrayList<>();
        private final List<DenialChange> denials = new ArrayList<>();

        AbiComparison(Arch arch, Side first, Side second) {
            this.arch = arch;
            this.first = named(first.profiles().on(arch));
            this.second = named(second.profiles().on(arch));
            this.comparesDenials =
                    first.hasDenials() && second.hasDenials() && this.first != null && this.second != null;
            this.space = new ArgumentSpace(arch.pointerBits());
        }

        private static @Nullable NamedRules named(Optional<Profile> profile) {
            return profile.map(document -> new NamedRules("a side", document)).orElse(null);
        }

        OfArch difference() {
            Set<String> names = new TreeSet<>(SyscallTable.of(arch).numbers().keySet());
            addUnknown(first, names);
            addUnknown(second, names);
            names.forEach(name ->
                    CoverException.about(name, () -> compare(name, regions(first, name), regions(second, name))));
            compare(NAMELESS, always(first), always(second));
            gained.sort(RISKIEST);
            lost.sort(RISKIEST);
            Decision one = byDefault(first);
            Decision two = byDefault(second);
            boolean differ = comparesDenials && !one.equals(two);
            return new OfArch(
                    first != null,
                    second != null,
                    ImmutableList.copyOf(gained),
                    ImmutableList.copyOf(lost),
                    ImmutableList.copyOf(denials),
                    differ ? Optional.of(new DenialChange(NAMELESS, ArgumentSet.ALL, one, two)) : Optional.empty());
        }

        /** A name that no table has may be that of a newer kernel's call. */
        private static void addUnknown(@Nullable NamedRules side, Set<String> names) {
            if (side != null) {
                names.addAll(Sets.difference(side.names(), Syscalls.names()));
            }
        }

        private DecisionRegions regions(@Nullable NamedRules side, String name) {
            return side == null ? always(null) : side.regions(name, space);
        }

        private DecisionRegions always(@Nullable NamedRules side) {
            return DecisionRegions.always(space, byDefault(side));
        }

        private static Decision byDefault(@Nullable NamedRules side) {
            return side == null ? UNLISTED : side.profile().defaultDecision();
        }

        private void compare(String name, DecisionRegions one, DecisionRegions two) {
            int allowed = one.permitted();
            int allowedNow = two.permitted();
            change(name, space.minus(allowedNow, allowed), allowed, allowedNow, gained);
            change(name, space.minus(allowed, allowedNow), allowed, allowedNow, lost);
            if (comparesDenials && !name.equals(NAMELESS)) {
                one.regions()
                        .forEach((before, here) -> two.regions()
                                .forEach((after, there) -> denial(name, before, after, space.and(here, there))));
            }
        }

        private void change(String name, int set, int before, int after, List<Change> changes) {
            if (set != ArgumentSpace.NONE) {
                changes.add(new Change(name, ArgumentSet.of(space, set), arguments(before), arguments(after)));
            }
        }

        private Optional<ArgumentSet> arguments(int set) {
            return set == ArgumentSpace.NONE ? Optional.empty() : Optional.of(ArgumentSet.of(space, set));
        }

        private void denial(String name, Decision before, Decision after, int set) {
            boolean denied = !before.action().permits() && !after.action().permits();
            boolean byDefault = before.equals(byDefault(first)) && after.equals(byDefault(second));
            if (denied && !byDefault && !before.equals(after) && set != ArgumentSpace.NONE) {
                denials.add(new DenialChange(name, ArgumentSet.of(space, set), before, after));
            }
        }
    }
}
