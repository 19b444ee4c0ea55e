package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.github.strait.api.DerivationRequest;
import io.github.strait.api.OutputFormat;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.evidence.Evidence;
import io.github.strait.follow.Observing;
import io.github.strait.live.RequiresTool;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Proof;
import io.github.strait.record.Recording.Outcome;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recording that leaves out what other evidence settles loses nothing: real strace, both ABIs of the machine. */
@RequiresTool({"strace", "gcc"})
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KnownIT {
    /** Serves a while, and has a child; with {@code more} it makes a call that it does not make without. */
    private static final String BODY = """
            char b[1];
            int in = open("/dev/zero", O_RDONLY);
            for (int i = 0; i < 300; i++) {
                syscall(SYS_getppid);
                read(in, b, 1);
            }
            if (!fork()) {
                if (!strcmp(v[1], "more"))
                    syscall(SYS_sched_yield);
                _exit(0);
            }
            wait(0);
            if (!strcmp(v[1], "more"))
                fcntl(in, F_SETPIPE_SZ, 4096);
            if (c > 2)
                execv(v[2], v + 2);
            return 7;
            """;

    @TempDir
    Path directory;

    private String compiled(String name, String option) throws Exception {
        Path source = Files.writeString(directory.resolve(name + ".c"), """
                #define _GNU_SOURCE
                #include <fcntl.h>
                #include <string.h>
                #include <sys/syscall.h>
                #include <sys/wait.h>
                #include <unistd.h>
                int main(int c, char **v) {
                """ + BODY + "}\n");
        Path program = directory.resolve(name);
        Outcome built =
                Recording.run(Map.of(), "", List.of("gcc", option, "-w", "-o", program.toString(), source.toString()));
        assertEquals(0, built.exitStatus(), "apt-get install gcc-multilib: " + built.err());
        return program.toString();
    }

    private Path recorded(String name, String... command) throws Exception {
        Path trace = directory.resolve(name + ".strace");
        assertEquals(new Outcome(7, "", ""), Recording.of(trace, command));
        return trace;
    }

    private static Map<Arch, Set<String>> names(Evidence evidence) {
        return Maps.transformValues(
                evidence.observation().architectures(), seen -> seen.syscalls().keySet());
    }

    private static String profile(Evidence evidence) {
        return new String(
                DerivationRequest.builder()
                        .build()
                        .derive(evidence)
                        .as(OutputFormat.usual())
                        .write(),
                StandardCharsets.UTF_8);
    }

    @Test
    void showsWhatIsNewAndLosesNothing() throws Exception {
        String native64 = compiled("native", "-m64");
        String native32 = compiled("companion", "-m32");
        Path first = recorded("first", native64, "less", native32, "less");
        Path whole = recorded("whole", native64, "more", native32, "more");
        Path partial = recorded("partial", "--known", first.toString(), native64, "more", native32, "more");

        Evidence alone = Observing.files(partial);
        ImmutableSortedMap<Arch, ArchObservation> seen = alone.observation().architectures();
        assertEquals(Set.of(Arch.X86_64, Arch.X86), seen.keySet());
        seen.forEach((arch, calls) -> {
            Set<String> names = calls.syscalls().keySet();
            assertEquals(Proof.PROVEN, calls.proof());
            assertTrue(names.contains("sched_yield"), arch + ": " + names);
            assertTrue(
                    names.containsAll(Set.of("clone", "exit_group", "execve")) || arch == Arch.X86, names.toString());
            assertFalse(names.contains("read") || names.contains("getppid"), arch + ": " + names);
        });
        assertTrue(Files.size(partial) < Files.size(whole) / 4);
        assertEquals(List.of("partial-evidence"), codes(alone));

        Evidence united = Observing.files(first, partial);
        assertEquals(List.of(), codes(united));
        assertEquals(names(Observing.files(first, whole)), names(united));
        assertEquals(profile(Observing.files(first, whole)), profile(united));
        assertFalse(profile(united).equals(profile(Observing.files(first))), "nothing was new");
    }

    /** A profile that allows the calls settles them as well. */
    @Test
    void takesAProfileForEvidence() throws Exception {
        String program = compiled("native", "-m64");
        Path first = recorded("first", program, "less");
        Path known = Files.writeString(directory.resolve("known.json"), profile(Observing.files(first)));
        Path partial = recorded("partial", "--known", known.toString(), program, "more");
        Set<String> names = Observing.files(partial)
                .observation()
                .architectures()
                .get(Arch.X86_64)
                .syscalls()
                .keySet();
        assertTrue(names.contains("sched_yield"), names.toString());
        assertFalse(names.contains("read"), names.toString());
    }

    private static List<String> codes(Evidence evidence) {
        return evidence.diagnostics().stream().map(Diagnostic::code).toList();
    }
}
