package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.derive.Choices;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Layer;
import io.github.strait.derive.NamedLayer;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.format.oci.OciFormat;
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

    private static Outcome works(OciRuntime runtime, boolean noNewPrivileges, Layer layer, List<String> command)
            throws Exception {
        return Again.untilItWorks(() -> run(runtime, noNewPrivileges, layer, command));
    }

    private static Outcome run(OciRuntime runtime, boolean noNewPrivileges, Layer layer, List<String> command)
            throws Exception {
        byte[] document = OciFormat.OCI.write(derive(record(command), layer).plain());
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

    private static Derivation derive(Path trace, Layer runtime) throws Exception {
        Evidence evidence = new EvidenceReader(Optional.empty(), HERE, InputStream.nullInputStream())
                .read(List.of(trace.toString()));
        ImmutableList<Layer> layers = ImmutableList.of(NamedLayer.of("essential"), NamedLayer.of("vdso"), runtime);
        return Derivation.of(evidence.observation(), Choices.of(ImmutableSortedSet.of(), layers));
    }
}
