package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Severity;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Libseccomp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What generate writes passes lint, and lint does not talk about it for long. */
class OwnProfilesTest {
    private static final int FEW = 6;

    static List<Path> profiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("generated"))) {
            return files.filter(path -> path.getFileName().toString().matches("profile(\\.moby)?\\.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void nothingButFewNotes(Path file) throws IOException {
        List<Finding> findings = Cases.lint(Files.readString(file));
        assertEquals(
                List.of(),
                findings.stream()
                        .filter(finding -> finding.isAtLeast(Severity.WARNING))
                        .map(Finding::toString)
                        .toList());
        assertTrue(findings.size() <= FEW, findings::toString);
        assertTrue(findings.stream().noneMatch(finding -> finding.id().equals("upper-half")), findings::toString);
        long libraries = findings.stream()
                .filter(finding -> finding.id().equals("newer-than-libseccomp"))
                .count();
        assertTrue(libraries <= 1, findings::toString);
    }

    /** It was made for Docker without no-new-privileges, and starts with it as well. */
    @ParameterizedTest
    @MethodSource("profiles")
    void startsAsItWasMadeFor(Path file) throws IOException {
        for (String runtime : List.of("docker", "containerd", "runc", "runc@1.1", "runc@1.3")) {
            for (boolean noNewPrivileges : new boolean[] {false, true}) {
                assertEquals(List.of(), verdicts(file, runtime, noNewPrivileges), runtime);
            }
        }
        for (String runtime : List.of("crun", "podman", "bubblewrap", "gvisor")) {
            assertEquals(List.of(), verdicts(file, runtime, true), runtime);
        }
    }

    private static List<String> verdicts(Path file, String runtime, boolean noNewPrivileges) throws IOException {
        Start start =
                new Start(runtime, noNewPrivileges, false, false, Start.DEFAULT.capabilities(), Start.DEFAULT.kernel());
        return Cases.lint(Files.readString(file), Libseccomp.oldest(), start).stream()
                .filter(finding -> finding.id().equals("does-not-start"))
                .map(Finding::explanation)
                .toList();
    }

    @Test
    void thereAreSome() throws IOException {
        assertTrue(profiles().size() > 10);
    }
}
