package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convert --into}. */
class ConvertIntoTest {
    private static final String PROFILE = """
            {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1, "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
              {"names": ["read"], "action": "SCMP_ACT_ALLOW"}
            ]}
            """;
    private static final String CONFIG =
            "{\"ociVersion\":\"1\", \"linux\": {\"seccomp\": null,\t\"x\":01e}}".replace("01e", "1e4");
    private static final String WITH_PROFILE = "{\"ociVersion\":\"1\", \"linux\": {\"seccomp\": {\"defaultAction\":"
            + " \"SCMP_ACT_ERRNO\",\"defaultErrnoRet\": 1,\"architectures\": [\"SCMP_ARCH_X86_64\"],\"syscalls\":"
            + " [{\"names\": [\"read\"],\"action\": \"SCMP_ACT_ALLOW\"}]},\t\"x\":1e4}}";

    @TempDir
    Path directory;

    private Path profile = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void write() throws IOException {
        profile = Files.writeString(directory.resolve("app.json"), PROFILE);
        config = Files.writeString(directory.resolve("config.json"), CONFIG);
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void theConfigurationIsReplaced() throws IOException {
        assertEquals(new Result(0, "", ""), Strait.run("convert", profile, "--into", config));
        assertEquals(WITH_PROFILE, Files.readString(config));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(config)));
        assertEquals(
                Strait.run("convert", profile, "--format", "oci"), Strait.run("convert", config, "--format", "oci"));
        assertEquals(
                0,
                Strait.run("convert", profile, "--format", "oci", "--into=" + config)
                        .status());
        assertEquals(WITH_PROFILE, Files.readString(config));
    }

    @Test
    void anotherFileIsWrittenWhereOneIsNamed() throws IOException {
        Path other = directory.resolve("other.json");
        assertEquals(new Result(0, "", ""), Strait.run("convert", profile, "--into", config, "-o", other));
        assertEquals(WITH_PROFILE, Files.readString(other));
        assertEquals(new Result(0, WITH_PROFILE, ""), Strait.run("convert", profile, "--into", config, "-o", "-"));
        assertEquals(CONFIG, Files.readString(config));
        assertEquals(new Result(0, "", ""), Strait.run("convert", profile, "--into", config, "-o", config));
        assertEquals(WITH_PROFILE, Files.readString(config));
    }

    @Test
    void theConfigurationMayBeStandardInput() {
        assertEquals(new Result(0, WITH_PROFILE, ""), Strait.runWith(CONFIG, "convert", profile, "--into", "-"));
        Result both = Strait.runWith(CONFIG, "convert", "-", "--into", "-");
        assertEquals(2, both.status());
        assertTrue(both.err().contains("standard input can be one of the two only"), both.err());
    }

    @Test
    void aFailedRunLeavesTheConfiguration() throws IOException {
        Path scoped = Files.writeString(
                directory.resolve("scoped.json"), PROFILE.replace("ALLOW\"}", "ALLOW\", \"comment\": \"why\"}"));
        assertEquals(2, Strait.run("convert", scoped, "--into", config).status());
        assertEquals(2, Strait.run("convert", profile, "--into", profile).status());
        assertEquals(2, Strait.run("convert", profile, "--into", directory).status());
        assertEquals(
                2,
                Strait.run("convert", profile, "--into", directory.resolve("none.json"))
                        .status());
        assertEquals(
                "strait: error: format 'names' is no part of a container's configuration; --into takes oci and"
                        + " crun-annotation [usage]",
                Strait.run("convert", profile, "--format=names", "--into", config)
                        .errors()
                        .get(0));
        assertEquals(CONFIG, Files.readString(config));
        assertEquals(PROFILE, Files.readString(profile));
        Result neither = Strait.run("convert", profile);
        assertEquals(2, neither.status());
        assertTrue(neither.err().contains("Missing required option: '--format=FORMAT', or --into"), neither.err());
    }

    @Test
    void anAnnotationForCrunIsPutInToo() throws IOException {
        Result alone = Strait.run("convert", profile, "--format", "crun-annotation");
        assertTrue(alone.out().matches("run\\.oci\\.seccomp_bpf_data=[A-Za-z0-9+/]+=*\n"), alone.out());
        assertEquals(
                new Result(0, "", ""), Strait.run("convert", profile, "--format", "crun-annotation", "--into", config));
        String value = alone.out().substring(alone.out().indexOf('=') + 1).strip();
        assertEquals(
                CONFIG.substring(0, CONFIG.length() - 1) + ",\"annotations\":{\"run.oci.seccomp_bpf_data\":\"" + value
                        + "\"}}",
                Files.readString(config));
        assertEquals(
                new Result(
                        0,
                        "",
                        config
                                + ":1: warning: crun takes the filter of the annotation run.oci.seccomp_bpf_data instead of"
                                + " 'linux.seccomp'; remove one of the two [unread-entry]\n"),
                Strait.run("convert", profile, "--into", config));
    }

    @Test
    void anAnnotationHasNoFlags() throws IOException {
        Path flagged = Files.writeString(
                directory.resolve("flagged.json"),
                PROFILE.replace("\"syscalls\"", "\"flags\": [\"SECCOMP_FILTER_FLAG_LOG\"], \"syscalls\""));
        Result result = Strait.run("convert", flagged, "--format", "crun-annotation");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("format 'crun-annotation' has no flag SECCOMP_FILTER_FLAG_LOG"), result.err());
    }

    /** Wherever a profile is read. */
    @Test
    void theProfileOfAConfigurationIsReadByEveryCommand() throws IOException {
        Files.writeString(config, WITH_PROFILE);
        assertEquals(0, Strait.run("diff", profile, config).status());
        assertEquals(
                Strait.run("merge", profile, profile).out(),
                Strait.run("merge", profile, config).out());
        Path trace = Traces.write(directory, "app.strace", Traces.X86_64);
        Result verified = Strait.run("verify", config, trace);
        assertEquals(1, verified.status(), verified.err());
        assertEquals(anywhere(Strait.run("verify", profile, trace)), anywhere(verified));
        assertEquals(
                anywhere(Strait.run("lint", "--runtime", "runc", profile)),
                anywhere(Strait.run("lint", "--runtime", "runc", config)));
    }

    /** What was printed, without the name of the profile and its lines. */
    private String anywhere(Result result) {
        return result.out()
                .replace(config.toString(), profile.toString())
                .replaceAll("(?m)^(" + profile + "):\\d+:", "$1:");
    }
}
