package io.github.strait.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.observation.Completeness.Sign;
import io.github.strait.observation.ObservationReader;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditLogTest {
    private static final String LOG = String.join("\n", Logs.MESSAGES) + "\n";

    @Test
    void aRecordIsACallWithoutArgumentsAndResult() {
        Evidence evidence = Logs.read(LOG);
        SyscallObservation call = evidence.observation()
                .architectures()
                .get(Arch.X86_64)
                .syscalls()
                .get("getppid");
        assertEquals(1, call.unreturned());
        assertEquals(0, call.succeeded());
        assertTrue(call.errors().isEmpty() && call.arguments().isEmpty());
        assertEquals("-:1", call.first().toString());
        assertEquals(List.of("/srv/audits/trig"), call.programs().asList());
        assertEquals(
                Proof.PROVEN,
                evidence.observation().architectures().get(Arch.X86_64).proof());
        assertEquals(
                List.of("-: warning: 3 calls from audit lines (1 logged and run, 1 denied with an error, 1 fatal): only"
                        + " what the profile in force did not allow, without arguments and results; add them to that"
                        + " profile with: strait merge PROFILE LOG [audit-lines]"),
                evidence.diagnostics().stream().map(Diagnostic::toString).toList());
        assertEquals(List.of(), evidence.flaws());
    }

    @Test
    void theObservationIsReadBack() throws IOException {
        Evidence evidence = Logs.read(LOG);
        byte[] json = evidence.json().getBytes(StandardCharsets.UTF_8);
        assertEquals(evidence.observation(), ObservationReader.read("o", new ByteArrayInputStream(json), note -> {}));
        assertEquals(evidence.diagnostics(), Logs.read(json, Selection.ALL).diagnostics());
    }

    @Test
    void compressedLogsAreRead() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(LOG.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(
                Logs.calls(Logs.read(LOG).observation()),
                Logs.calls(Logs.read(packed.toByteArray(), Selection.ALL).observation()));
    }

    /** Most of it is about other things, and the records come late. */
    @Test
    void aLogIsKnownByItsFirstLine() {
        String boot = "[    0.000000] Linux version 6.1.0 (debian-kernel@lists.debian.org)\n".repeat(1000);
        Run run = Logs.read(boot + "[    9.000000] " + Logs.MESSAGES.get(0) + "\n")
                .observation()
                .runs()
                .get(0);
        assertEquals(1, run.lines().calls());
        assertEquals(1000, run.lines().other());
    }

    /** A program logs with a clock of its own before strace writes its first line: that is a trace, from a pipe too. */
    @Test
    void aTraceMayBeginWithWhatAProgramLogs(@TempDir Path folder) throws IOException {
        String text = "2026-11-29 00:33:02 INFO starting\n".repeat(1000) + "7 close(3) = 0\n7 getpid() = 7\n";
        Path file = Files.writeString(folder.resolve("both"), text);
        EvidenceReader reader = new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream());
        assertEquals(
                2, reader.read(List.of(file.toString())).observation().lines().calls());
        assertEquals(2, Logs.read(text).observation().lines().calls());
        Path quiet = Files.writeString(
                folder.resolve("quiet"),
                text.lines().limit(9).map(line -> line + "\n").reduce("", String::concat));
        assertThrows(RefusalException.class, () -> reader.read(List.of(quiet.toString())));
        assertEquals(
                0,
                reader.acceptingSilence()
                        .read(List.of(quiet.toString()))
                        .observation()
                        .lines()
                        .calls());
    }

    @Test
    void recordsAfterProseAreFound() {
        assertEquals(
                3, Logs.read("The log says:\n\n" + LOG).observation().lines().calls());
    }

    @Test
    void brokenRecordsAreSaidToBe() {
        Evidence evidence =
                Logs.read(LOG + "audit: type=1326 audit(1795912388.420:1): pid=7 comm=\"x\" arch=c000003e sys\n");
        assertEquals(
                List.of("-:4: warning: not understood, so not counted [unparsed-line]"),
                evidence.unparsed().stream().map(Diagnostic::toString).toList());
        assertEquals(List.of("1 line not understood"), evidence.flaws());
    }

    /** A thousand records of two containers in one journal, in any order: each one's calls are told apart. */
    @Test
    void theRightContainersCallsAreTold() {
        Random random = new Random(7);
        List<Integer> numbers = List.of(0, 1, 2, 3, 41, 42, 257, 435);
        TreeMap<String, TreeMap<String, Integer>> expected = new TreeMap<>();
        StringBuilder journal = new StringBuilder("-- Journal begins at Sun 2026-11-29 00:00:00 UTC. --\n");
        for (int i = 0; i < 1000; i++) {
            boolean web = random.nextBoolean();
            int number = numbers.get(random.nextInt(numbers.size()));
            String name = NamelessCall.nameOf(number, Arch.X86_64);
            String comm = web ? "nginx" : "a worker process";
            expected.computeIfAbsent(comm, key -> new TreeMap<>()).merge("x86_64 " + name, 1, Integer::sum);
            String hex = BaseEncoding.base16().encode("a worker proces".getBytes(StandardCharsets.UTF_8));
            journal.append("Nov 29 00:33:02 host1 kernel: audit: type=1326 audit(1795912388.420:")
                    .append(i)
                    .append("): auid=4294967295 uid=0 gid=0 ses=4294967295 subj=docker-default (enforce) pid=")
                    .append(web ? 100 : 200)
                    .append(" comm=")
                    .append(web ? "\"nginx\"" : hex)
                    .append(" exe=\"")
                    .append(web ? "/usr/sbin/nginx" : "/srv/worker")
                    .append("\" sig=0 arch=c000003e syscall=")
                    .append(number)
                    .append(" compat=0 ip=0x7f0f58fc6829 code=0x7ffc0000\n");
            if (i % 10 == 0) {
                journal.append("Nov 29 00:33:02 host1 sshd[12]: Accepted publickey for root from 192.0.2.1\n");
            }
        }
        for (Selection web : List.of(
                Selection.of(List.of("nginx"), List.of(), List.of()),
                Selection.of(List.of(), List.of("/usr/sbin/nginx"), List.of()),
                Selection.of(List.of(), List.of("nginx"), List.of()),
                Selection.of(List.of(), List.of(), List.of(100L)))) {
            assertEquals(words(expected.get("nginx")), read(journal, web));
        }
        assertEquals(
                words(expected.get("a worker process")),
                read(journal, Selection.of(List.of("a worker process"), List.of(), List.of())));
        TreeMap<String, Integer> all = new TreeMap<>(expected.get("nginx"));
        expected.get("a worker process").forEach((call, count) -> all.merge(call, count, Integer::sum));
        assertEquals(words(all), read(journal, Selection.ALL));
    }

    private static List<String> words(TreeMap<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList();
    }

    private static List<String> read(StringBuilder log, Selection selection) {
        return Logs.calls(Logs.read(log.toString().getBytes(StandardCharsets.UTF_8), selection)
                .observation());
    }

    @Test
    void severalProgramsAreListed() {
        String other = Logs.message("other", "/bin/o\u0007ther", "c000003e", 41, "0x7ffc0000");
        List<Diagnostic> warnings = Logs.read(LOG + other + "\n").diagnostics();
        assertEquals(
                "-: warning: audit lines of several programs: trig (/srv/audits/trig) 3 times, other (/bin/o\\x07ther) 1"
                        + " time; if not all of them run under this profile, choose with --comm, --exe or --pid"
                        + " [several-programs]",
                warnings.get(1).toString());
    }

    @Test
    void manyProgramsAreBounded() {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            log.append(Logs.message("c" + i, "/" + "x".repeat(300) + i, "c000003e", 41, "0x7ffc0000"))
                    .append('\n');
        }
        String warning = Logs.read(log.toString()).diagnostics().get(1).toString();
        assertTrue(warning.length() < 1500, warning);
        assertTrue(warning.contains(", and more"), warning);
    }

    @Test
    void aSelectionOfNothingIsAnError() {
        Selection nobody = Selection.of(List.of("nobody"), List.of(), List.of());
        String refusal = assertThrows(
                        RefusalException.class, () -> Logs.read(LOG.getBytes(StandardCharsets.UTF_8), nobody))
                .diagnostic()
                .toString();
        assertTrue(refusal.contains("there are lines of: trig (/srv/audits/trig) 3 times"), refusal);
        byte[] trace = "7 close(3) = 0\n".getBytes(StandardCharsets.UTF_8);
        String usage = assertThrows(RefusalException.class, () -> Logs.read(trace, nobody))
                .diagnostic()
                .message();
        assertTrue(usage.contains("for traces use --program"), usage);
    }

    @Test
    void theSameLogWithAnotherSelectionIsAnotherRun() {
        byte[] log = LOG.getBytes(StandardCharsets.UTF_8);
        String all = Logs.read(log, Selection.ALL).observation().runs().get(0).id();
        String some = Logs.read(log, Selection.of(List.of("trig"), List.of(), List.of()))
                .observation()
                .runs()
                .get(0)
                .id();
        assertFalse(all.equals(some));
        assertTrue(some.startsWith(all + "-"), some);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kauditd_printk_skb: 12 callbacks suppressed\\naudit_printk_skb: 30 callbacks suppressed | 42",
                "audit: audit_lost=5 audit_rate_limit=1 audit_backlog_limit=64\\naudit: rate limit exceeded | 1",
                "audit: audit_lost=5 audit_rate_limit=1 audit_backlog_limit=64\\naudit: audit_lost=9 audit_rate_limit=1 audit_backlog_limit=64 | 5",
                "audit: audit_backlog=65 > audit_backlog_limit=64\\naudit: backlog limit exceeded | 2",
                "printk: 7 messages suppressed. | 7",
                "** 31 printk messages dropped ** | 31",
                "Suppressed 12 messages from app.service | 12",
                "Missed 9 kernel messages | 9",
                "imjournal: 11 messages lost due to rate-limiting | 11",
                "show_signal: 41 callbacks suppressed | 0",
                "net_ratelimit: 41 callbacks suppressed | 0",
            })
    void lossIsCounted(String lines, long lost) {
        String log = "[    5.000000] x\n[    6.000000] " + lines.replace("\\n", "\n[    7.000000] ")
                + "\n[    8.000000] " + Logs.MESSAGES.get(0) + "\n";
        Sign sign = Logs.read(log)
                .observation()
                .runs()
                .get(0)
                .completeness()
                .orElseThrow()
                .signs()
                .get(Omission.LINES_LOST);
        assertEquals(lost, sign == null ? 0 : sign.count());
        if (sign != null) {
            assertEquals("-:2", sign.place().at().toString());
        }
    }

    @Test
    void lossIsAFlawWithAFix() {
        Evidence evidence = Logs.read("kauditd_printk_skb: 12 callbacks suppressed\n" + LOG);
        assertEquals(List.of("1 lines-lost"), evidence.flaws());
        assertTrue(evidence.diagnostics().toString().contains("sysctl kernel.printk_ratelimit=0"));
    }

    /** Beside a trace that lacks the start of the program, the log does not make up for it. */
    @Test
    void aLogShowsNoStart(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), LOG);
        Path trace = Files.writeString(folder.resolve("b.strace"), "7 [   3] close(3) = 0\n7 [  39] getpid() = 7\n");
        Evidence evidence = new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                .read(List.of(log.toString(), trace.toString()));
        assertEquals(List.of("1 start-missing", "1 tasks-unended"), evidence.flaws());
    }

    /** Rotation gives a log a name as that of a file of strace -ff. */
    @Test
    void rotatedLogsAreLogs(@TempDir Path folder) throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.resolve("kern.log." + i), "x\n".repeat(i) + LOG);
        }
        Evidence evidence = new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                .read(List.of(folder.toString()));
        assertEquals(3, evidence.observation().runs().size());
        assertEquals(
                List.of("x86_64 getppid 3", "x86_64 syscall_500 3", "x32 getpid 3"),
                Logs.calls(evidence.observation()));
    }

    @Test
    void anotherMachineIsAContradiction() {
        EvidenceReader reader = new EvidenceReader(
                Optional.of(Arch.AARCH64), Arch.X86_64, new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "-:1: error: --arch aarch64 cannot be: this line shows x86_64; leave --arch out [abi-contradiction]",
                assertThrows(RefusalException.class, () -> reader.read(List.of("-")))
                        .diagnostic()
                        .toString());
    }

    /** Where other evidence is, or the caller says so, a log may say that nothing was denied. */
    @Test
    void silenceIsAnAnswerBesideEvidence(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "[    5.000000] x\n[    6.000000] y\n");
        Path trace = Files.writeString(folder.resolve("b.strace"), "7 [   3] close(3) = 0\n");
        EvidenceReader reader = new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream());
        assertThrows(RefusalException.class, () -> reader.read(List.of(log.toString())));
        assertEquals(
                2,
                reader.read(List.of(log.toString(), trace.toString()))
                        .observation()
                        .runs()
                        .size());
        assertEquals(
                0,
                reader.acceptingSilence()
                        .read(List.of(log.toString()))
                        .observation()
                        .lines()
                        .calls());
    }

    /** The program prints what it likes to a terminal or a file; its calls stay calls. */
    @Test
    void audibleWritesAreCallsOfATrace() {
        String trace = "7 execve(\"/x\", [\"x\"], 0x7ffe /* 9 vars */) = 0\n"
                + "7 write(1, \"type=1326 audit(1.2:3): arch=c000003e syscall=101 code=0x7ffc0000\\n\", 66) = 66\n"
                        .repeat(9)
                + "7 exit_group(0) = ?\n";
        Evidence evidence = Logs.read(trace);
        assertEquals(
                List.of("x86_64 execve 1", "x86_64 exit_group 1", "x86_64 write 9"),
                Logs.calls(evidence.observation()));
        assertEquals(0, evidence.observation().lines().unparsed());
    }

    /** Neither kind is dropped in silence. */
    @Test
    void aFileOfBothKindsIsRefused() {
        String calls = "7 openat(AT_FDCWD, \"/x\", O_RDONLY) = 3\n".repeat(9);
        RefusalException refusal = assertThrows(RefusalException.class, () -> Logs.read(LOG + calls));
        assertTrue(refusal.getMessage().contains("mixes audit lines of seccomp with lines of strace"));
        assertThrows(RefusalException.class, () -> Logs.read(calls + LOG));
    }
}
