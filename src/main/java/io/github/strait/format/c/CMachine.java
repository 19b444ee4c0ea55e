package io.github.strait.format.c;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.profile.Flag;
import io.github.strait.syscall.Arch;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The ABIs of a profile that one kernel runs. A filter must know all of them, whatever the program is compiled for: every
 * program can make the calls of another ABI and start programs of it.
 */
record CMachine(ImmutableSortedSet<Arch> abis) {
    private static final String OR = " || \\\n    ";

    /** The machines of some ABIs, in the order of their first ones. */
    static ImmutableList<CMachine> of(Set<Arch> abis) {
        Map<Arch, Set<Arch>> machines = new TreeMap<>();
        abis.forEach(abi -> machines.computeIfAbsent(abi.nativeArch(), key -> new TreeSet<>())
                .add(abi));
        return machines.values().stream()
                .map(some -> new CMachine(ImmutableSortedSet.copyOf(some)))
                .sorted(Comparator.comparing(machine -> machine.abis().first()))
                .collect(ImmutableList.toImmutableList());
    }

    /** The names of the ABIs of some machines. */
    static String labels(List<CMachine> machines) {
        return machines.stream().map(CMachine::label).collect(Collectors.joining(", "));
    }

    /** What ends the choice between some machines. */
    static String otherwise(CName name, List<CMachine> machines) {
        return "#else\n#error \"" + name.filter() + " is for " + labels(machines) + " only\"\n#endif\n";
    }

    /** For what a filter holds that is installed with these flags. */
    static String reach(Set<Flag> flags) {
        return flags.contains(Flag.TSYNC)
                ? "It holds for all threads, and for what they start"
                : "It holds for the calling thread, and for what that starts from then on";
    }

    /** The names of its ABIs. */
    String label() {
        return abis.stream().map(Arch::label).collect(Collectors.joining(", "));
    }

    /** What {@code #if} asks to learn whether a program is compiled for one of the ABIs. */
    String condition() {
        return abis.stream().map(CMachine::condition).collect(Collectors.joining(OR));
    }

    /** By the macros that compilers predefine: GCC 12 does for all of these, but it had no LoongArch to ask. */
    private static String condition(Arch abi) {
        return switch (abi) {
            case X86_64 -> "(defined(__x86_64__) && !defined(__ILP32__))";
            case X86 -> "defined(__i386__)";
            case X32 -> "(defined(__x86_64__) && defined(__ILP32__))";
            case AARCH64 -> "(defined(__aarch64__) && !defined(__AARCH64EB__))";
            case ARM -> "(defined(__ARM_EABI__) && !defined(__ARMEB__))";
            case RISCV64 -> "(defined(__riscv) && __riscv_xlen == 64)";
            case S390X -> "defined(__s390x__)";
            case S390 -> "(defined(__s390__) && !defined(__s390x__))";
            case PPC64LE -> "(defined(__powerpc64__) && defined(__LITTLE_ENDIAN__))";
            case PPC64 -> "(defined(__powerpc64__) && defined(__BIG_ENDIAN__))";
            case PPC -> "(defined(__powerpc__) && !defined(__powerpc64__) && defined(__BIG_ENDIAN__))";
            case MIPS -> mips("1", "EB");
            case MIPS64N32 -> mips("2", "EB");
            case MIPS64 -> mips("3", "EB");
            case MIPSEL -> mips("1", "EL");
            case MIPSEL64N32 -> mips("2", "EL");
            case MIPSEL64 -> mips("3", "EL");
            case LOONGARCH64 -> "(defined(__loongarch__) && __loongarch_grlen == 64)";
        };
    }

    /** @param calling the calling convention: o32, n32 or n64, as {@code sgidefs.h} numbers them */
    private static String mips(String calling, String order) {
        return "(defined(__MIPS" + order + "__) && _MIPS_SIM == " + calling + ")";
    }
}
