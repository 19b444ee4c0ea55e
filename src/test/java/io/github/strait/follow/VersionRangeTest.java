package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.evidence.Evidence;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.StraceVersion;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that meant another call in old versions of strace, which only the style of the other lines shows. */
class VersionRangeTest {
    private static final String BRACKETS = "execve(\"/bin/p\", [\"p\"], [/* 9 vars */]) = 0\n";
    private static final String UP_TO_4_10 = BRACKETS + "brk(0) = 0x804c000\n";
    private static final String UP_TO_4_9 = UP_TO_4_10 + "ioctl(1, SNDCTL_TMR_TIMEBASE or TCGETS, 0xff00) = 0\n";
    private static final String SINCE_4_11 = BRACKETS + "brk(NULL) = 0x804c000\n";

    @ParameterizedTest
    @CsvSource({
        "select(0) = 0, _newselect, ''",
        "oldselect(0) = 0, select, ''",
        "old_mmap(0) = 0x1000, mmap, ''",
        "'umount(\"/x\", MNT_DETACH) = 0', umount2, ''",
        "umount(\"/x\") = 0, umount, ''",
        "oldumount(\"/x\") = 0, umount, ''",
        "socket_subcall(0x4) = 0, socketcall, ''",
        "ipc_subcall(0x4) = 0, ipc, ''",
        "_exit(0) = ?, exit, ''",
    })
    void upTo410(String call, String name, String alternative) {
        check(Arch.X86, UP_TO_4_10 + call, name, alternative);
    }

    @ParameterizedTest
    @CsvSource({"getrlimit(3) = 0, ugetrlimit", "old_getrlimit(3) = 0, getrlimit", "select(0) = 0, _newselect"})
    void upTo49(String call, String name) {
        check(Arch.X86, UP_TO_4_9 + call, name, "");
    }

    /** 4.9 and 4.10 differ in names alone; a name that only 4.10 has settles it. */
    @Test
    void whatMayBeEitherKeepsTheOtherAsAnAlternative() {
        check(Arch.X86, UP_TO_4_10 + "getrlimit(3) = 0", "getrlimit", "ugetrlimit");
        check(Arch.X86, UP_TO_4_10 + "ugetrlimit(3) = 0\ngetrlimit(3) = 0", "getrlimit", "");
        check(Arch.X86, BRACKETS + "select(0) = 0", "select", "_newselect");
    }

    @Test
    void newerVersionsMeanWhatTheySay() {
        check(Arch.X86, SINCE_4_11 + "select(0) = 0", "select", "");
        check(Arch.X86, "select(0) = 0", "select", "");
        check(Arch.X86, "select(0) = 0\numount(\"/x\") = 0", "umount", "");
    }

    /** {@code -e raw=all} prints a zero, too, but no brackets. */
    @Test
    void aRawBreakIsNotOld() {
        check(Arch.X86, "execve(0xff00, 0xff10, 0xff20) = 0\nbrk(0) = 0x804c000\nselect(0) = 0", "select", "");
    }

    @ParameterizedTest
    @CsvSource({
        "aarch64, truncate64(\"/x\") = 0, truncate",
        "aarch64, statfs64(\"/x\") = 0, statfs",
        "arm, newfstatat(3) = 0, fstatat64",
        "arm, get_mempolicy(3) = 0, set_mempolicy",
        "x86_64, 'umount(\"/x\", 0) = 0', umount2",
        "ppc64le, select(0) = 0, _newselect",
    })
    void otherMachines(String arch, String call, String name) {
        check(Arch.parse(arch), UP_TO_4_9 + call, name, "");
    }

    @ParameterizedTest
    @CsvSource({
        "'[pid 7] wait4(-1, <unfinished ...>\n[pid 7] <... wait4 resumed> NULL, 0, NULL) = 8', 0.0 to 4.26",
        "'[pid 7] wait4(-1, <unfinished ...>\n[pid 7] <... wait4 resumed>, NULL, 0, NULL) = 8', 5.0",
        "'[pid 7] clone3({} <unfinished ...>\n[pid 7] <... clone3 resumed> => {parent_tid=[8]}, 88) = 8', 0.0 to 2147",
        "'socket(PF_LOCAL, SOCK_STREAM, 0) = 3', 0.0 to 4.11",
        "'socket(AF_UNIX, SOCK_STREAM, 0) = 3', 4.12",
        "'syscall_333(0x1) = 3', 0.0 to 4.20",
        "'syscall_0x14d(0x1) = 3', 4.21",
        "'--- {si_signo=SIGUSR1, si_code=SI_USER} (User defined signal 1) ---', 0.0 to 4.6",
        "'--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER} ---', 0.0 to 2147",
        "'socket(AF_UNIX, SOCK_STREAM, 0) = 3\nbrk(0) = 0x1\npread(3, 0x1, 1, 0) = 1', 4.12",
    })
    void theStyleTellsTheVersions(String lines, String versions) {
        RunObserver observer = new RunObserver("t", new PrintedNameTable(), ArgumentWatch.NONE, ProgramChoice.ALL);
        Observing.each(lines, observer::accept);
        String range = observer.end().versions().toString();
        assertEquals(versions, range.substring(0, Math.min(range.length(), versions.length())));
    }

    @Test
    void contradictoryStylesChangeNothing() {
        VersionRange versions = new VersionRange();
        versions.notAfter(StraceVersion.parse("4.9"));
        versions.notBefore(StraceVersion.parse("5.0"));
        assertEquals("0.0 to 4.9", versions.toString());
        versions.notAfter(StraceVersion.parse("4.16"));
        assertEquals("0.0 to 4.9", versions.toString());
    }

    private static void check(Arch arch, String lines, String name, String alternative) {
        Evidence evidence = Observing.text(Optional.of(arch), lines + "\n");
        assertEquals(
                alternative.isEmpty() ? Set.of() : Set.of(alternative),
                Observing.call(evidence, arch, name).alternatives());
    }

    @Test
    void anEraEndsByItsNewestVersion() {
        StraceVersion v49 = new StraceVersion(4, 9);
        StraceVersion v410 = new StraceVersion(4, 10);
        StraceVersion v411 = new StraceVersion(4, 11);
        VersionRange versions = new VersionRange();
        assertFalse(versions.endsBy(v411));
        assertFalse(versions.mayBe(v410), "nothing shows that it is old");
        versions.notAfter(v411);
        assertTrue(versions.mayBe(v49));
        assertTrue(versions.endsBy(v411));
        assertFalse(versions.endsBy(v410));
        versions.notBefore(v410);
        assertTrue(versions.mayBe(v410));
        assertFalse(versions.mayBe(v49));
        versions.notAfter(v49);
        assertEquals("4.10 to 4.11", versions.toString());
        versions.notAfter(v410);
        assertTrue(versions.endsBy(v410));
    }
}
