package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import io.github.strait.cli.Strait;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.syscall.Arch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The probe in containers whose configuration a profile was put into. */
@RequiresTool(
        value = {"gcc", "runc", "crun", "podman", "busybox", "unshare", "ip"},
        asRoot = true)
class ContainerConfigIT {
    @TempDir
    Path folder;

    /** The configuration is what the runtime itself writes, but for what this machine cannot give. */
    @ParameterizedTest
    @EnumSource
    void aProfileInTheConfigurationConfines(OciRuntime runtime) throws Exception {
        String[] needs = RuntimeLayer.of(runtime.spec(), true, false, false)
                .on(Arch.X86_64)
                .keySet()
                .toArray(String[]::new);
        Path profile =
                Files.write(folder.resolve("app.json"), OciFormat.OCI.write(Probe.allowing(Probe.profile(), needs)));
        Path bundle = bundle(runtime);
        assertEquals(
                new Strait.Result(0, "", ""), Strait.run("convert", profile, "--into", bundle.resolve("config.json")));
        Probe.ARGS.assertPrinted(run(runtime, bundle), List.of(needs));
    }

    /** crun needs nothing of the filter but execve. */
    @Test
    void aFilterInAnAnnotationConfines() throws Exception {
        Path profile =
                Files.write(folder.resolve("app.json"), OciFormat.OCI.write(Probe.allowing(Probe.profile(), "close")));
        Path bundle = bundle(OciRuntime.CRUN);
        assertEquals(
                new Strait.Result(0, "", ""),
                Strait.run("convert", profile, "--format", "crun-annotation", "--into", bundle.resolve("config.json")));
        Probe.ARGS.assertPrinted(run(OciRuntime.CRUN, bundle));
    }

    @Test
    void podmanHandsTheAnnotationToCrun() throws Exception {
        Files.write(folder.resolve("app.json"), OciFormat.OCI.write(Probe.allowing(Probe.profile(), "close")));
        Files.copy(Probe.ARGS.program(), folder.resolve("probe"), StandardCopyOption.COPY_ATTRIBUTES);
        Probe.ARGS.assertPrinted(
                ImageRecordingIT.run("annotation.sh", "crun", folder).text());
    }

    private Path bundle(OciRuntime runtime) throws Exception {
        RootFileSystem root = RootFileSystem.create(Files.createDirectories(folder.resolve("root")));
        Files.copy(Probe.ARGS.program(), root.folder().resolve("bin/probe"));
        Path bundle = Files.createDirectories(folder.resolve("bundle"));
        BundleConfig.of(runtime)
                .noNewPrivileges(true)
                .command(ImmutableList.of("/bin/probe"))
                .root(root.folder().toString())
                .onlyMounts(Set.of("/proc", "/dev"))
                .namespaces(ImmutableList.of("pid", "network", "ipc", "uts", "mount"))
                .write(bundle);
        return bundle;
    }

    private static String run(OciRuntime runtime, Path bundle) throws Exception {
        String state = bundle.resolve("state").toString();
        String name = "strait-config-" + ProcessHandle.current().pid();
        try {
            return Again.untilItWorks(() -> runtime.run(bundle, List.of("--root", state, "run", name)))
                    .text();
        } finally {
            runtime.run(bundle, List.of("--root", state, "delete", "--force", name));
        }
    }
}
