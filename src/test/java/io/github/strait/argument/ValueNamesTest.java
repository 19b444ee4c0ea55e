package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What values are called. */
class ValueNamesTest {
    private static String name(String call, int register, long value) {
        return new ValueNames(call, Arch.X86_64).of(register, value, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "socket, 0, 40, AF_VSOCK",
        "socket, 0, 38, AF_ALG",
        "socket, 0, 1, AF_UNIX",
        "socket, 0, 16, AF_NETLINK",
        "socket, 0, 99, 0x63",
        "socket, 1, 0x80801, SOCK_STREAM|SOCK_NONBLOCK|SOCK_CLOEXEC",
        "socket, 1, 3, SOCK_RAW",
        "clone, 0, 0x1200011, SIGCHLD|CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID",
        "clone, 0, 0x10000011, SIGCHLD|CLONE_NEWUSER",
        "unshare, 0, 1, 1",
        "unshare, 0, 0, 0",
        "ioctl, 1, 0x5412, TIOCSTI",
        "ioctl, 1, 2, 2",
        "prctl, 0, 1, PR_SET_PDEATHSIG",
        "prctl, 0, 35, PR_SET_MM",
        "prctl, 0, 47, PR_CAP_AMBIENT",
        "fcntl, 1, 0, F_DUPFD",
        "fcntl, 1, 8, F_SETOWN",
        "fcntl, 1, 1031, F_SETPIPE_SZ",
        "ptrace, 0, 0, PTRACE_TRACEME",
        "pipe2, 1, 0x80080, O_NOTIFICATION_PIPE|O_CLOEXEC",
        "fchmod, 1, 04644, S_ISUID|0644"
    })
    void values(String call, int register, String value, String name) {
        assertEquals(name, name(call, register, Long.decode(value)));
    }

    @Test
    void aNameMayDependOnAnotherRegister() {
        ValueNames socket = new ValueNames("socket", Arch.X86_64);
        assertEquals("NETLINK_NETFILTER", socket.of(2, 12, Map.of(0, 16L)));
        assertEquals("IPPROTO_TCP", socket.of(2, 6, Map.of(0, 10L)));
        assertEquals("6", socket.of(2, 6, Map.of()));
        assertEquals("6", socket.of(2, 6, Map.of(0, 17L)));
    }

    @Test
    void registersAndNumbersDifferFromAbiToAbi() {
        assertEquals("SIGCHLD|CLONE_NEWUSER", new ValueNames("clone", Arch.S390X).of(1, 0x10000011, Map.of()));
        assertEquals("0x10000011", new ValueNames("clone", Arch.S390X).of(0, 0x10000011, Map.of()));
        assertEquals("SIGUSR2", new ValueNames("clone", Arch.MIPS).of(0, 17, Map.of()));
    }

    @Test
    void bitsAreNamedFromTheLowest() {
        assertEquals(
                List.of("1", "CLONE_NEWNS", "CLONE_NEWUSER"),
                new ValueNames("unshare", Arch.X86_64).bits(0, 0x10020001));
        assertEquals(List.of(), new ValueNames("unshare", Arch.X86_64).bits(0, 0));
    }

    @Test
    void everyRowIsOfACallAndOfNamesThatAreKnown() {
        ImmutableSortedSet<String> constants = TableResource.read(ValueNames.class, "constants.tsv").rows().stream()
                .map(row -> row.get(0))
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
        for (List<String> row : rows()) {
            for (String call : TableResource.items(row.get(0))) {
                assertTrue(Syscalls.names().contains(call), call);
            }
            if (!row.get(3).equals(TableResource.ABSENT)) {
                String[] names = row.get(3).substring(2).split(",");
                assertTrue(constants.containsAll(List.of(names)), row.get(3));
            }
        }
    }

    static List<List<String>> rows() {
        return TableResource.read(ValueNames.class, "argument-names.tsv").rows();
    }
}
