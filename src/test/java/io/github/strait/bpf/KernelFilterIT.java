package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.github.strait.live.RequiresTool;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernel loads our filters and answers as the reference does: 64-bit calls, x32 numbers and {@code int 0x80} from a
 * 64-bit program, and all calls of a 32-bit one. What a profile allows is answered with an error of its own here, so that
 * any call with any arguments can be made.
 */
@RequiresTool("gcc")
class KernelFilterIT {
    private static final String SOURCE = "src/test/resources/io/github/strait/bpf/probe.c";
    private static final int PROFILES = 10;
    private static final int CALLS = 300;

    /** Of each profile with conditions: a small part of its borders, in a second for all. */
    private static final int CONDITIONAL_CALLS = 2000;

    private static final int ALLOWED = 4001;
    private static final int LOGGED = 4002;
    private static final int ENOSYS = 38;

    /** What the probe prints for a death by SIGSYS. */
    private static final int KILLED = -100031;

    /** uretprobe and uprobe of x86_64, which the kernel exempts from filters. */
    private static final Set<Integer> EXEMPT = Set.of(335, 336);

    private static final long LOW = 0xffffffffL;

    @TempDir
    static Path folder;

    @BeforeAll
    static void compile() throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "the probe knows x86 only");
        run(List.of("gcc", "-O1", "-Wall", "-Werror", "-o", probe(64), SOURCE), "");
        run(List.of("gcc", "-m32", "-O1", "-Wall", "-Werror", "-o", probe(32), SOURCE), "");
    }

    @Test
    void a64BitProgramMeetsTheFilter() throws Exception {
        for (int seed = 0; seed < PROFILES; seed++) {
            Profile profile = harmless(new Random(seed));
            compare(profile, 64, calls(profile, seed));
        }
    }

    @Test
    void a32BitProgramMeetsTheFilter() throws Exception {
        for (int seed = 0; seed < PROFILES; seed++) {
            Profile profile = harmless(new Random(seed));
            List<SeccompData> calls = calls(profile, seed).stream()
                    .filter(call -> call.arch() == Arch.X86)
                    .toList();
            compare(profile, 32, calls);
        }
    }

    /** Conditions on arguments of both tiers, at the borders of their values. */
    @ParameterizedTest
    @MethodSource("evidence")
    void aProgramMeetsTheConditions(Path evidence) throws Exception {
        for (String tier : List.of("safe", "strict")) {
            Profile conditioned = ConditionedProfiles.of(evidence, tier);
            Profile profile = harmless(conditioned, conditioned.architectures());
            List<SeccompData> calls = Differences.conditional(profile)
                    .filter(KernelFilterIT::isPossible)
                    .map(KernelFilterIT::narrow)
                    .collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(calls, new Random(calls.size()));
            compare(profile, 64, calls.subList(0, Math.min(CONDITIONAL_CALLS, calls.size())));
        }
    }

    static List<Path> evidence() throws IOException {
        return ConditionedProfiles.evidence();
    }

    /** The other tests allow nothing. */
    @Test
    void anAllowedCallIsMade() throws Exception {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.allow("getppid"))
                .build();
        long parent =
                answers(profile, 64, List.of(SeccompData.of(Arch.X86_64, 110))).get(0);
        assertTrue(parent > 0, () -> "getppid gave " + parent);
    }

    private static void compare(Profile profile, int bits, List<SeccompData> calls) throws Exception {
        List<Long> answers = answers(profile, bits, calls);
        for (int i = 0; i < calls.size(); i++) {
            SeccompData call = calls.get(i);
            assertEquals(expected(profile.decide(call)), answers.get(i), () -> call + " under " + profile);
        }
    }

    private static long expected(Decision decision) {
        return switch (decision.action()) {
            case KILL_PROCESS, KILL_THREAD, TRAP -> KILLED;
            case ERRNO -> -decision.errno();
            // nobody listens and nobody traces
            case NOTIFY, TRACE -> -ENOSYS;
            case LOG, ALLOW -> throw new IllegalStateException("would be executed");
        };
    }

    private static Profile harmless(Random random) {
        Profile profile = LargeProfiles.profile(random);
        return harmless(
                profile, ImmutableList.of(Arch.X86_64, Arch.X86, Arch.X32).subList(0, 1 + random.nextInt(3)));
    }

    private static Profile harmless(Profile profile, Iterable<Arch> architectures) {
        Profile.Builder harmless = Profile.builder(profile.defaultAction())
                .defaultErrnoRet(profile.defaultDecision().errno())
                .architectures(architectures);
        profile.rules().forEach(rule -> harmless.rule(harmless(rule)));
        return harmless.build();
    }

    private static Rule harmless(Rule rule) {
        Rule.Builder other = Rule.builder(rule.action().permits() ? Action.ERRNO : rule.action())
                .names(rule.names())
                .conditions(rule.conditions());
        if (rule.action().permits()) {
            other.errnoRet(rule.action() == Action.ALLOW ? ALLOWED : LOGGED);
        }
        return other.build();
    }

    private static List<SeccompData> calls(Profile profile, int seed) {
        BoundaryCalls source = new BoundaryCalls(profile, new Random(seed));
        return Stream.generate(source::next)
                .filter(KernelFilterIT::isPossible)
                .map(KernelFilterIT::narrow)
                .limit(CALLS)
                .toList();
    }

    /** Whether a program of this machine can make the call, and the kernel asks the filter. */
    private static boolean isPossible(SeccompData call) {
        return call.arch().nativeArch() == Arch.X86_64 && (call.arch() == Arch.X86 || !EXEMPT.contains(call.number()));
    }

    private static SeccompData narrow(SeccompData call) {
        if (call.arch() != Arch.X86) {
            return call;
        }
        LongStream args = call.args().stream().map(arg -> arg & LOW);
        return new SeccompData(call.arch(), call.number(), 0, ImmutableLongArray.copyOf(args));
    }

    private static List<Long> answers(Profile profile, int bits, List<SeccompData> calls) throws Exception {
        Path filter = folder.resolve("filter.bpf");
        Files.write(filter, FilterCompiler.compile(profile).encode(ByteOrder.LITTLE_ENDIAN));
        StringBuilder input = new StringBuilder();
        for (SeccompData call : calls) {
            input.append(call.arch() == Arch.X86 ? "compat " : "native ")
                    .append(Integer.toUnsignedString(call.number()));
            call.args().forEach(arg -> input.append(' ').append(Long.toUnsignedString(arg)));
            input.append('\n');
        }
        List<Long> answers = new ArrayList<>();
        run(List.of(probe(bits), filter.toString()), input.toString())
                .lines()
                .forEach(line -> answers.add(Long.valueOf(line)));
        assertEquals(calls.size(), answers.size());
        return answers;
    }

    private static String probe(int bits) {
        return folder.resolve("probe" + bits).toString();
    }

    private static String run(List<String> command, String input) throws IOException, InterruptedException {
        Path file = folder.resolve("calls.txt");
        Files.writeString(file, input);
        Process process = new ProcessBuilder(command)
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
