package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which directives {@code --hardening} writes, and what speaks against the others. */
class HardeningTest {
    private static final String FAMILIES = "RestrictAddressFamilies=";
    private static final String NAMESPACES = "RestrictNamespaces=yes";
    private static final String MEMORY = "MemoryDenyWriteExecute=yes";
    private static final String PERSONALITY = "LockPersonality=yes";

    private static final String CHILD = "; 11 [ 231] exit_group(0) = ?; 11 +++ exited with 0 +++";

    /** A clone that makes no namespace, and its child. */
    private static final String CLONE =
            "[  56] clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD) = 11" + CHILD;

    @TempDir
    private Path directory;

    /** A trace of x86_64 with these calls in line 6 and after, which semicolons divide. */
    private Path trace(String name, String calls) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String call : calls.isEmpty() ? new String[0] : calls.split("; ")) {
            lines.append(call.startsWith("[") ? "10 " : "").append(call).append('\n');
        }
        return Traces.write(directory, name, Traces.X86_64.replace("10 [ 231]", lines + "10 [ 231]"));
    }

    private static Result harden(Object... words) {
        List<Object> all = new ArrayList<>(List.of("generate", "--verbose", "--format", "systemd", "--hardening"));
        all.addAll(List.of(words));
        Result result = Strait.run(all.toArray());
        assertEquals(0, result.status(), result.err());
        return result;
    }

    /** The directives, without the empty one that forgets a list. */
    private static List<String> directives(Result result) {
        return result.out()
                .lines()
                .filter(line -> line.matches("(Restrict|Memory|Lock)\\w+=.+"))
                .toList();
    }

    private static List<String> notes(Result result) {
        return result.errors().stream()
                .filter(line -> line.endsWith(" [no-hardening]"))
                .toList();
    }

    @Test
    void allIsProvedWhereNothingSpeaksAgainstIt() throws IOException {
        Result result = harden(trace("a.strace", ""));
        assertEquals(List.of(FAMILIES + "none", NAMESPACES, MEMORY, PERSONALITY), directives(result));
        assertEquals(List.of(), notes(result));
        assertTrue(result.out().endsWith("""
                # Hardening: the evidence shows no socket.
                RestrictAddressFamilies=
                RestrictAddressFamilies=none
                # Hardening: no call makes or joins a namespace. clone3 returns ENOSYS, and callers use clone.
                RestrictNamespaces=yes
                # Hardening: no mmap asks for memory that is writable and executable, and no mprotect,
                # pkey_mprotect or shmat for executable memory.
                MemoryDenyWriteExecute=yes
                # Hardening: personality is never called.
                LockPersonality=yes
                """), result.out());
        Result without = Strait.run("generate", "-q", "--format", "systemd", directory.resolve("a.strace"));
        assertTrue(result.out().startsWith(without.out()), without.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "[  41] socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3 > AF_INET AF_INET6 AF_UNIX",
                "[  41] socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3 > AF_NETLINK AF_UNIX",
                "[  41] socket(AF_UNSPEC, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (Not supported) > none",
                "[  53] socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0 > AF_UNIX",
                "[  41] socket(AF_XDP, SOCK_RAW, 0) = -1 EPERM (Operation not permitted) > AF_UNIX AF_XDP",
            })
    void familiesAreThoseSeenAndWhatBelongsToThem(String call, String families) throws IOException {
        Result result = harden(trace("a.strace", call));
        assertEquals(FAMILIES + families, directives(result).get(0));
        assertEquals(List.of(), notes(result));
    }

    /** What speaks against nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                CLONE,
                "[ 435] clone3({flags=CLONE_VM|CLONE_CLEAR_SIGHAND, exit_signal=SIGCHLD}, 88) = 11" + CHILD + "; "
                        + "[  56] clone(child_stack=NULL, flags=SIGCHLD) = 12; 12 [ 231] exit_group(0) = ?;"
                        + " 12 +++ exited with 0 +++",
                "[ 272] unshare(CLONE_FILES) = 0",
                "[   9] mmap(NULL, 4096, PROT_READ|PROT_EXEC, MAP_PRIVATE|MAP_DENYWRITE, 3, 0) = 0x7f00",
                "[  10] mprotect(0x7f00, 4096, PROT_READ|PROT_WRITE) = 0",
                "[  30] shmat(0, NULL, SHM_RDONLY) = 0x7f00",
            })
    void harmlessCallsKeepAll(String calls) throws IOException {
        Result result = harden(trace("a.strace", calls));
        assertEquals(List.of(FAMILIES + "none", NAMESPACES, MEMORY, PERSONALITY), directives(result));
        assertEquals(List.of(), notes(result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "[  41] socket(AF_MCTP, SOCK_DGRAM, 0) = 3 > RestrictAddressFamilies= > not every systemd knows",
                "[  41] socket(0x63, SOCK_DGRAM, 0) = 3 > RestrictAddressFamilies= > not every systemd knows",
                "[  41] socket(AF_NEWER, SOCK_DGRAM, 0) = 3 > RestrictAddressFamilies= > not all arguments of socket",
                "[  53] socketpair(AF_NEWER, SOCK_DGRAM, 0, [3, 4]) = 0 > RestrictAddressFamilies= > of socketpair are",
                "[ 308] setns(3, 0) = 0 > RestrictNamespaces= > setns is called",
                "[ 272] unshare(CLONE_NEWUSER) = -1 EPERM (Operation not permitted) > RestrictNamespaces= > unshare makes",
                "[ 272] unshare(CLONE_NEWTIME) = 0 > RestrictNamespaces= > unshare makes",
                "[ 272] unshare(CLONE_NEWER) = 0 > RestrictNamespaces= > not all arguments of unshare",
                "[   9] mmap(NULL, 9, PROT_READ|PROT_WRITE|PROT_EXEC, MAP_PRIVATE, 3, 0) = 0x7f00"
                        + " > MemoryDenyWriteExecute= > mmap asks for",
                "[   9] mmap(NULL, 9, PROT_NEWER, MAP_PRIVATE, 3, 0) = 0x7f00 > MemoryDenyWriteExecute= > of mmap are",
                "[  10] mprotect(0x7f00, 9, PROT_READ|PROT_EXEC) = 0 > MemoryDenyWriteExecute= > mprotect makes",
                "[ 329] pkey_mprotect(0x7f00, 9, PROT_EXEC, 1) = 0 > MemoryDenyWriteExecute= > pkey_mprotect makes",
                "[  30] shmat(0, NULL, SHM_EXEC) = 0x7f00 > MemoryDenyWriteExecute= > shmat asks",
                "[ 135] personality(0xffffffff) = 0 (PER_LINUX) > LockPersonality= > even to ask",
            })
    void aCallSpeaksAgainstItsDirective(String call, String directive, String why) throws IOException {
        Path trace = trace("a.strace", call);
        Result result = harden(trace);
        String lines = directives(result).toString();
        assertFalse(lines.contains(directive), lines);
        assertEquals(3, directives(result).size(), lines);
        List<String> notes = notes(result);
        assertEquals(1, notes.size(), notes::toString);
        assertTrue(notes.get(0).startsWith(trace + ":6: note: " + directive + " is not written"), notes::toString);
        assertTrue(notes.get(0).contains(why), notes::toString);
    }

    @Test
    void aPersonalityThatMakesMemoryExecutableSpeaksAgainstBoth() throws IOException {
        Result result = harden(trace("a.strace", "[ 135] personality(READ_IMPLIES_EXEC) = 0 (PER_LINUX)"));
        assertEquals(List.of(FAMILIES + "none", NAMESPACES), directives(result));
        assertEquals(2, notes(result).size());
    }

    @Test
    void clone3NeedsACloneThatStandsInForIt() throws IOException {
        String thread = "[ 435] clone3({flags=CLONE_VM|CLONE_THREAD|CLONE_SIGHAND, exit_signal=0}, 88) = 11" + CHILD;
        String note = notes(harden(trace("a.strace", thread))).get(0);
        assertTrue(note.contains(":6: note: RestrictNamespaces= is not written"), note);
        assertTrue(note.contains("clone, which callers use instead, is not allowed"), note);
        String group = "[ 435] clone3({flags=CLONE_INTO_CGROUP, exit_signal=SIGCHLD, cgroup=3}, 88) = 12;"
                + " 12 [ 231] exit_group(0) = ?; 12 +++ exited with 0 +++";
        String other = notes(harden(trace("b.strace", CLONE + "; " + group))).get(0);
        assertTrue(other.contains(":9: note: RestrictNamespaces= is not written"), other);
        assertTrue(other.contains("does what clone cannot"), other);
    }

    @Test
    void moreValuesThanAreKeptProveNothing() throws IOException {
        List<String> calls = new ArrayList<>();
        calls.add("[   9] mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) = 0x7f00");
        for (int i = 0; i < 70; i++) {
            calls.add("[  41] socket(AF_INET, SOCK_RAW, " + i + ") = 3");
        }
        Result result = harden(trace("a.strace", String.join("; ", calls)));
        assertEquals(List.of(NAMESPACES, MEMORY, PERSONALITY), directives(result));
        assertTrue(notes(result).get(0).contains("not all arguments of socket are known"), result.err());
    }

    @Test
    void whatAMultiplexerHidesIsNotKnown() throws IOException {
        Result result = harden(Traces.write(directory, "x86.strace", Traces.X86));
        assertFalse(directives(result).toString().contains(FAMILIES), result.out());
        assertTrue(notes(result).get(0).contains("x86.strace:3: note: " + FAMILIES), result.err());
    }

    @ParameterizedTest
    @CsvSource({
        "socket, RestrictAddressFamilies=",
        "setns, RestrictNamespaces=",
        "clone, RestrictNamespaces=",
        "mprotect, MemoryDenyWriteExecute=",
        "personality, LockPersonality="
    })
    void whatIsAllowedWithoutEvidenceMayHaveAnyValue(String call, String directive) throws IOException {
        Result result = harden(trace("a.strace", ""), "--allow", call);
        assertFalse(directives(result).toString().contains(directive), result.out());
        String note = directive + " is not written, for the evidence does not prove it safe: --allow " + call;
        assertTrue(notes(result).toString().contains(note), result.err());
    }

    @Test
    void everyRunCounts() throws IOException {
        Path one = trace("a.strace", "");
        Path two = trace("b.strace", "[ 308] setns(3, CLONE_NEWNET) = 0; [ 308] setns(4, CLONE_NEWNET) = 0");
        Result result = harden(two, one);
        assertEquals(List.of(FAMILIES + "none", MEMORY, PERSONALITY), directives(result));
        assertTrue(notes(result).get(0).startsWith(two + ":6: "), result.err());
        assertEquals(result.out(), harden(one, two).out());
    }

    /** One note for all directives, with the place where it shows. */
    @Test
    void aRunThatIsNotWholeProvesNothing() throws IOException {
        Path cut = Traces.write(directory, "cut.strace", Traces.X86_64.replaceAll("(?m)^10 \\[ 231\\].*\\n.*\\n", ""));
        assertNone(cut, "the run is not whole");
        assertNone(trace("odd.strace", "10 what is this?"), "odd.strace:6: ");
        assertNone(Traces.write(directory, "counts.strace", """
                        % time     seconds  usecs/call     calls    errors syscall
                        ------ ----------- ----------- --------- --------- ----------------
                        100.00    0.000001           1         1           read
                        ------ ----------- ----------- --------- --------- ----------------
                        100.00    0.000001           1         1           total
                        """), "does not show all calls", "--arch", "x86_64");
        assertNone(
                trace("a.strace", ""), "aarch64 has no evidence of its own", "--target", "x86_64,aarch64", "--derive");
    }

    private static void assertNone(Path trace, String why, String... options) {
        List<Object> words = new ArrayList<>(List.of(trace));
        words.addAll(List.of(options));
        Result result = harden(words.toArray());
        assertEquals(List.of(), directives(result));
        assertEquals(1, notes(result).size(), result.err());
        assertTrue(notes(result).get(0).contains(why), result.err());
    }

    @Test
    void checkComparesTheDirectivesToo() throws IOException {
        Path trace = trace("a.strace", "[  41] socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3");
        Path file = directory.resolve("a.conf");
        harden(trace, "-o", file);
        assertEquals(
                new Result(0, "", ""),
                Strait.run("check", trace, "--profile", file, "--format", "systemd", "--hardening"));
        Result without = Strait.run("check", trace, "--profile", file, "--format", "systemd");
        assertEquals(1, without.status());
        Result again = Strait.run("check", trace("a.strace", ""), "--profile", file, "--format=systemd", "--hardening");
        assertEquals(1, again.status());
        assertTrue(again.out().contains(" --hardening "), again.out());
    }

    @Test
    void whatLogsRefusesNothing() throws IOException {
        Path trace = trace("a.strace", "");
        Result result = Strait.run("generate", trace, "--format", "systemd", "--hardening", "--default-action", "log");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertTrue(result.err().contains("--hardening refuses calls that --default-action log lets run"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci", "bpf-asm", "minijail"})
    void otherFormatsHaveNoDirectives(String format) throws IOException {
        Path trace = trace("a.strace", "");
        Path file = directory.resolve("a.out");
        Result result = Strait.run("generate", trace, "--format", format, "--hardening", "-o", file);
        assertEquals(2, result.status());
        assertEquals(
                "strait: error: format '" + format + "' has no directives for hardening; leave --hardening out, or use"
                        + " --format systemd [usage]\n",
                result.err());
        assertFalse(Files.exists(file));
        Result recording =
                Strait.run("record", "--profile", file, "--format", format, "--hardening", "--", "/bin/true");
        assertEquals(new Result(125, "", result.err()), recording);
    }
}
