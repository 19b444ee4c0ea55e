package io.github.strait.observe;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes a {@link Run} of what was seen: each tally under the libseccomp name that its ABI gives it. */
final class RunAssembler {
    private final Map<Arch, Proof> proofs = new EnumMap<>(Arch.class);

    private final Map<Arch, Map<String, SyscallObservation>> syscalls = new EnumMap<>(Arch.class);

    private final Era era;

    private final String id;

    private final String source;

    private final ArgumentWatch watch;

    private RunAssembler(Era era, String id, String source, ArgumentWatch watch) {
        this.era = era;
        this.id = id;
        this.source = source;
        this.watch = watch;
    }

    /**
     * Assembles a run and tells the listener what was assumed about its ABIs.
     *
     * @param id the digest of the trace's content
     */
    static Run assemble(
            String id,
            SeenRun seen,
            List<AbiResolver.Decision> decisions,
            Consumer<Diagnostic> listener,
            ArgumentWatch watch) {
        RunAssembler assembler = new RunAssembler(seen.era(), id, seen.file(), watch);
        decisions.forEach(assembler::add);
        TreeMap<Arch, ArchObservation> architectures = new TreeMap<>();
        assembler.syscalls.forEach((arch, calls) -> architectures.put(
                arch,
                new ArchObservation(
                        assembler.proofs.getOrDefault(arch, Proof.ASSUMED), ImmutableSortedMap.copyOf(calls))));
        assembler.proofs.forEach((arch, proof) -> {
            if (proof == Proof.ASSUMED) {
                listener.accept(assumed(seen, arch));
            }
        });
        return new Run(
                id,
                seen.file(),
                seen.keptLines(),
                ImmutableList.copyOf(seen.unparsedAt()),
                ImmutableSortedSet.copyOf(seen.marks()),
                ImmutableSortedMap.copyOf(architectures));
    }

    private static Diagnostic assumed(SeenRun seen, Arch arch) {
        return Diagnostic.warning(
                "abi-assumed", SourcePosition.ofFile(seen.file()), what(seen, arch) + Advice.RECORD_AGAIN);
    }

    private static String what(SeenRun seen, Arch arch) {
        boolean mixed =
                seen.groups().stream().anyMatch(group -> group.isMixed() && (group.candidates() & Abis.of(arch)) != 0);
        return mixed
                ? "a program made calls of two ABIs, and nothing in this trace proves which of its other calls are "
                        + arch.label() + "; "
                : "nothing in this trace proves that its calls are " + arch.label() + why(seen, arch)
                        + "; say --arch NAME, or ";
    }

    private static String why(SeenRun seen, Arch arch) {
        boolean hinted = seen.groups().stream().anyMatch(group -> (group.hints() & Abis.of(arch)) != 0);
        return hinted ? ", though what it shows is usual there" : "";
    }

    private void add(AbiResolver.Decision decision) {
        Arch arch = decision.arch();
        proofs.merge(arch, decision.proof(), Proof::and);
        Map<String, SyscallObservation> calls = syscalls.computeIfAbsent(arch, key -> new TreeMap<>());
        for (Tally tally : decision.group().tallies().all()) {
            CallName name = CallName.of(tally, arch, era);
            watch.keep(id, source, arch, name.name(), decision.group().program(), tally);
            calls.merge(name.name(), observation(tally, name, decision.group()), SyscallObservation::plus);
        }
    }

    private static SyscallObservation observation(Tally tally, CallName name, Groups.Group group) {
        return new SyscallObservation(
                tally.count(),
                tally.succeeded(),
                tally.unreturned(),
                tally.errors(),
                tally.first(),
                ImmutableSortedSet.of(group.program()),
                false,
                name.alternatives());
    }
}
