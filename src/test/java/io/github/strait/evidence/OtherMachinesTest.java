package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.follow.Observing;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace of a machine that no table is of is refused by that machine's name, and no other trace is. */
class OtherMachinesTest {
    private static final String EXECVE = "7 execve(\"/bin/x\", [\"x\"], 0x7bfffd00 /* 9 vars */) = 0\n";
    private static final String SUPERH =
            "\"\\177ELF\\1\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0*\\0\\1\\0\\0\\0\"..., 512) = 512\n";
    private static final String X86_64 =
            "\"\\177ELF\\2\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0>\\0\\1\\0\\0\\0\"..., 832) = 832\n";
    private static final String END = "7 close(3) = 0\n7 exit_group(0)                           = ?\n";

    private static String open(String path) {
        return "7 openat(AT_FDCWD, \"" + path + "\", O_RDONLY|O_CLOEXEC) = 3\n";
    }

    private static String refusal(Optional<Arch> declared, String trace) {
        RefusalException e = assertThrows(RefusalException.class, () -> Observing.text(declared, trace));
        assertEquals("no-table", e.diagnostic().code(), e.diagnostic()::toString);
        return e.diagnostic().toString();
    }

    /** A library by the head that its loader reads: class, byte order and machine. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "1\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0*\\0\\1\\0, SuperH",
                "1\\2\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\22\\0\\0, SPARC",
                "1\\2\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\2\\0\\0, SPARC",
                "2\\2\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0+\\0\\0, SPARC64",
                "1\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\303\\0\\1\\0, ARC",
                "2\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0&\\220\\1\\0, Alpha",
                "1\\2\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\17\\0\\0, PA-RISC",
                "2\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0002\\0\\1\\0, IA-64",
                "1\\2\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\4\\0\\0, m68k",
                "1\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\363\\0\\1\\0, 32-bit RISC-V",
                "1\\2\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0(\\0\\0, big-endian ARM",
            })
    void theFirstLibraryTellsTheMachine(String head, String machine) {
        String trace = EXECVE + open("/etc/ld.so.cache") + "7 mmap2(NULL, 9, PROT_READ, MAP_PRIVATE, 3, 0) = 0x1000\n"
                + open("/lib/libc.so.6") + "7 read(3, \"\\177ELF\\" + head + "\"..., 512) = 512\n" + END;
        String said = refusal(Optional.empty(), trace);
        assertTrue(
                said.startsWith("-:5: error: the library /lib/libc.so.6 is of " + machine + ", which strait has no"),
                said);
        assertTrue(said.contains("; record on another machine, such as x86_64"), said);
        said = refusal(Optional.of(Arch.X86), trace);
        assertTrue(said.startsWith("-:5: error: --arch x86 cannot be: the library"), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lib/sh4-linux-gnu/libc.so.6",
                "/usr/lib/sh4-linux-gnu/libm-2.31.so",
                "/usr/lib/gcc/sh4-unknown-linux-gnu/4.9.3/libgcc_s.so.1",
                "/lib/sh4-linux-musl/libz.so",
                "/etc/ld-musl-sh4.path",
            })
    void theFolderOfALibraryTellsTheMachine(String path) {
        String said = refusal(Optional.empty(), EXECVE + open(path) + "7 read(3, \"\\177ELF\"..., 512) = 512\n" + END);
        assertEquals(
                "-:2: error: the library " + path + " is of SuperH, which strait has no syscall table for; record on"
                        + " another machine, such as x86_64 or aarch64 [no-table]",
                said);
    }

    /** In each form of a line, and with the numbers of i386, which SuperH has, too. */
    @ParameterizedTest
    @ValueSource(strings = {"7 ", "[pid     7] 10:21:14.100201 ", "7 [   3] ", "7 [29580000] ", "     0.000123 "})
    void underEachPrefix(String prefix) {
        String trace = EXECVE + open("/lib/libc.so.6") + "7 read(3, " + SUPERH + END;
        refusal(Optional.empty(), trace.replace("7 ", prefix));
        refusal(
                Optional.empty(),
                trace.replace(
                        "\"/lib/libc.so.6\", O_RDONLY|O_CLOEXEC) = 3\n",
                        "\"/lib/libc.so.6\", O_RDONLY <unfinished ...>\n8 getpid() = 8\n7 <... openat resumed>) = 3\n"));
    }

    /** Programs that work on files of other machines. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // its own library comes first
                "openat(\"/lib/x86_64-linux-gnu/libc.so.6\");read(X86_64);openat(\"/sysroot/lib/libc.so.6\");read(SUPERH)",
                // static: an address or a call that the machine cannot have
                "brk(0x555500000000);openat(\"/sysroot/lib/libc.so.6\");read(SUPERH)",
                "arch_prctl();openat(\"/sysroot/lib/libc.so.6\");read(SUPERH)",
                // no library
                "openat(\"/tmp/a.out\");read(SUPERH)",
                "openat(\"/tmp/a.o\");read(SUPERH)",
                // another file was read before
                "openat(\"/etc/magic\");read(TEXT);openat(\"/sysroot/lib/libc.so.6\");read(SUPERH)",
                // the libraries of cross compilers
                "openat(\"/usr/sh4-linux-gnu/lib/libc.so.6\");read(TEXT)",
                "openat(\"/usr/lib/gcc-cross/sh4-linux-gnu/13/libgcc_s.so\");read(TEXT)",
                // no such library
                "openat(\"/lib/sh4-linux-gnu/libc.so.6\" ENOENT);read(TEXT)",
                // an unknown or a virtual machine
                "openat(\"/lib/x.so\");read(OTHER)",
            })
    void whoeverReadsSuchAFileIsNotOfThatMachine(String calls) {
        StringBuilder trace = new StringBuilder(EXECVE);
        for (String call : calls.split(";")) {
            String argument = call.substring(call.indexOf('(') + 1, call.length() - 1);
            trace.append(
                    switch (call.substring(0, call.indexOf('('))) {
                        case "read" ->
                            "7 read(3, "
                                    + switch (argument) {
                                        case "X86_64" -> X86_64;
                                        case "SUPERH" -> SUPERH;
                                        case "OTHER" -> SUPERH.replace("*\\0", "\\367\\0");
                                        default -> "\"text\", 4) = 4\n";
                                    };
                        case "brk" -> "7 brk(NULL) = " + argument + "\n";
                        case "arch_prctl" -> "7 arch_prctl(ARCH_SET_FS, 0x1000) = 0\n";
                        default ->
                            argument.endsWith(" ENOENT")
                                    ? open(argument.substring(1, argument.length() - 8))
                                            .replace("= 3", "= -1 ENOENT (No such file or directory)")
                                    : open(argument.substring(1, argument.length() - 1));
                    });
        }
        Evidence evidence = Observing.text(trace + END);
        assertTrue(evidence.observation().architectures().containsKey(Arch.X86_64), calls);
        Observing.text(trace.toString().replace("/bin/x", "/usr/bin/qemu-sh4-static") + END);
    }

    @Test
    void anEmulatorIsNotOfTheMachineThatItEmulates() {
        Evidence evidence = Observing.text(EXECVE.replace("/bin/x", "/usr/bin/qemu-sh4-static") + open("/lib/libc.so.6")
                + "7 read(3, " + SUPERH + END);
        assertEquals(Set.of(Arch.X86_64), evidence.observation().architectures().keySet());
    }

    /** The first 256 calls of a program are looked at, the last of them too. */
    @Test
    void aLoaderThatHasNotReadByThenFindsNoLibraries() {
        String library = open("/lib/sh4-linux-gnu/libc.so.6");
        String calls = "7 getpid() = 7\n";
        assertTrue(refusal(Optional.empty(), EXECVE + calls.repeat(255) + library + END)
                .startsWith("-:257: error: the library /lib/sh4-linux-gnu/libc.so.6 is of SuperH"));
        Evidence late = Observing.text(EXECVE + calls.repeat(256) + library + END);
        assertEquals(2 + 256 + 2, late.observation().lines().calls());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "osf_sigprocmask(1, 0) = 0 | Alpha",
                "getxpid() = 7 | Alpha",
                "perfmonctl(3, 4) = -1 ENOSYS (Function not implemented) | IA-64",
                "sched_get_affinity(0, 8, 0x1000) = 8 | SPARC or SPARC64",
            })
    void aCallOfSuchMachinesAloneTellsThem(String call, String machines) {
        String trace = EXECVE + "7 " + call + "\n" + END;
        String name = call.substring(0, call.indexOf('('));
        String said = refusal(Optional.empty(), trace);
        assertTrue(said.startsWith("-:2: error: the call " + name + " is of " + machines + ", which"), said);
        // the user knows better, or another line does
        for (Evidence evidence : List.of(
                Observing.text(Optional.of(Arch.X86), trace),
                Observing.text(trace.replace(END, "7 arch_prctl(ARCH_SET_FS, 0x7f0000001000) = 0\n" + END)))) {
            assertEquals(
                    "-:2: warning: '" + name + "' looks like a call (1 lines) of " + machines
                            + ", which strait has no syscall table for: not counted [no-table]",
                    said(evidence, "no-table"));
        }
    }

    /** Functions that everybody calls, and a table that lists such a call. */
    @Test
    void aNameOfSuchMachinesIsShownAsThat() {
        assertTrue(
                said(Observing.text(EXECVE + "7 getpagesize() = 4096\n" + END), "no-table")
                        .startsWith(
                                "-:2: warning: 'getpagesize' looks like a call (1 lines) of Alpha, IA-64, m68k, SPARC or SPARC64,"));
        Evidence table = Observing.text("""
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                 60.00    0.004190           4       987           osf_sigprocmask
                 30.00    0.002190           4       987           frobnicate
                 10.00    0.001190           4       987           read
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.007570                  2961           total
                """);
        assertTrue(said(table, "no-table").startsWith("-:3: warning: 'osf_sigprocmask' "));
        assertTrue(said(table, "unknown-name").startsWith("-:4: warning: 'frobnicate' "));
    }

    /** Not of the first line that was not understood. */
    @Test
    void anUnknownNameHasItsOwnLine() {
        Evidence evidence = Observing.lines(
                "execve(\"/bin/x\", [\"x\"], 0x7ffe00000000 /* 9 vars */) = 0",
                "prose",
                "xyzzy(1, 2) = 0",
                "brk(NULL)                               = 0x556000000000",
                "plugh(3) = 0",
                "plugh(4) = 0",
                "<... frotz resumed>) = 0");
        List<String> said = evidence.diagnostics().stream()
                .filter(each -> each.code().equals("unknown-name"))
                .map(Diagnostic::toString)
                .toList();
        assertEquals(
                List.of(
                        "-:3: warning: 'xyzzy' looks like a call (1 lines) and is in no syscall table: not counted [unknown-name]",
                        "-:5: warning: 'plugh' looks like a call (2 lines) and is in no syscall table: not counted [unknown-name]",
                        "-:7: warning: 'frotz' looks like a call (1 lines) and is in no syscall table: not counted [unknown-name]"),
                said);
    }

    private static String said(Evidence evidence, String code) {
        return evidence.diagnostics().stream()
                .filter(each -> each.code().equals(code))
                .map(Diagnostic::toString)
                .findFirst()
                .orElse("");
    }
}
