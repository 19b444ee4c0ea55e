package io.github.strait.live;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * systemd as process 1 of namespaces of its own, which ends as its only service does.
 *
 * @param root / for this machine's, or the folder that another one was unpacked into
 */
record Systemd(Path root) {
    /** This machine's. */
    static final Systemd HERE = new Systemd(Path.of("/"));

    private static final Path SCRIPTS = Path.of("src/test/resources/io/github/strait/live");

    /** What a service printed, and how it ended. */
    Outcome run(Path program, byte[] dropIn, String... lines) throws IOException, InterruptedException {
        return run(program.toString(), dropIn, ImmutableList.copyOf(lines));
    }

    /** A workload of {@code src/main/tools/traces}, with its traced program as a service under the drop-in. */
    static Outcome work(String name, byte[] dropIn, int secondsEachStep) throws IOException, InterruptedException {
        Path file = Files.write(Files.createTempFile("strait-drop-in-", ".conf"), dropIn);
        try {
            String command = "/bin/sh " + SCRIPTS.resolve("systemd-workload.sh").toAbsolutePath() + " " + file + " "
                    + Path.of("src/main/tools/traces/record-all").toAbsolutePath() + " " + name;
            return HERE.run(
                    command, new byte[0], ImmutableList.of("Type=oneshot", "Environment=LIMIT=" + secondsEachStep));
        } finally {
            Files.delete(file);
        }
    }

    private Outcome run(String command, byte[] dropIn, List<String> lines) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("strait-systemd-");
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path units = unit(folder, command, dropIn, lines);
            Outcome outcome =
                    Namespaces.run("systemd.sh", ImmutableList.of(root.toString(), units.toString(), "strait.service"));
            return new Outcome(outcome.status(), Files.readString(folder.resolve("out")) + outcome.text());
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private static Path unit(Path folder, String command, byte[] dropIn, List<String> lines) throws IOException {
        Path units = Files.createDirectories(folder.resolve("units"));
        Path out = Files.createFile(folder.resolve("out"));
        String unit = """
                [Unit]
                DefaultDependencies=no
                SuccessAction=exit-force
                FailureAction=exit-force
                [Service]
                ExecStart=%1$s
                StandardOutput=file:%2$s
                StandardError=file:%2$s
                %3$s
                """.formatted(command, out, String.join("\n", lines));
        Files.writeString(units.resolve("strait.service"), unit);
        Files.write(Files.createDirectories(units.resolve("strait.service.d")).resolve("50-seccomp.conf"), dropIn);
        return units;
    }

    /** What {@code systemd-analyze verify} finds in a unit with the drop-in. */
    static Outcome verified(byte[] dropIn) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("strait-systemd-");
        try {
            Path units = unit(folder, "/bin/true", dropIn, ImmutableList.of());
            return Outcome.of(
                    folder,
                    ImmutableList.of(
                            "systemd-analyze",
                            "verify",
                            "--recursive-errors=no",
                            units.resolve("strait.service").toString()));
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    /** A drop-in as bytes. */
    static byte[] lines(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
