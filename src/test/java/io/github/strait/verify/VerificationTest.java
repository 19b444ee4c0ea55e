package io.github.strait.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Iterables;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence replayed against profiles, call by call. */
class VerificationTest {
    private static final String START = "1 [  59] execve(\"/bin/a\", [...], 0x7ffc /* 3 vars */) = 0\n";
    private static final String END = "1 [ 231] exit_group(0) = ?\n1 +++ exited with 0 +++\n";

    @TempDir
    private Path directory;

    private static Profile.Builder denying() {
        return Profile.builder(Action.ERRNO).architectures(Arch.X86_64).rule(Rule.allow("execve", "exit_group"));
    }

    private static Rule only(String name, Condition... conditions) {
        return Rule.builder(Action.ALLOW)
                .name(name)
                .conditions(Arrays.asList(conditions))
                .build();
    }

    private ObservedCalls observe(Profile profile, String... traces) throws IOException {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < traces.length; i++) {
            files.add(Files.writeString(directory.resolve("t" + i), traces[i]).toString());
        }
        ArgumentWatch watch = new ArgumentWatch(Filter.arguments(profile));
        Observation observation = new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                .watching(watch)
                .read(files)
                .observation();
        return new ObservedCalls(observation, watch.samples());
    }

    private static Map<Arch, Filter> filters(ObservedCalls observed, Profile profile) {
        Map<Arch, Filter> filters = new TreeMap<>();
        observed.observation().architectures().keySet().forEach(arch -> filters.put(arch, Filter.of(profile, arch)));
        return filters;
    }

    private Verification verify(Profile profile, String... traces) throws IOException {
        ObservedCalls observed = observe(profile, traces);
        return Verification.of(observed, filters(observed, profile));
    }

    private Verdict theOnly(Verdict.Kind kind, Profile profile, String calls) throws IOException {
        return Iterables.getOnlyElement(verify(profile, START + calls + END).verdicts(kind));
    }

    @Test
    void whatIsDeniedIsAGapWithItsFirstPlace() throws IOException {
        Verdict gap = theOnly(Verdict.Kind.GAP, denying().build(), "1 [ 39] getpid() = 1\n".repeat(3));
        assertEquals("getpid", gap.name());
        assertEquals(3, gap.count());
        assertEquals(2, gap.first().line());
        assertEquals(List.of("/bin/a"), gap.programs().asList());
        assertEquals("[ERRNO 1]", gap.answers().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNDECIDED | socket(0x2 /* AF_INET */, 0x1 /* SOCK_STREAM */, 0) = 3",
                "UNDECIDED | socket(AF_INET, SOCK_STREAM, 0) = 3",
                "GAP       | socket(0x100000002, 0x1, 0) = 3",
                "GAP       | socket(0x1 /* AF_UNIX */, 0x1 /* SOCK_STREAM */, 0) = 3",
                "GAP       | socket(AF_UNIX, SOCK_STREAM, 0) = 3",
                "GAP       | socket(-1, 1, 0) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
                "UNDECIDED | socket(AF_FROB, SOCK_STREAM, 0) = 3",
                "UNDECIDED | socket() = 3",
            })
    void argumentsDecide(Verdict.Kind kind, String call) throws IOException {
        Profile profile =
                denying().rule(only("socket", Condition.of(0, Operator.EQ, 2))).build();
        List<Verdict> verdicts =
                verify(profile, START + "1 [ 41] " + call + "\n" + END).verdicts(kind);
        assertEquals(
                1,
                verdicts.stream()
                        .filter(verdict -> verdict.name().equals("socket"))
                        .count());
    }

    /** What looks at the printed half alone is decided, whatever stands in the other one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALLOWED   | NE | 40 | 0          | socket(AF_INET, SOCK_STREAM, 0) = 3",
                "UNDECIDED | NE | 2  | 0          | socket(AF_INET, SOCK_STREAM, 0) = 3",
                "UNDECIDED | LE | 40 | 0          | socket(AF_INET, SOCK_STREAM, 0) = 3",
                "ALLOWED   | GE | 2  | 0          | socket(AF_INET, SOCK_STREAM, 0) = 3",
                "UNDECIDED | GE | 3  | 0          | socket(AF_INET, SOCK_STREAM, 0) = 3",
                "ALLOWED   | MASKED_EQ | 0xffffffff | 2 | socket(AF_INET, SOCK_STREAM, 0) = 3",
                "GAP       | MASKED_EQ | 0xffffffff | 3 | socket(AF_INET, SOCK_STREAM, 0) = 3",
                "UNDECIDED | MASKED_EQ | 0x1ffffffff | 2 | socket(AF_INET, SOCK_STREAM, 0) = 3",
            })
    void theOtherHalfOfAnIntMayBeAnything(Verdict.Kind kind, Operator operator, String value, String two, String call)
            throws IOException {
        Condition condition = new Condition(0, operator, Long.decode(value), Long.decode(two));
        Profile profile = denying().rule(only("socket", condition)).build();
        assertEquals("socket", theSocket(kind, profile, call).name());
    }

    /** Under {@code run} the kernel has answered: what did not fail with the filter's errno was not denied. */
    @Test
    void theResultsOfCallsUnderTheFilterDecide() throws IOException {
        Profile profile = Profile.builder(Action.ALLOW)
                .architectures(Arch.X86_64)
                .rule(Rule.builder(Action.ERRNO)
                        .name("socket")
                        .condition(Condition.of(0, Operator.NE, 2))
                        .build())
                .build();
        String allowed = "1 [ 41] socket(0x2 /* AF_INET */, 1, 0) = 3\n";
        String denied = "1 [ 41] socket(0x2 /* AF_INET */, 1, 0) = -1 EPERM (Operation not permitted)\n";
        String other = "1 [ 41] socket(0x1 /* AF_UNIX */, 1, 0) = -1 EPERM (Operation not permitted)\n";
        assertEquals("[]", underFilter(profile, allowed).toString());
        assertEquals("[1 GAP 0x2 /* AF_INET */]", underFilter(profile, denied).toString());
        assertEquals(
                "[1 GAP 0x2 /* AF_INET */]",
                underFilter(profile, allowed + denied + allowed).toString());
        assertEquals(
                "[1 GAP 0x1 /* AF_UNIX */]",
                underFilter(profile, other + allowed).toString());
        assertEquals(
                "[2 GAP 0x1 /* AF_UNIX */, 1 GAP 0x2 /* AF_INET */]",
                underFilter(profile, other + denied + other).toString());
    }

    private List<String> underFilter(Profile profile, String calls) throws IOException {
        ObservedCalls observed = observe(profile, START + calls + END);
        return Verification.underFilter(observed, filters(observed, profile)).verdicts().stream()
                .filter(verdict -> verdict.kind() != Verdict.Kind.ALLOWED)
                .map(verdict -> verdict.count() + " " + verdict.kind() + " "
                        + verdict.arguments().replaceAll(", _", ""))
                .sorted(Comparator.comparing(text -> text.substring(text.indexOf(' '))))
                .toList();
    }

    private Verdict theSocket(Verdict.Kind kind, Profile profile, String call) throws IOException {
        return Iterables.getOnlyElement(verify(profile, START + "1 [ 41] " + call + "\n" + END).verdicts(kind).stream()
                .filter(verdict -> verdict.name().equals("socket"))
                .toList());
    }

    @Test
    void theFirstHalfOfASplitCallHasTheArguments() throws IOException {
        Profile profile = denying()
                .rule(only("ioctl", Condition.of(1, Operator.EQ, 0x5401)))
                .build();
        String calls = "1 [ 16] ioctl(0, 0x5401 /* TCGETS */ <unfinished ...>\n"
                + "1 [ 16] <... ioctl resumed>, {c_iflag=0}) = 0\n"
                + "1 [ 16] ioctl(0, 0x5402 /* TCSETS */ <unfinished ...>\n"
                + "1 [ 16] <... ioctl resumed>, {c_iflag=0}) = 0\n";
        Verdict gap = theOnly(Verdict.Kind.GAP, profile, calls);
        assertEquals("_, 0x5402 /* TCSETS */", gap.arguments());
        assertEquals(4, gap.first().line());
    }

    @Test
    void aSecondHalfAloneHasNone() throws IOException {
        Profile profile = denying()
                .rule(only("ioctl", Condition.of(1, Operator.EQ, 0x5401)))
                .build();
        Verdict undecided = theOnly(Verdict.Kind.UNDECIDED, profile, "1 [ 16] <... ioctl resumed>, 0x5401) = 0\n");
        assertEquals("", undecided.arguments());
        assertEquals(2, undecided.answers().size());
    }

    @Test
    void aNegativeNumberDecidesOnlyWhereBothSpellingsAgree() throws IOException {
        String call = "1 [ 257] openat(-100 /* AT_FDCWD */, \"/x\", 0) = 3\n";
        Profile wide = denying()
                .rule(only("openat", Condition.of(0, Operator.EQ, -100L)))
                .build();
        assertEquals("openat", theOnly(Verdict.Kind.UNDECIDED, wide, call).name());
        Profile low = denying()
                .rule(only("openat", Condition.maskedEqual(0, 0xffffffffL, 0xffffff9cL)))
                .build();
        assertEquals(List.of(), verify(low, START + call + END).verdicts(Verdict.Kind.UNDECIDED));
        assertEquals(List.of(), verify(low, START + call + END).verdicts(Verdict.Kind.GAP));
    }

    @Test
    void anObservationDecidesNoArgument() throws IOException {
        Profile profile =
                denying().rule(only("socket", Condition.of(0, Operator.EQ, 2))).build();
        ObservedCalls observed = observe(profile, START + "1 [ 41] socket(0x2, 0x1, 0) = 3\n" + END);
        ObservedCalls summary = observe(profile, ObservationWriter.write(observed.observation()));
        assertEquals(observed.observation(), summary.observation());
        Verification verification = Verification.of(summary, filters(summary, profile));
        assertEquals(1, verification.verdicts(Verdict.Kind.UNDECIDED).size());
        assertEquals(3, verification.calls());
    }

    @Test
    void theSameTraceTwiceIsReplayedOnce() throws IOException {
        Profile profile =
                denying().rule(only("socket", Condition.of(0, Operator.EQ, 2))).build();
        String trace = START + "1 [ 41] socket(0x2, 0x1, 0) = 3\n" + END;
        assertEquals(3, verify(profile, trace, trace).calls());
        assertEquals(6, verify(profile, trace, trace.replace("= 3", "= 4")).calls());
    }

    @Test
    void callsOfAnAbiThatIsNotListedAreKilled() throws IOException {
        Profile profile = denying().rule(Rule.allow("read", "brk")).build();
        String mixed = "2 [  59] execve(\"./demo\", [...], 0x7f /* 4 vars */) = 0\n"
                + "2 [  59] [ Process PID=2 runs in 32 bit mode. ]\n"
                + "2 [  45] brk(NULL) = 0x56b0d000\n2 [ 252] exit_group(0) = ?\n2 +++ exited with 0 +++\n";
        List<Verdict> gaps = verify(profile, mixed).verdicts(Verdict.Kind.GAP);
        assertEquals(
                List.of("brk", "exit_group"), gaps.stream().map(Verdict::name).toList());
        assertTrue(gaps.stream().allMatch(gap -> gap.answers().toString().equals("[KILL_THREAD]")));
    }

    @Test
    void numbersWithoutANameAreReplayedByNumber() throws IOException {
        Verdict gap = theOnly(
                Verdict.Kind.GAP,
                denying().build(),
                "1 [ 700] syscall_0x2bc(0x1, 0x2) = -1 ENOSYS (Function not implemented)\n");
        assertEquals("syscall_700", gap.name());
    }

    @Test
    void aSupervisorIsNotForeseen() throws IOException {
        Profile profile = denying()
                .rule(Rule.builder(Action.NOTIFY).name("getpid").build())
                .rule(Rule.builder(Action.LOG).name("getppid").build())
                .build();
        String calls = "1 [ 39] getpid() = 1\n1 [ 110] getppid() = 1\n";
        assertEquals("getpid", theOnly(Verdict.Kind.UNDECIDED, profile, calls).name());
        assertEquals(List.of(), verify(profile, START + calls + END).verdicts(Verdict.Kind.GAP));
    }

    @Test
    void slackIsWhatNobodySaw() throws IOException {
        Profile profile = denying().rule(Rule.allow("ptrace", "no_such_call")).build();
        assertEquals(
                Map.of(Arch.X86_64, ImmutableSortedSet.of("ptrace")),
                verify(profile, START + END).slack());
    }

    @Test
    void eachFilterMustBeThere() throws IOException {
        ObservedCalls observed = observe(denying().build(), START + END);
        assertThrows(IllegalArgumentException.class, () -> Verification.of(observed, Map.of()));
    }

    @Test
    void leavingOneOutFindsTheNeedAndWhatIsSuperfluous() throws IOException {
        Profile profile = denying()
                .rule(Rule.allow("getpid", "ptrace", "gettid"))
                .rule(only("socket", Condition.of(0, Operator.EQ, 2)))
                .rule(only("socket", Condition.of(0, Operator.EQ, 1)))
                .build();
        ObservedCalls observed =
                observe(profile, START + "1 [ 39] getpid() = 1\n1 [ 41] socket(0x2, 0x1, 0) = 3\n" + END);
        LayerNames layers = new LayerNames(ImmutableTable.of(Arch.X86_64, "gettid", "some"));
        Minimality minimality = Minimality.of(observed, AbiProfiles.of(Map.of(Arch.X86_64, profile)), layers);
        assertEquals(7, minimality.parts().size());
        assertEquals(
                List.of("ptrace", "socket if arg0 EQ 1"),
                minimality.superfluous().stream()
                        .map(part -> part.name() + (part.conditions().isEmpty() ? "" : " if " + part.conditions()))
                        .toList());
        Minimality.Part socket = minimality.parts().stream()
                .filter(part -> part.conditions().equals("arg0 EQ 2"))
                .findFirst()
                .orElseThrow();
        assertEquals(3, socket.need().orElseThrow().first().line());
    }

    @Test
    void crossValidationNamesTheRunsThatNoOtherCovers() throws IOException {
        String extra = START + "1 [ 39] getpid() = 1\n" + END;
        ObservedCalls observed = observe(denying().build(), START + END, START + END.replace('0', '3'), extra);
        CrossValidation validation = CrossValidation.of(observed, others -> {
            Profile.Builder profile = Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
            others.architectures()
                    .forEach((arch, seen) -> profile.rule(Rule.builder(Action.ALLOW)
                            .names(seen.syscalls().keySet())
                            .build()));
            return Map.of(Arch.X86_64, Filter.of(profile.build(), Arch.X86_64));
        });
        assertEquals(3, validation.runs());
        CrossValidation.UncoveredRun uncoveredRun = Iterables.getOnlyElement(validation.uncovered());
        assertTrue(
                uncoveredRun.run().source().endsWith("t2"), uncoveredRun.run().source());
        assertEquals("getpid", Iterables.getOnlyElement(uncoveredRun.gaps()).name());
        ObservedCalls one = observe(denying().build(), extra);
        assertEquals(0, CrossValidation.of(one, others -> Map.of()).uncovered().size());
    }
}
