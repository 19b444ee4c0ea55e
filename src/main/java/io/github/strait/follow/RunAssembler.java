package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.CallName;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunWarnings;
import io.github.strait.observation.RuntimePart;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.observation.SyscallSum;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Assembles a {@link Run}: each tally under the libseccomp name that its ABI gives it. */
final class RunAssembler {
    private final Map<Arch, Proof> proofs = new EnumMap<>(Arch.class);

    private final Map<Arch, SortedMap<String, SyscallSum>> syscalls = new EnumMap<>(Arch.class);

    private final Map<Arch, SortedMap<String, RuntimePart.Call>> runtime = new EnumMap<>(Arch.class);

    private final VersionRange versions;

    private final String id;

    private final String source;

    private final boolean attached;

    private final ArgumentWatch watch;

    private final TupleReader tuples = new TupleReader();

    private RunAssembler(String id, UnresolvedRun seen, ArgumentWatch watch) {
        this.versions = seen.versions();
        this.id = id;
        this.source = seen.file();
        this.attached = seen.completeness().signs().containsKey(Omission.START_MISSING);
        this.watch = watch;
    }

    /**
     * Assembles a run.
     *
     * @param id the digest of the trace's content
     * @param decisions for all groups, the kept ones and those of a runtime
     */
    static Run assemble(String id, UnresolvedRun seen, List<AbiResolver.Decision> decisions, ArgumentWatch watch) {
        RunAssembler assembler = new RunAssembler(id, seen, watch);
        for (AbiResolver.Decision decision : decisions) {
            if (decision.group().isKept()) {
                assembler.add(decision);
            } else if (decision.group().isOfRuntime()) {
                assembler.addRuntime(decision);
            }
        }
        TreeMap<Arch, ArchObservation> architectures = new TreeMap<>();
        assembler.syscalls.forEach((arch, calls) ->
                architectures.put(arch, ArchObservation.of(assembler.proofs.getOrDefault(arch, Proof.ASSUMED), calls)));
        List<Diagnostic> assumed = new ArrayList<>();
        assembler.proofs.forEach((arch, proof) -> {
            if (proof == Proof.ASSUMED) {
                assumed.add(assumed(seen, arch));
            }
        });
        return new Run(
                id,
                seen.file(),
                seen.keptLines(),
                ImmutableList.copyOf(seen.unparsedAt()),
                ImmutableSortedSet.copyOf(seen.marks()),
                Optional.of(seen.completeness().with(assumed)),
                seen.recording(),
                assembler.runtime(seen.isFiltered()),
                ImmutableSortedMap.copyOf(architectures));
    }

    private static Diagnostic assumed(UnresolvedRun seen, Arch arch) {
        boolean mixed =
                seen.groups().stream().anyMatch(group -> group.isMixed() && (group.candidates() & Abis.of(arch)) != 0);
        return mixed
                ? RunWarnings.mixed(seen.file(), arch)
                : RunWarnings.assumed(
                        seen.file(), arch, isHinted(seen, arch) ? ", though what it shows is usual there" : "");
    }

    private static boolean isHinted(UnresolvedRun seen, Arch arch) {
        return seen.groups().stream().anyMatch(group -> (group.hints() & Abis.of(arch)) != 0);
    }

    private void add(AbiResolver.Decision decision) {
        Arch arch = decision.arch();
        proofs.merge(arch, decision.proof(), Proof::and);
        SortedMap<String, SyscallSum> calls = syscalls.computeIfAbsent(arch, key -> new TreeMap<>());
        String program = program(decision.group());
        ImmutableSortedSet<String> programs = ImmutableSortedSet.of(program);
        for (Tally tally : decision.group().tallies().all()) {
            CallName name = versions.name(tally, arch);
            watch.keep(id, source, arch, name.name(), program, tally);
            calls.computeIfAbsent(name.name(), key -> new SyscallSum())
                    .add(tuples.read(observation(tally, name, programs), tally, name, arch));
        }
    }

    private void addRuntime(AbiResolver.Decision decision) {
        SortedMap<String, RuntimePart.Call> calls = runtime.computeIfAbsent(decision.arch(), key -> new TreeMap<>());
        boolean isFiltered = decision.group().isFiltered();
        for (Tally tally : decision.group().tallies().all()) {
            calls.merge(
                    versions.name(tally, decision.arch()).name(),
                    new RuntimePart.Call(tally.count(), isFiltered ? tally.count() : 0, tally.first()),
                    RuntimePart.Call::plus);
        }
    }

    private Optional<RuntimePart> runtime(boolean showsFilter) {
        if (runtime.isEmpty()) {
            return Optional.empty();
        }
        ImmutableSortedMap.Builder<Arch, ImmutableSortedMap<String, RuntimePart.Call>> calls =
                ImmutableSortedMap.naturalOrder();
        runtime.forEach((arch, ofAbi) -> calls.put(arch, ImmutableSortedMap.copyOf(ofAbi)));
        return Optional.of(new RuntimePart(showsFilter, calls.build()));
    }

    private String program(Groups.Group group) {
        return attached && group.program().equals(Image.UNKNOWN_PROGRAM) ? Image.ATTACHED_PROGRAM : group.program();
    }

    private static SyscallObservation observation(Tally tally, CallName name, ImmutableSortedSet<String> programs) {
        return new SyscallObservation(
                tally.count(),
                tally.succeeded(),
                tally.unreturned(),
                tally.errors(),
                tally.first(),
                programs,
                false,
                name.alternatives());
    }
}
