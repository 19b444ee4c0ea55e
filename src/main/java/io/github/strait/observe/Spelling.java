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

    private static final Set<String> MULTIPLEXERS = Set.of("socketcall", "ipc");
    private static final Set<String> FORKS = Set.of("clone", "clone3", "fork", "vfork");
    private static final Set<String> EXECS = Set.of("execve", "execveat");
    private static final Set<String> EXITS = Set.of("exit", "exit_group");
    private static final Set<String> MAPS = Set.of("mmap", "mmap2", "mremap", "brk", "shmat");
    private static final Set<String> TIDS = Set.of("set_tid_address", "gettid");
    private static final Set<String> ADDRESSES = Set.of("mprotect", "munmap", "set_tid_address", "madvise");

    private final String name;
    private final int abis;
    private final Role role;
    private final boolean returnsTid;
    private int lastNumber = Line.NO_NUMBER;
    private int lastAbis;

    private Spelling(String name, int abis) {
        this.name = name;
        this.abis = abis;
        this.role = role(name);
        this.returnsTid = TIDS.contains(name);
    }

    /** A name of which strace on at least one ABI says that it is a call; empty for any other word. */
    static Optional<Spelling> of(String name) {
        if (isNumber(name)) {
            return Optional.of(new Spelling(name, Abis.ALL));
        }
        boolean subcall = MULTIPLEXERS.stream()
                .anyMatch(multiplexer -> Multiplexer.subcalls(multiplexer).contains(name));
        int abis = Abis.where(arch -> StraceName.toLibseccomp(name, arch).isPresent()
                || (subcall && Multiplexer.of(name, arch).isPresent()));
        return abis == 0 ? Optional.empty() : Optional.of(new Spelling(name, abis));
    }

    /** Whether the name spells a number that strace has no name for. */
    static boolean isNumber(String name) {
        return StraceName.ofNumberSpelling(name, Arch.X86_64).isPresent();
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

    Role role() {
        return role;
    }

    /** Whether its result is the caller's own tid, as its pid namespace numbers it. */
    boolean isReturningTid() {
        return returnsTid;
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
