package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.format.Engine;
import io.github.strait.json.Json;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the architectures of a draft. In {@code archMap}, Docker and Podman look only at the first entry of their own
 * machine, so errors in the others do not matter there.
 */
final class DraftArches {
    private final DraftFaults faults;

    private DraftArches(DraftFaults faults) {
        this.faults = faults;
    }

    static ImmutableList<Located<Arch>> flat(DraftFaults faults, DraftObject document) {
        return new DraftArches(faults)
                .read(
                        document,
                        "architectures",
                        Engines.ALL,
                        document.elements("architectures", "architecture", "archs", "arches", "arch"));
    }

    static ImmutableList<ImmutableList<Located<Arch>>> machines(DraftFaults faults, DraftObject document) {
        DraftArches arches = new DraftArches(faults);
        List<ImmutableList<Located<Arch>>> machines = new ArrayList<>();
        Set<Arch> seen = new HashSet<>();
        for (Json json : document.elements("archMap", "arch_map")) {
            if (json.isNull()) {
                continue;
            }
            document.object("archMap", "an entry of 'archMap'", json)
                    .map(entry -> arches.machine(entry, seen))
                    .filter(group -> !group.isEmpty())
                    .ifPresent(machines::add);
        }
        return machines.stream()
                .filter(group -> !arches.isUnread(group, machines))
                .collect(ImmutableList.toImmutableList());
    }

    /** Whether an entry is that of a companion, which no daemon on a usual machine of the family looks at. */
    private boolean isUnread(List<Located<Arch>> group, List<ImmutableList<Located<Arch>>> machines) {
        Located<Arch> first = group.get(0);
        Arch home = first.value().nativeArch();
        if (home == first.value()) {
            return false;
        }
        boolean repeated = machines.stream()
                .anyMatch(other ->
                        other.get(0).value() == home && other.stream().anyMatch(arch -> arch.value() == first.value()));
        if (!repeated) {
            faults.note(
                    Fault.Kind.UNREAD_ENTRY,
                    first.line(),
                    "the entry of " + first.value().scmpToken() + " in 'archMap' is not read on " + home.label()
                            + " machines",
                    "list it in 'subArchitectures' of " + home.scmpToken());
        }
        return true;
    }

    private ImmutableList<Located<Arch>> machine(DraftObject entry, Set<Arch> seen) {
        Optional<Json> json = entry.take("architecture");
        if (json.isEmpty()) {
            faults.warning(
                    Fault.Kind.MISSING_KEY, entry.line(), "an entry of 'archMap' has no 'architecture'", "name it");
        }
        ImmutableList<Located<Arch>> first =
                read(entry, "architecture", Engines.NONE, json.map(List::of).orElse(List.of()));
        boolean own = first.stream()
                .anyMatch(arch -> arch.value() == faults.reader().machine() && !seen.contains(arch.value()));
        ImmutableList<Located<Arch>> companions = read(
                entry, "subArchitectures", own ? Engines.EXTENDED : Engines.NONE, entry.elements("subArchitectures"));
        entry.noteTheRest(ImmutableSet.of("architecture", "subArchitectures"));
        if (first.isEmpty()) {
            return ImmutableList.of();
        }
        Located<Arch> machine = first.get(0);
        if (!seen.add(machine.value())) {
            faults.note(
                    Fault.Kind.UNREAD_ENTRY,
                    machine.line(),
                    "a second entry of 'archMap' for " + machine.value().scmpToken() + ", and only the first counts",
                    "unite the two");
            return ImmutableList.of();
        }
        return ImmutableList.<Located<Arch>>builder()
                .add(machine)
                .addAll(companions)
                .build();
    }

    private ImmutableList<Located<Arch>> read(
            DraftObject owner, String key, ImmutableSet<Engine> refusedBy, List<Json> elements) {
        ImmutableList.Builder<Located<Arch>> arches = ImmutableList.builder();
        for (Json json : elements) {
            owner.token(
                            json.isNull() ? new Json.Text(json.line(), "") : json,
                            key,
                            Fault.Kind.UNKNOWN_ARCHITECTURE,
                            refusedBy,
                            Architectures::ofToken,
                            Guess::arch,
                            Arch::scmpToken,
                            Arch.values())
                    .ifPresent(arches::add);
        }
        return arches.build();
    }
}
