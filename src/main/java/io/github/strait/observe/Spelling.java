package io.github.strait.observe;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.trace.Line;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A name as strace spells it, with what that name alone tells. */
final class Spelling {
    /** What a call does to the tasks, or tells about addresses. */
    enum Role {
        PLAIN,
        FORK,
        EXECVE,
        EXIT,
        /** Its result is an address. */
        MAPS,
        /** Its first argument is an address. */
        TAKES_ADDRESS,
        /** {@code set_robust_list}: its second argument is the size of a structure of three words. */
        ROBUST_LIST
    }

    private static final Set<String> FORKS = Set.of("clone", "clone3", "fork", "vfork");
    private static final Set<String> EXECS = Set.of("execve", "execveat");
    private static final Set<String> EXITS = Set.of("exit", "exit_group");
    private static final Set<String> MAPS = Set.of("mmap", "mmap2", "mremap", "brk", "shmat");
    private static final Set<String> ADDRESSES = Set.of("mprotect", "munmap", "set_tid_address", "madvise");

    private final String name;
    private final int abis;
    private final Role role;
    private int lastNumber = Line.NO_NUMBER;
    private int lastAbis;

    private Spelling(String name, int abis) {
        this.name = name;
        this.abis = abis;
        this.role = role(name);
    }

    /** A name of which strace on at least one ABI says that it is a call; empty for any other word. */
    static Optional<Spelling> of(String name) {
        int abis = Abis.where(arch -> isSpelledOn(name, arch));
        return abis == 0 ? Optional.empty() : Optional.of(new Spelling(name, abis));
    }

    private static boolean isSpelledOn(String name, Arch arch) {
        return StraceName.toLibseccomp(name, arch).isPresent()
                || Multiplexer.of(name, arch).isPresent()
                || StraceName.ofNumberSpelling(name, arch).isPresent();
    }

    private static Role role(String name) {
        if (FORKS.contains(name)) {
            return Role.FORK;
        } else if (EXECS.contains(name)) {
            return Role.EXECVE;
        } else if (EXITS.contains(name)) {
            return Role.EXIT;
        } else if (MAPS.contains(name)) {
            return Role.MAPS;
        } else if (ADDRESSES.contains(name)) {
            return Role.TAKES_ADDRESS;
        }
        return name.equals("set_robust_list") ? Role.ROBUST_LIST : Role.PLAIN;
    }

    String name() {
        return name;
    }

    /** Whether it is a number, which strace prints for a call that it does not know. */
    boolean isNumber() {
        return name.startsWith("syscall_");
    }

    Role role() {
        return role;
    }

    /** The ABIs whose strace prints this name. */
    int abis() {
        return abis;
    }

    /** The ABIs on which strace prints this name for this number; 0 when there are none. */
    int abis(int number) {
        if (number != lastNumber) {
            lastNumber = number;
            lastAbis = Abis.where(arch -> means(number, arch));
        }
        return lastAbis;
    }

    private boolean means(int number, Arch arch) {
        SyscallTable table = SyscallTable.of(arch);
        Optional<String> multiplexer = Multiplexer.of(name, arch);
        if (multiplexer.isPresent() && isNumber(table.number(multiplexer.get()), number)) {
            return true;
        }
        Optional<String> libseccomp =
                StraceName.ofNumberSpelling(name, arch).or(() -> StraceName.toLibseccomp(name, arch));
        return libseccomp.isPresent()
                && (isNumber(table.number(libseccomp.get()), number)
                        || libseccomp.get().equals("syscall_" + number));
    }

    private static boolean isNumber(OptionalInt known, int number) {
        return known.isPresent() && known.getAsInt() == number;
    }
}
