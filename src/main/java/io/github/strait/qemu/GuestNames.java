package io.github.strait.qemu;

import io.github.strait.observation.CallName;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.SyscallTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Maps qemu's name for a call to libseccomp's. qemu prints the kernel's names, as the tests measure number by number, but
 * for the calls that {@code socketcall} and {@code ipc} stand for: those of {@code socketcall} are in capitals, save
 * {@code shutdown}; those of {@code ipc} have its name, save {@code semctl} and, in later versions, {@code shmat}. MIPS has
 * names for numbers that no kernel uses.
 */
final class GuestNames {
    private static final String SOCKETS = "socketcall";
    private static final String IPC = "ipc";
    private static final String SHUTDOWN = "shutdown";

    private static final Pattern HOLE = Pattern.compile("(?:unused|reserved)([0-9]{1,3})");
    private static final String ADVICE = "fadvise64_64";

    private final Arch arch;

    GuestNames(Arch arch) {
        this.arch = arch;
    }

    /** The call of this name on the ABI; empty where the ABI has none. */
    Optional<CallName> find(String printed) {
        String lower = printed.toLowerCase(Locale.ROOT);
        if (!lower.equals(printed)) {
            boolean isSubcall = Multiplexer.subcalls(SOCKETS).contains(lower)
                    && SyscallTable.of(arch).contains(SOCKETS);
            return isSubcall ? Optional.of(CallName.proven(SOCKETS)) : Optional.empty();
        }
        boolean isEither = printed.equals(SHUTDOWN) || Multiplexer.subcalls(IPC).contains(printed);
        if (isEither && Multiplexer.of(printed, arch).isPresent()) {
            return Optional.of(CallName.today(printed, arch));
        }
        return StraceName.toLibseccomp(printed, arch).or(() -> ofMips(printed)).map(CallName::proven);
    }

    /** What only the tables of MIPS spell so. */
    private Optional<String> ofMips(String printed) {
        Optional<Integer> base =
                SyscallTable.of(arch).numbers().values().stream().min(Integer::compare);
        Matcher hole = HOLE.matcher(printed);
        if (!arch.label().startsWith("mips") || base.isEmpty()) {
            return Optional.empty();
        } else if (hole.matches()) {
            return Optional.of(NamelessCall.nameOf(base.get() + Integer.parseInt(hole.group(1)), arch));
        }
        return printed.equals(ADVICE) ? Optional.of("fadvise64") : Optional.empty();
    }

    /** The ABIs that have a call of this name, for messages; empty when none has. */
    static String arches(String printed) {
        List<Arch> all = Arrays.stream(Arch.values())
                .filter(arch -> new GuestNames(arch).find(printed).isPresent())
                .toList();
        return all.stream().map(Arch::label).collect(Collectors.joining(", "));
    }
}
