package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values of arguments that only exploits need, tried under the profile of a program that makes the same calls with ordinary
 * values: its conditions refuse each of them, whatever the upper half of the register holds, and by names alone the kernel
 * gets all of them.
 */
@RequiresTool(
        value = {"runc", "crun", "gcc", "busybox", "unshare", "strace"},
        asRoot = true)
class PrimitivesIT {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    /** Fewer would not show much. */
    private static final int LEAST = 20;

    private static final String ORDINARY = "ordinary";

    @TempDir
    static Path folder;

    private static RootFileSystem root = new RootFileSystem(Path.of(""));
    private static String program = "";
    private static ImmutableList<Path> evidence = ImmutableList.of();

    @BeforeAll
    static void record() throws Exception {
        root = RootFileSystem.create(folder.resolve("root"));
        program = root.compile("primitives.c");
        Path trace = folder.resolve("ordinary.strace");
        Outcome.text(
                Path.of("."),
                "strace",
                "-f",
                "-n",
                "-s",
                "0",
                "-X",
                "raw",
                "--quiet=attach",
                "-o",
                trace.toString(),
                "--",
                root.outside(program),
                ORDINARY);
        evidence = ImmutableList.of(trace);
    }

    @ParameterizedTest
    @CsvSource({"RUNC, false", "RUNC, true", "CRUN, false", "CRUN, true"})
    void conditionsRefuseThem(OciRuntime runtime, boolean noNewPrivileges) throws Exception {
        byte[] safe = profile(runtime, noNewPrivileges, "safe");
        Map<String, Integer> refused = tried(runtime, noNewPrivileges, safe);
        assertTrue(refused.size() >= LEAST, refused::toString);
        assertEquals(Maps.toMap(refused.keySet(), name -> name.startsWith("clone3") ? ENOSYS : EPERM), refused);
        assertEquals(
                ImmutableMap.of("done", 0),
                run(runtime, noNewPrivileges, safe, ORDINARY).errnos());
    }

    @ParameterizedTest
    @CsvSource({"RUNC, false", "RUNC, true", "CRUN, false", "CRUN, true"})
    void byNamesAloneTheyReachTheKernel(OciRuntime runtime, boolean noNewPrivileges) throws Exception {
        Map<String, Integer> errnos = tried(runtime, noNewPrivileges, profile(runtime, noNewPrivileges, "none"));
        assertTrue(errnos.size() >= LEAST, errnos::toString);
        assertEquals(Map.of(), Maps.filterValues(errnos, Set.of(EPERM, ENOSYS)::contains));
    }

    private static byte[] profile(OciRuntime runtime, boolean noNewPrivileges, String arguments) throws Exception {
        List<String> options = new ArrayList<>(List.of("--runtime", runtime.spec(), "--args", arguments));
        if (noNewPrivileges) {
            options.add("--no-new-privs");
        }
        return TracedProgram.generate(evidence, options);
    }

    /** The errno of each, by name. */
    private static Map<String, Integer> tried(OciRuntime runtime, boolean noNewPrivileges, byte[] profile)
            throws Exception {
        TreeMap<String, Integer> errnos = run(runtime, noNewPrivileges, profile).errnos();
        assertEquals(0, errnos.remove("done"));
        return errnos;
    }

    private static Outcome run(OciRuntime runtime, boolean noNewPrivileges, byte[] profile, String... words)
            throws Exception {
        ImmutableList<String> command =
                ImmutableList.<String>builder().add(program).add(words).build();
        Container container = new Container(root.folder(), profile, noNewPrivileges, command);
        return Again.untilItWorks(() -> container.run(runtime));
    }
}
