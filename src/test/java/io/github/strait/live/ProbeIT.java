package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.format.filter.FilterFormat;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Companions;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The probe under the readers of the formats that strait has had for long. */
@RequiresTool(
        value = {"gcc", "bwrap", "runc", "crun", "busybox", "unshare"},
        asRoot = true)
class ProbeIT {
    @TempDir
    static Path folder;

    @Test
    void printsTheSameUnderBubblewrap() throws Exception {
        Probe.ARGS.assertPrinted(sandboxed(Probe.ARGS, Probe.profile()));
        Probe.NAMES.assertPrinted(sandboxed(Probe.NAMES, Probe.byNames()));
    }

    @Test
    void bothAbisAreFilteredByOneFilter() throws Exception {
        Profile profile = Companions.add(
                Probe.profile().toBuilder().architectures(Arch.X86).build());
        Probe.ARGS.assertPrinted(sandboxed(Probe.ARGS, profile));
        Probe.ARGS_32.assertPrinted(sandboxed(Probe.ARGS_32, profile));
    }

    /** The calls of the runtime under the filter, of which the probe makes none itself. */
    @ParameterizedTest
    @EnumSource
    void printsTheSameInAContainer(OciRuntime runtime) throws Exception {
        RootFileSystem root = RootFileSystem.create(Files.createDirectories(folder.resolve(runtime.command())));
        Files.copy(Probe.ARGS.program(), root.folder().resolve("bin/probe"));
        String[] needs = RuntimeLayer.of(runtime.spec(), true, false, false)
                .on(Arch.X86_64)
                .keySet()
                .toArray(String[]::new);
        byte[] document = OciFormat.OCI.write(Probe.allowing(Probe.profile(), needs));
        Container container = new Container(root.folder(), document, true, ImmutableList.of("/bin/probe"));
        Outcome outcome = Again.untilItWorks(() -> container.run(runtime));
        Probe.ARGS.assertPrinted(outcome.text(), List.of(needs));
    }

    @Test
    void whatDiffersIsNamed() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/io/github/strait/live/probe-args.txt"));
        AssertionError error = assertThrows(
                AssertionError.class, () -> Probe.ARGS.assertPrinted(text.replace("getuid EPERM", "getuid ok")));
        assertTrue(error.getMessage().contains("getuid EPERM expected, and it printed getuid ok"), error.getMessage());
    }

    private static String sandboxed(Probe probe, Profile profile) throws Exception {
        Path filter = Files.write(folder.resolve("filter.bpf"), FilterFormat.BPF.write(profile));
        String run = "exec 9<\"$1\" && exec bwrap --seccomp 9 --ro-bind / / \"$2\"";
        return Outcome.text(
                folder,
                "sh",
                "-c",
                run,
                "sh",
                filter.toString(),
                probe.program().toString());
    }
}
