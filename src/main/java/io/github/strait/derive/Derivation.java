package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.observe.ArchObservation;
import io.github.strait.observe.Observation;
import io.github.strait.observe.SyscallObservation;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a profile must allow, and why, for each ABI. It denies by default with EPERM and allows what the evidence shows and
 * what the layers name, and nothing else.
 */
public final class Derivation {
    /** The number of EPERM, the same on all ABIs. */
    private static final int EPERM = 1;

    private static final String NAMELESS = "syscall_";

    private final ImmutableSortedMap<Arch, Rationale> rationales;
    private final ImmutableList<Diagnostic> diagnostics;

    private Derivation(ImmutableSortedMap<Arch, Rationale> rationales, ImmutableList<Diagnostic> diagnostics) {
        this.rationales = rationales;
        this.diagnostics = diagnostics;
    }

    /**
     * Derives from evidence.
     *
     * @throws DeriveException when the evidence shows nothing for an ABI that was asked for
     */
    public static Derivation of(Observation observation, DeriveOptions options) throws DeriveException {
        ImmutableSortedMap<Arch, ArchObservation> seen = observation.architectures();
        Collection<Arch> targets = options.targets().isEmpty() ? seen.keySet() : options.targets();
        if (seen.isEmpty()) {
            throw new DeriveException("the evidence shows no call at all, so there is nothing to allow");
        }
        TreeMap<Arch, Rationale> rationales = new TreeMap<>();
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (Arch arch : targets) {
            ArchObservation calls = seen.get(arch);
            if (calls == null) {
                throw new DeriveException("nothing was observed on " + arch.label() + ", only on "
                        + labels(seen.keySet()) + "; record there, or leave --target out");
            }
            rationales.put(
                    arch,
                    rationale(
                            arch, calls, observation.runsBySyscall(arch), layers(arch, targets, options), diagnostics));
        }
        if (rationales.values().stream()
                .allMatch(rationale -> rationale.reasons().isEmpty())) {
            throw new DeriveException(
                    "the evidence shows only calls without a name, so that there is nothing to allow; "
                            + "let the layers in, or record again");
        }
        return new Derivation(ImmutableSortedMap.copyOf(rationales), ImmutableList.copyOf(diagnostics));
    }

    /** The runtime itself is native: its calls are no business of the 32-bit ABIs beside it. */
    private static List<Layer> layers(Arch arch, Collection<Arch> targets, DeriveOptions options) {
        boolean companion = arch.nativeArch() != arch && targets.contains(arch.nativeArch());
        return options.layers().stream()
                .filter(layer -> !companion || !layer.name().equals(RuntimeLayer.NAME))
                .toList();
    }

    private static String labels(Collection<Arch> arches) {
        return String.join(", ", arches.stream().map(Arch::label).toList());
    }

    private static Rationale rationale(
            Arch arch,
            ArchObservation seen,
            Map<String, Integer> runs,
            List<Layer> layers,
            List<Diagnostic> diagnostics) {
        TreeMap<String, List<Reason>> reasons = new TreeMap<>();
        seen.syscalls().forEach((name, call) -> {
            if (name.startsWith(NAMELESS)) {
                diagnostics.add(nameless(arch, name, call));
            } else {
                if (!Syscalls.names().contains(name)) {
                    diagnostics.add(unknown(arch, name, call));
                }
                add(reasons, name, new Reason.Observed(call, runs.getOrDefault(name, 0)));
            }
        });
        seen.syscalls()
                .forEach((name, call) ->
                        call.alternatives().forEach(other -> add(reasons, other, new Reason.Alternative(name))));
        for (Layer layer : layers) {
            layer.on(arch).forEach((name, why) -> add(reasons, name, new Reason.Layered(layer.name(), why)));
        }
        TreeMap<String, ImmutableList<Reason>> sealed = new TreeMap<>();
        reasons.forEach((name, why) -> sealed.put(name, ImmutableList.copyOf(why)));
        return new Rationale(ImmutableSortedMap.copyOf(sealed));
    }

    private static void add(Map<String, List<Reason>> reasons, String name, Reason reason) {
        reasons.computeIfAbsent(name, key -> new ArrayList<>()).add(reason);
    }

    private static Diagnostic nameless(Arch arch, String name, SyscallObservation call) {
        return Diagnostic.warning(
                "nameless-call",
                call.first(),
                "number " + name.substring(NAMELESS.length()) + " has no name on " + arch.label() + " (" + call.count()
                        + (call.count() == 1 ? " call" : " calls") + "): a profile cannot name it, so it stays denied");
    }

    private static Diagnostic unknown(Arch arch, String name, SyscallObservation call) {
        return Diagnostic.warning(
                "unknown-call",
                call.first(),
                "'" + name + "' is in no table of strait; it is allowed by name on " + arch.label()
                        + ", which only a runtime that knows it heeds");
    }

    /** The reasons, by ABI. */
    public ImmutableSortedMap<Arch, Rationale> rationales() {
        return rationales;
    }

    /** The reasons on one ABI; none when the profile is not for it. */
    public Rationale rationale(Arch arch) {
        Rationale rationale = rationales.get(arch);
        return rationale == null ? new Rationale(ImmutableSortedMap.of()) : rationale;
    }

    /** What was seen and cannot be allowed. */
    public ImmutableList<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /**
     * A profile without conditions on where it applies: every format can express it, and every reader understands it the
     * same way. A rule names calls for all its ABIs at once, so that with several ABIs it is the union, and allows more
     * than each needs: see {@link #addedByUnion}.
     */
    public Profile plain() {
        return flat(rationales.keySet());
    }

    /** The profile of one ABI alone. */
    public Profile only(Arch arch) {
        return flat(List.of(arch));
    }

    private Profile flat(Collection<Arch> arches) {
        ImmutableSortedSet<String> calls = union(arches);
        Profile.Builder profile = base(arches);
        // an ABI of which only nameless calls were seen allows nothing
        return calls.isEmpty() ? profile.build() : profile.rule(allow(calls)).build();
    }

    /** A profile that allows each machine only what its own ABIs need, for the format that can say so. */
    public Profile scoped() {
        return ScopedProfile.of(this, base(rationales.keySet()));
    }

    /** The calls that {@link #plain} allows on an ABI, and that exist there, although that ABI does not need them. */
    public ImmutableSortedSet<String> addedByUnion(Arch arch) {
        SyscallTable table = SyscallTable.of(arch);
        return union(rationales.keySet()).stream()
                .filter(name -> !names(arch).contains(name) && table.contains(name))
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /** The calls that these ABIs need together. */
    ImmutableSortedSet<String> union(Collection<Arch> arches) {
        ImmutableSortedSet<String> all = ImmutableSortedSet.of();
        for (Arch arch : arches) {
            all = ImmutableSortedSet.copyOf(Sets.union(all, names(arch)));
        }
        return all;
    }

    private ImmutableSortedSet<String> names(Arch arch) {
        return rationale(arch).names();
    }

    private static Profile.Builder base(Collection<Arch> arches) {
        return Profile.builder(Action.ERRNO).defaultErrnoRet(EPERM).architectures(arches);
    }

    static Rule allow(Collection<String> names) {
        return Rule.builder(Action.ALLOW).names(names).build();
    }
}
