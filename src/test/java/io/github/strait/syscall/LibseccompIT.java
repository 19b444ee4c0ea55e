package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.live.RequiresTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our tables against the installed libseccomp, name by name and number by number. Every difference is excused by a rule
 * below, with its reason; a number that differs is excused by none.
 */
@RequiresTool(LibseccompIT.RESOLVER)
class LibseccompIT {
    static final String RESOLVER = "scmp_sys_resolver";

    /** What the resolver prints for a name that it does not know, and for a number. */
    private static final int UNKNOWN_NAME = -1;

    private static final String UNKNOWN_NUMBER = "UNKNOWN";

    /** The kernel that this libseccomp follows; calls that came later it need not know. */
    private static KernelVersion newestKnown = KernelVersion.parse("0.0");

    /** Calls of that age or older which some libseccomp lacks all the same: "name abi". */
    private static final Set<String> LATE = Set.of(
            // 2.5.4 has it for the other ABIs only.
            "map_shadow_stack x32",
            // Known since 2.6.0.
            "riscv_hwprobe riscv64",
            // In the kernel's headers for this ABI, which 2.6.0 does not follow there.
            "memfd_secret loongarch64");

    /** The newest call of x86_64 that it knows tells: 6.7 for Debian 12's 2.5.4-1+deb12u1, 6.13 for 2.6.0. */
    @BeforeAll
    static void learnItsAge() throws Exception {
        List<String> names = Syscalls.names().asList();
        List<String> answers = resolve(Arch.X86_64, names);
        newestKnown = IntStream.range(0, names.size())
                .filter(i -> Integer.parseInt(answers.get(i)) >= 0)
                .mapToObj(i -> Syscalls.since(names.get(i)))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertTrue(newestKnown.compareTo(KernelVersion.parse("5.15")) >= 0, "libseccomp follows Linux " + newestKnown);
    }

    @ParameterizedTest
    @EnumSource
    void namesResolveToOurNumbers(Arch arch) throws Exception {
        assumeKnown(arch);
        List<String> names = Syscalls.names().asList();
        List<String> answers = resolve(arch, names);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int theirs = Integer.parseInt(answers.get(i));
            if (!sameNumber(names.get(i), arch, theirs)) {
                differences.add(names.get(i) + ": libseccomp says " + theirs);
            }
        }
        assertEquals(List.of(), differences);
    }

    @ParameterizedTest
    @EnumSource
    void numbersResolveToOurNames(Arch arch) throws Exception {
        assumeKnown(arch);
        SyscallTable table = SyscallTable.of(arch);
        int first = table.numbers().values().stream()
                .mapToInt(Integer::intValue)
                .min()
                .orElseThrow();
        List<Integer> numbers = Stream.concat(
                        IntStream.range(first, first + 600).boxed(), table.numbers().values().stream())
                .distinct()
                .toList();
        List<String> answers =
                resolve(arch, numbers.stream().map(String::valueOf).toList());
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            if (!sameName(table.name(numbers.get(i)), arch, answers.get(i))) {
                differences.add(numbers.get(i) + ": libseccomp says " + answers.get(i));
            }
        }
        assertEquals(List.of(), differences);
    }

    private static boolean sameNumber(String name, Arch arch, int theirs) {
        OptionalInt ours = SyscallTable.of(arch).number(name);
        if (ours.isEmpty()) {
            return theirs < 0;
        }
        // A negative number that is not -1 is libseccomp's own: for a call that may be multiplexed it answers so even
        // where the direct call has a number, which the other direction then finds.
        boolean multiplexed =
                theirs < UNKNOWN_NAME && Multiplexer.of(name, arch).isPresent();
        return ours.getAsInt() == theirs || multiplexed || (theirs < 0 && late(name, arch));
    }

    private static boolean sameName(Optional<String> ours, Arch arch, String theirs) {
        if (theirs.equals(UNKNOWN_NUMBER)) {
            return ours.isEmpty() || late(ours.get(), arch);
        }
        return ours.equals(Optional.of(theirs));
    }

    private static boolean late(String name, Arch arch) {
        boolean newer = Syscalls.since(name)
                .filter(since -> since.compareTo(newestKnown) > 0)
                .isPresent();
        return newer || LATE.contains(name + " " + arch.label());
    }

    /** libseccomp 2.5 does not know loongarch64; every other ABI is known to all versions that we meet. */
    private static void assumeKnown(Arch arch) throws Exception {
        boolean known = resolve(arch, List.of("read")).size() == 1;
        assertTrue(known || arch == Arch.LOONGARCH64, arch + " is unknown to libseccomp");
        Assumptions.assumeTrue(known, "this libseccomp does not know " + arch.label());
    }

    /** One answer a line, from one shell, because a start of the resolver costs a millisecond and one of ours more. */
    private static List<String> resolve(Arch arch, List<String> questions) throws IOException, InterruptedException {
        String script = "while read -r q; do " + RESOLVER + " -a " + arch.label() + " \"$q\" 2>/dev/null; done";
        Process shell = new ProcessBuilder("sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread writer = new Thread(() -> write(shell, questions));
        writer.start();
        List<String> answers = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        writer.join();
        shell.waitFor();
        return answers;
    }

    private static void write(Process shell, List<String> questions) {
        try (var stdin = shell.outputWriter(StandardCharsets.UTF_8)) {
            for (String question : questions) {
                stdin.write(question + "\n");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
