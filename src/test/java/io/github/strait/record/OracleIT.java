package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.live.RequiresTool;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Proof;
import io.github.strait.record.Recording.Outcome;
import io.github.strait.syscall.Arch;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we count in a recording is what strace counted in the same run, and every call is proven. */
@RequiresTool("strace")
class OracleIT {
    private static final Strace STRACE = new Strace(Path.of("strace"), Optional.empty());
    /** They do not return, and strace counts returns. */
    private static final Set<String> NEVER_RETURN = Set.of("exit", "exit_group");

    private static final String SOURCE = """
            #include <sys/socket.h>
            #include <sys/wait.h>
            #include <unistd.h>
            int main(void) {
                socket(AF_UNIX, SOCK_STREAM, 0);
                if (fork() == 0) execl("/bin/true", "true", (char *) 0);
                wait(0);
                return 0;
            }
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls -R /usr/share/doc/base-files",
                "ls / | sort | head -3",
                "head -c 3000000 /dev/zero | xz -0 -T2 --block-size=200000 | wc -c",
                "for i in 1 2 3 4 5; do (sleep 0.01 &); done; sleep 0.1; env printf x | env cat",
            })
    @RequiresTool({"strace", "xz"})
    void countsAsStraceDoes(String script) throws Exception {
        Evidence evidence = record("sh", "-c", script);
        assertEquals(Set.of(Arch.X86_64), evidence.observation().architectures().keySet());
        compare(evidence);
    }

    @Test
    void countsThreads() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        compare(record(java, "-version"));
    }

    @Test
    @RequiresTool({"strace", "gcc"})
    void countsBothAbis() throws Exception {
        Path source = Files.writeString(directory.resolve("mixed.c"), SOURCE);
        Path program = directory.resolve("mixed");
        Outcome built =
                Recording.run(Map.of(), "", List.of("gcc", "-m32", "-o", program.toString(), source.toString()));
        assertEquals(0, built.exitStatus(), "apt-get install gcc-multilib: " + built.err());
        Evidence evidence = record(program.toString());
        Map<Arch, ArchObservation> found = evidence.observation().architectures();
        assertEquals(Set.of(Arch.X86_64, Arch.X86), found.keySet());
        assertTrue(found.get(Arch.X86).syscalls().containsKey("socketcall")
                || found.get(Arch.X86).syscalls().containsKey("socket"));
        compare(evidence);
    }

    /** Runs our own command line with -C, so that strace adds its table to the trace. */
    private Evidence record(String... command) throws Exception {
        Path trace = directory.resolve("trace");
        List<String> line = STRACE.command(trace, RecordOptions.ofCommand(trace, List.of(command)));
        ImmutableList.Builder<String> counting = ImmutableList.builder();
        counting.add(line.get(0), "-C").addAll(line.subList(1, line.size()));
        Outcome outcome = Recording.run(Map.of(), "", counting.build());
        assertEquals(0, outcome.exitStatus(), outcome.err());
        EvidenceReader reader = new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream());
        Evidence evidence = reader.read(List.of(trace.toString()));
        assertEquals(List.of(), evidence.diagnostics());
        assertEquals(0, evidence.observation().lines().unparsed());
        evidence.observation().architectures().values().forEach(seen -> assertEquals(Proof.PROVEN, seen.proof()));
        return evidence;
    }

    private void compare(Evidence evidence) throws Exception {
        TreeMap<String, Long> ours = new TreeMap<>();
        evidence.observation()
                .architectures()
                .forEach((arch, seen) -> seen.syscalls().forEach((name, call) -> {
                    long returned = call.count() - call.unreturned();
                    if (!NEVER_RETURN.contains(name) && returned > 0) {
                        // strace's table, like its lines, has the call inside the multiplexer.
                        ours.merge(name.equals("socketcall") ? "socket" : name, returned, Long::sum);
                    }
                }));
        TreeMap<String, Long> theirs = table();
        assertFalse(theirs.isEmpty());
        assertEquals(theirs, ours);
    }

    /** The rows of strace's tables, one table an ABI: {@code % time, seconds, usecs/call, calls, errors, syscall}. */
    private TreeMap<String, Long> table() throws Exception {
        TreeMap<String, Long> counts = new TreeMap<>();
        boolean inside = false;
        for (String row : Files.readAllLines(directory.resolve("trace"))) {
            List<String> columns = Splitter.on(' ').omitEmptyStrings().splitToList(row);
            if (row.startsWith("------")) {
                inside = !inside;
            } else if (inside) {
                counts.merge(columns.get(columns.size() - 1), Long.valueOf(columns.get(3)), Long::sum);
            }
        }
        return counts;
    }
}
