package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.Tier;
import io.github.strait.derive.Choices;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Layer;
import io.github.strait.derive.NamedLayer;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Profile;
import io.github.strait.runtime.Start;
import io.github.strait.start.Obstacle;
import io.github.strait.start.Startability;
import io.github.strait.syscall.Arch;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is derived from a trace recorded outside of a container starts in one, thanks to the layer of the runtime. */
@RequiresTool(
        value = {"runc", "crun", "strace", "gcc", "busybox", "unshare"},
        asRoot = true)
class ContainerStartIT {
    private static final Arch HERE = Arch.parse(System.getProperty("os.arch"));

    @TempDir
    static Path folder;

    private static RootFileSystem root = new RootFileSystem(Path.of(""));
    private static String threads = "";
    private static String bare = "";

    @BeforeAll
    static void prepare() throws Exception {
        root = RootFileSystem.create(folder.resolve("root"));
        threads = root.compile("threads.c");
        bare = root.compileBare();
    }

    @ParameterizedTest
    @CsvSource({"RUNC, false", "RUNC, true", "CRUN, false", "CRUN, true"})
    void programsStartAndDoTheirWork(OciRuntime runtime, boolean noNewPrivileges) throws Exception {
        Layer layer = RuntimeLayer.of(runtime.spec(), noNewPrivileges, false, false);
        Outcome listed = works(runtime, noNewPrivileges, layer, List.of("/bin/busybox", "ls", "-R", "/bin"));
        assertEquals(0, listed.status(), listed.text());
        assertTrue(listed.text().contains("/bin:\nbusybox\n"), listed.text());
        assertEquals(
                new Outcome(0, "2\n"),
                works(
                        runtime,
                        noNewPrivileges,
                        layer,
                        List.of("/bin/busybox", "sh", "-c", "echo one two | /bin/busybox wc -w")));
        assertEquals(new Outcome(0, "total 1998000\n"), works(runtime, noNewPrivileges, layer, List.of(threads)));
        assertEquals(new Outcome(0, "ran\n"), works(runtime, noNewPrivileges, layer, List.of(bare)));
    }

    /** crun with no_new_privs is left out: it needs only execve then, which every trace shows. */
    @ParameterizedTest
    @CsvSource({"RUNC, false", "RUNC, true", "CRUN, false"})
    void withoutTheLayerNothingStarts(OciRuntime runtime, boolean noNewPrivileges) throws Exception {
        Layer none = RuntimeLayer.of("none", noNewPrivileges, false, false);
        Outcome outcome = run(runtime, noNewPrivileges, none, List.of(bare));
        assertNotEquals(0, outcome.status());
        assertFalse(outcome.text().contains("ran"), outcome.text());
    }

    /** Without no_new_privs the runtime drops capabilities under the filter: prctl with values that no program needs. */
    @ParameterizedTest
    @CsvSource({"RUNC, unable to apply bounding set", "CRUN, prctl drop bounding"})
    void theValuesThatTheRuntimeNeedsLetContainersStart(OciRuntime runtime, String symptom) throws Exception {
        Layer layer = RuntimeLayer.of(runtime.spec(), false, false, false);
        Path trace = record(List.of(bare));
        Profile profile = derive(trace, layer, Optional.of(Tier.SAFE)).plain();
        Container container = new Container(root.folder(), OciFormat.OCI.write(profile), false, ImmutableList.of(bare));
        assertEquals(new Outcome(0, "ran\n"), Again.untilItWorks(() -> container.run(runtime)));

        Layer without = new Layer(
                layer.name(),
                layer.purpose(),
                layer.reasons(),
                ImmutableMap.of("prctl", ImmutableMap.of("0", ImmutableSet.of("PR_SET_NAME"))));
        Profile refusing = derive(trace, without, Optional.of(Tier.SAFE)).plain();
        Outcome outcome =
                new Container(root.folder(), OciFormat.OCI.write(refusing), false, ImmutableList.of(bare)).run(runtime);
        assertTrue(outcome.text().contains(symptom), outcome.text());
        assertEquals(List.of(), said(profile, runtime));
        assertTrue(said(refusing, runtime).get(0).contains("prctl(PR_CAPBSET_DROP)"), "lint says it before");
    }

    /** What is said of the runtime's own calls; that of the program needs less than programs with a C library. */
    private static List<String> said(Profile profile, OciRuntime runtime) throws Exception {
        Start start =
                new Start(runtime.spec(), false, false, false, Start.DEFAULT.capabilities(), Start.DEFAULT.kernel());
        return Startability.of(profile, List.of(HERE), start).stream()
                .filter(obstacle -> !obstacle.kind().isOfProgram())
                .map(Obstacle::what)
                .toList();
    }

    private static Outcome works(OciRuntime runtime, boolean noNewPrivileges, Layer layer, List<String> command)
            throws Exception {
        return Again.untilItWorks(() -> run(runtime, noNewPrivileges, layer, command));
    }

    private static Outcome run(OciRuntime runtime, boolean noNewPrivileges, Layer layer, List<String> command)
            throws Exception {
        byte[] document = OciFormat.OCI.write(
                derive(record(command), layer, Optional.empty()).plain());
        return new Container(root.folder(), document, noNewPrivileges, ImmutableList.copyOf(command)).run(runtime);
    }

    /** Traces the command outside of a container. */
    private static Path record(List<String> command) throws Exception {
        Path trace = folder.resolve("trace.strace");
        List<String> words = new ArrayList<>(
                List.of("strace", "-f", "-n", "-s", "0", "--quiet=attach", "-o", trace.toString(), "--"));
        words.addAll(command);
        words.set(words.lastIndexOf(command.get(0)), root.outside(command.get(0)));
        Outcome.text(Path.of("."), words.toArray(String[]::new));
        return trace;
    }

    private static Derivation derive(Path trace, Layer runtime, Optional<Tier> args) throws Exception {
        Evidence evidence = new EvidenceReader(Optional.empty(), HERE, InputStream.nullInputStream())
                .read(List.of(trace.toString()));
        ImmutableList<Layer> layers = ImmutableList.of(NamedLayer.of("essential"), NamedLayer.of("vdso"), runtime);
        return Derivation.of(evidence.observation(), Choices.of(layers, args));
    }
}
