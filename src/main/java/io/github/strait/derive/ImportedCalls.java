package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.derive.DerivedCalls.Origin;
import io.github.strait.derive.DerivedCalls.Way;
import io.github.strait.elf.LibcFunction;
import io.github.strait.elf.ProgramImports;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The calls that the functions which programs import make on an ABI.
 *
 * @param calls where each comes from, by libseccomp name, the programs before libraries; never empty for a name
 */
public record ImportedCalls(ImmutableSortedMap<String, ImmutableList<Importer>> calls) {
    /** The most importers of a call that are kept: one is a reason, a few show who they are. */
    private static final int MOST = 3;

    /**
     * Who imports a function that makes a call.
     *
     * @param by the name of the program or the library
     * @param isProgram whether it is the program itself
     */
    public record Importer(String by, boolean isProgram, String function) {
        /** {@code nginx imports setsid}. */
        public String words() {
            return by + " imports " + function;
        }
    }

    /** The calls on an ABI, of its own programs. */
    public static ImportedCalls of(Collection<ProgramImports> programs, Arch arch) {
        List<ProgramImports> own = new ArrayList<>();
        for (ProgramImports program : programs) {
            if (program.arch().filter(arch::equals).isPresent()) {
                own.add(program);
            }
        }
        return derived(own, arch);
    }

    /** The calls on an ABI, of programs that may be of others: what they call there when they are built for it. */
    static ImportedCalls derived(Collection<ProgramImports> programs, Arch arch) {
        TreeMap<String, List<Importer>> calls = new TreeMap<>();
        for (ProgramImports program : programs) {
            program.own().forEach(name -> add(name, new Importer(program.name(), true, name), program, calls));
        }
        for (ProgramImports program : programs) {
            program.libraries()
                    .forEach((library, names) ->
                            names.forEach(name -> add(name, new Importer(library, false, name), program, calls)));
        }
        return new ImportedCalls(on(arch, calls));
    }

    private static void add(
            String symbol, Importer importer, ProgramImports program, TreeMap<String, List<Importer>> calls) {
        Optional<LibcFunction> function = LibcFunction.find(symbol);
        if (function.isPresent()) {
            for (String call : function.get().calls(program.libc())) {
                List<Importer> known = calls.computeIfAbsent(call, key -> new ArrayList<>());
                if (known.size() < MOST && !known.contains(importer)) {
                    known.add(importer);
                }
            }
        }
    }

    /** The table has the calls of x86_64. */
    private static ImmutableSortedMap<String, ImmutableList<Importer>> on(
            Arch arch, TreeMap<String, List<Importer>> calls) {
        ImmutableSortedMap.Builder<String, ImmutableList<Importer>> on = ImmutableSortedMap.naturalOrder();
        if (arch == Arch.X86_64) {
            calls.forEach((call, importers) -> on.put(call, ImmutableList.copyOf(importers)));
            return on.build();
        }
        DerivedCalls derived = DerivedCalls.of(Arch.X86_64, arch, calls.keySet());
        for (Map.Entry<String, ImmutableList<Origin>> each : derived.calls().entrySet()) {
            List<Importer> importers = new ArrayList<>();
            for (Origin origin : each.getValue()) {
                if (origin.way() != Way.START && importers.size() < MOST) {
                    importers.addAll(calls.getOrDefault(origin.call(), List.of()));
                }
            }
            importers.sort(Comparator.comparing(Importer::isProgram).reversed());
            if (!importers.isEmpty()) {
                on.put(each.getKey(), ImmutableList.copyOf(importers));
            }
        }
        return on.build();
    }

    /**
     * Why no layer lets a call in because a program imports it: {@code high risk}, {@code needs CAP_SETUID}; empty when one
     * does. A call of low risk does what programs use it for without its capability: {@code kill} for their own processes.
     */
    public static Optional<String> heldBack(String call) {
        Optional<Risk> risk = Risk.of(call);
        if (risk.isEmpty()) {
            return Optional.empty();
        }
        RiskClass of = risk.get().riskClass();
        if (of == RiskClass.CRITICAL || of == RiskClass.HIGH) {
            return Optional.of(of.label() + " risk");
        }
        return of == RiskClass.LOW
                ? Optional.empty()
                : risk.get().capability().map(capability -> "needs " + capability);
    }
}
