package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import com.google.common.io.Resources;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.follow.Observing;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that a multiplexer made, in its place. */
class SourceCallsTest {
    private static final Path PAGE = Path.of("src/site/markdown/cross-architecture.md");

    /** The recordings on the source and on the target; the machine is the ABI, or the one that runs it. */
    private static final String[] PAIRS = {
        "c32_chain x86 arm", "c32_csys x86 arm", "c32_csys s390 arm", "c32_csys s390 x86",
        "sqlite s390x x86_64", "sqlite s390x aarch64", "sqlite s390x riscv64", "sqlite s390x ppc64le",
    };

    private static final ImmutableMap<Arch, Arch> MACHINES =
            ImmutableMap.of(Arch.X86, Arch.X86_64, Arch.ARM, Arch.AARCH64, Arch.S390, Arch.S390X);

    @TempDir
    private Path directory;

    private ImmutableSortedMap<String, SyscallObservation> recorded(String program, Arch abi) throws IOException {
        URL url = abi == Arch.S390
                ? Resources.getResource(
                        SourceCallsTest.class,
                        "/io/github/strait/evidence/corpus/strace/s390/" + program + ".fn.log.zst")
                : Resources.getResource(
                        SourceCallsTest.class, "recordings/" + program + "." + abi.label() + ".strace.zst");
        Path file = Files.write(directory.resolve("t.strace.zst"), Resources.toByteArray(url));
        Arch machine = MACHINES.getOrDefault(abi, abi);
        return Objects.requireNonNull(
                        new EvidenceReader(Optional.of(machine), Arch.X86_64, InputStream.nullInputStream())
                                .read(List.of(file.toString()))
                                .observation()
                                .architectures()
                                .get(abi))
                .syscalls();
    }

    private static ImmutableSortedMap<String, SyscallObservation> withoutSubcalls(
            ImmutableSortedMap<String, SyscallObservation> calls) {
        TreeMap<String, SyscallObservation> bare = new TreeMap<>(calls);
        for (String multiplexer : List.of("socketcall", "ipc")) {
            bare.computeIfPresent(multiplexer, (name, call) -> call.with(ImmutableSortedMap.of()));
        }
        return ImmutableSortedMap.copyOfSorted(bare);
    }

    private static Set<String> derived(Arch from, Arch to, ImmutableSortedMap<String, SyscallObservation> calls) {
        return DerivedCalls.of(from, to, SourceCalls.of(from, to, calls).names())
                .calls()
                .keySet();
    }

    private static String counts(Set<String> derived, Set<String> need, Set<String> layers) {
        assertEquals(Set.of(), Sets.difference(Sets.difference(need, layers), derived), "missed");
        return String.valueOf(
                Sets.difference(Sets.difference(derived, layers), need).size());
    }

    /** No call is missed with sub-calls or without, and fewer are surplus with them. */
    @Test
    void thePageHasTheSurplus() throws IOException {
        StringBuilder table = new StringBuilder();
        for (String pair : PAIRS) {
            String[] words = pair.split(" ");
            Arch from = Arch.parse(words[1]);
            Arch to = Arch.parse(words[2]);
            ImmutableSortedMap<String, SyscallObservation> source = recorded(words[0], from);
            Set<String> need = recorded(words[0], to).keySet();
            Set<String> layers = Layer.all().stream()
                    .flatMap(layer -> layer.on(to).keySet().stream())
                    .collect(Collectors.toSet());
            table.append("| ").append(String.join(" | ", words)).append(" | ");
            table.append(counts(derived(from, to, withoutSubcalls(source)), need, layers))
                    .append(" | ");
            table.append(counts(derived(from, to, source), need, layers)).append(" |\n");
        }
        assertTrue(Files.readString(PAGE).contains(table), table.toString());
    }

    /**
     * Where libc makes them through the same multiplexer, the evidence says no more; where libc makes them itself, they
     * are all that there is, if all are known.
     */
    @ParameterizedTest
    @CsvSource({
        "s390x, true, execve ipc socketcall",
        "ppc64le, true, connect execve ipc socket",
        "aarch64, true, connect execve shmget socket",
        "aarch64, false, execve shmget socketcall",
    })
    void anAbiHasThemAsItsLibcMakesThem(String target, boolean areKnown, String names) {
        String unknown = areKnown ? "" : "7 [ 102] socketcall(77, 0xffd0) = -1 EINVAL (Invalid argument)\n";
        ImmutableSortedMap<String, SyscallObservation> calls = Objects.requireNonNull(Observing.text("""
                7 [  11] execve("/bin/a", ["/bin/a"], 0xffd0 /* 3 vars */) = 0
                7 [ 102] socket(AF_UNIX, SOCK_STREAM, 0) = 3
                7 [ 102] connect(3, {sa_family=AF_UNIX, sun_path="/s"}, 110) = 0
                7 [ 117] shmget(IPC_PRIVATE, 4096, 0600) = 1
                """ + unknown)
                        .observation()
                        .architectures()
                        .get(Arch.X86))
                .syscalls();
        assertEquals(
                names,
                String.join(
                        " ", SourceCalls.of(Arch.X86, Arch.parse(target), calls).names()));
    }

    /** The text may mean the direct call or the multiplexer, which made that same call then. */
    @Test
    void aCallThatMayBeMultiplexedIsThatCall() {
        ImmutableSortedMap<String, SyscallObservation> calls = Objects.requireNonNull(Observing.text(
                                Optional.of(Arch.PPC64LE),
                                "7 execve(\"/bin/a\", [\"/bin/a\"], 0x3ff0 /* 3 vars */) = 0\n"
                                        + "7 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n")
                        .observation()
                        .architectures()
                        .get(Arch.PPC64LE))
                .syscalls();
        assertEquals(
                ImmutableSortedSet.of("execve", "socket"),
                SourceCalls.of(Arch.PPC64LE, Arch.AARCH64, calls).names());
        assertEquals(
                ImmutableSortedSet.of("execve", "socket", "socketcall"),
                SourceCalls.of(Arch.PPC64LE, Arch.S390X, calls).names());
    }
}
