package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.observe.ArchObservation;
import io.github.strait.observe.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Syscalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects why calls are allowed on one ABI: the evidence, what it may mean instead, then each layer. */
final class RationaleBuilder {
    private static final String NAMELESS = "syscall_";

    private final Arch arch;
    private final List<Diagnostic> diagnostics;
    private final TreeMap<String, List<Reason>> reasons = new TreeMap<>();

    /** Begins with nothing; the diagnostics are added to the list. */
    RationaleBuilder(Arch arch, List<Diagnostic> diagnostics) {
        this.arch = arch;
        this.diagnostics = diagnostics;
    }

    /** Adds the evidence, with the number of runs that show each call. */
    void observed(ArchObservation seen, Map<String, Integer> runs) {
        seen.syscalls().forEach((name, call) -> {
            if (name.startsWith(NAMELESS)) {
                diagnostics.add(nameless(name, call));
            } else {
                if (!Syscalls.names().contains(name)) {
                    diagnostics.add(unknown(name, call));
                }
                add(name, new Reason.Observed(call, runs.getOrDefault(name, 0)));
            }
        });
        seen.syscalls()
                .forEach(
                        (name, call) -> call.alternatives().forEach(other -> add(other, new Reason.Alternative(name))));
    }

    void layer(Layer layer) {
        layer.on(arch).forEach((name, why) -> add(name, new Reason.Layered(layer.name(), why)));
    }

    Rationale build() {
        TreeMap<String, ImmutableList<Reason>> sealed = new TreeMap<>();
        reasons.forEach((name, why) -> sealed.put(name, ImmutableList.copyOf(why)));
        return new Rationale(ImmutableSortedMap.copyOf(sealed));
    }

    private void add(String name, Reason reason) {
        reasons.computeIfAbsent(name, key -> new ArrayList<>()).add(reason);
    }

    private Diagnostic nameless(String name, SyscallObservation call) {
        return Diagnostic.warning(
                "nameless-call",
                call.first(),
                "number " + name.substring(NAMELESS.length()) + " has no name on " + arch.label() + " (" + call.count()
                        + (call.count() == 1 ? " call" : " calls") + "): a profile cannot name it, so it stays denied");
    }

    private Diagnostic unknown(String name, SyscallObservation call) {
        return Diagnostic.warning(
                "unknown-call",
                call.first(),
                "'" + name + "' is in no table of strait; it is allowed by name on " + arch.label()
                        + ", which only a runtime that knows it heeds");
    }
}
