package io.github.strait.report;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The syscall tables as text. */
public final class SyscallPages {
    private SyscallPages() {}

    /** One line a call of an ABI, by number: number, name, kernel, risk. */
    public static String table(Arch arch) {
        Columns table = new Columns();
        SyscallTable.of(arch).numbers().entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .forEach(entry -> table.row(
                        String.valueOf(entry.getValue()),
                        entry.getKey(),
                        since(entry.getKey()),
                        risk(entry.getKey()).orElse("-")));
        return table.text(0);
    }

    /** One call: its number on each ABI, or on one. */
    public static String ofName(String name, Optional<Arch> only) {
        Columns numbers = new Columns();
        arches(only)
                .forEach(arch -> SyscallTable.of(arch)
                        .number(name)
                        .ifPresent(number -> numbers.row(arch.label(), String.valueOf(number))));
        String text = numbers.text(2);
        String risk = Risk.of(name)
                .map(known -> ", " + known.riskClass().label() + " risk"
                        + known.capability().map(cap -> " (" + cap + ")").orElse("") + ": " + known.reason())
                .orElse("");
        String where = text.isEmpty() ? "  not on " + only.map(Arch::label).orElse("any architecture") + "\n" : text;
        return name + ": Linux " + since(name) + risk + "\n" + where;
    }

    /** The meaning of a number on each ABI, or on one. */
    public static String ofNumber(int number, Optional<Arch> only) {
        Columns names = new Columns();
        arches(only)
                .forEach(arch -> names.row(
                        arch.label(), SyscallTable.of(arch).name(number).orElse("-")));
        return number + ":\n" + names.text(2);
    }

    private static List<Arch> arches(Optional<Arch> only) {
        return only.map(List::of).orElseGet(() -> Arrays.asList(Arch.values()));
    }

    private static String since(String name) {
        return Syscalls.since(name).map(KernelVersion::toString).orElse("?");
    }

    private static Optional<String> risk(String name) {
        return Risk.of(name).map(risk -> risk.riskClass().label());
    }
}
