package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -o}: everything or nothing. */
class OutputFileTest {
    @TempDir
    Path directory;

    private Path trace;
    private Path out;
    private String expected;

    @BeforeEach
    void record() throws IOException {
        trace = Traces.write(directory, "a.strace", Traces.X86_64);
        out = directory.resolve("out.json");
        expected = Strait.run("generate", "-q", trace).out();
        assertTrue(expected.endsWith("}\n"), expected);
    }

    @Test
    void aFileGetsWhatStdoutWouldHaveGot() throws IOException {
        assertEquals(new Result(0, "", ""), generate(out));
        assertEquals(expected, Files.readString(out));
        assertEquals(new Result(0, expected, ""), generate("-"));
        assertEquals(List.of("a.strace", "out.json"), files());
    }

    @Test
    void anOldFileIsReplacedAndKeepsItsPermissions() throws IOException {
        Files.writeString(out, "old and longer than the new one".repeat(1000));
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rw-rw----"));
        assertEquals(0, generate(out).status());
        assertEquals(expected, Files.readString(out));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(out)));
    }

    @Test
    void aNewFileGetsThePermissionsThatAnyNewFileGets() throws IOException {
        generate(out);
        Path other = Files.createFile(directory.resolve("other"));
        assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(out));
    }

    @Test
    void aFailedRunLeavesTheOldFileAndNothingElse() throws IOException {
        Files.writeString(out, "old");
        assertEquals(
                2, Strait.run("generate", directory.resolve("gone"), "-o", out).status());
        assertEquals(2, Strait.run("generate", trace, "--target=arm", "-o", out).status());
        assertEquals("old", Files.readString(out));
        assertEquals(List.of("a.strace", "out.json"), files());
    }

    @Test
    void nothingIsWrittenOfEvidenceThatIsBelowWhatWasAskedFor() throws IOException {
        Path flawed = Traces.write(directory, "b.strace", Traces.FLAWED);
        assertEquals(1, Strait.run("generate", "--strict", flawed, "-o", out).status());
        assertFalse(Files.exists(out));
    }

    @Test
    void aLinkIsWrittenThrough() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real")).resolve("profile.json");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real/profile.json"));
        Path second = Files.createSymbolicLink(directory.resolve("second"), link);
        for (int i = 0; i < 2; i++) {
            // first a link to nothing, then one to a file
            assertEquals(0, generate(second).status());
            assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(second));
            assertEquals(expected, Files.readString(real));
            Files.writeString(real, "old");
        }
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        assertEquals(2, generate(loop).status());
        assertTrue(Files.isSymbolicLink(loop));
    }

    /** A shell's {@code >(...)} and /dev/stdout: links of the kernel's, whose text is no path. */
    @Test
    void aPipeIsWrittenToByTheNameOfItsDescriptor() throws IOException {
        List<Path> before = pipes();
        Pipe pipe = Pipe.open();
        List<Path> ends = new ArrayList<>(pipes());
        ends.removeAll(before);
        assertEquals(new Result(0, "", ""), generate(ends.get(0)));
        ByteBuffer read = ByteBuffer.allocate(expected.length() + 1);
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            source.read(read);
        }
        assertEquals(expected, new String(read.array(), 0, read.position(), StandardCharsets.UTF_8));
    }

    private static List<Path> pipes() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/dev/fd"))) {
            return descriptors
                    .filter(file -> Files.exists(file) && Files.isSymbolicLink(file))
                    .filter(file -> !Files.isRegularFile(file) && !Files.isDirectory(file))
                    .toList();
        }
    }

    @Test
    void aDeviceIsWrittenTo() {
        assertEquals(new Result(0, "", ""), generate("/dev/null"));
        assertTrue(Files.exists(Path.of("/dev/null")) && !Files.isRegularFile(Path.of("/dev/null")));
        Result full = generate("/dev/full");
        assertEquals(2, full.status());
        assertTrue(full.err().startsWith("/dev/full: error: cannot be written: "), full.err());
    }

    @Test
    void whatCannotBeWrittenIsNamedWithTheFix() throws IOException {
        refused(directory, "is a directory; name a file in it");
        refused(directory.resolve("no/such/file"), "its directory does not exist; create it first");
        refused(trace.resolve("file"), "choose another place with -o");
        refused(Path.of("/proc/strait.json"), "its directory takes no new file; choose another place with -o");
        assertEquals(List.of("a.strace"), files());
    }

    @Test
    void aClosedStdoutIsTrouble() {
        var err = new java.io.ByteArrayOutputStream();
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("closed");
            }
        };
        for (String[] args : new String[][] {
            {"generate", "-q", trace.toString()}, {"syscalls", "read"}, {"explain", trace.toString()}, {"completion"}
        }) {
            int status = Main.run(InputStream.nullInputStream(), Strait.stream(closed), Strait.stream(err), args);
            assertEquals(2, status);
        }
    }

    private void refused(Path file, String what) {
        Result result = generate(file);
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertEquals(1, result.errors().size(), result.err());
        assertTrue(result.err().startsWith(file + ": error: "), result.err());
        assertTrue(result.err().contains(what), result.err());
        assertFalse(result.err().contains("Exception"), result.err());
    }

    private Result generate(Object output) {
        return Strait.run("generate", "-q", trace, "-o", output);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void evidenceIsNotReplacedByWhatItGives() throws IOException {
        byte[] before = Files.readAllBytes(trace);
        Path symbolic = Files.createSymbolicLink(directory.resolve("symbolic"), trace);
        Path hard = Files.createLink(directory.resolve("hard"), trace);
        for (Path name : List.of(trace, symbolic, hard, directory.resolve("./a.strace"))) {
            for (String command : List.of("generate", "summarize", "merge")) {
                Object[] words = command.equals("merge")
                        ? new Object[] {command, trace, trace, "-o", name}
                        : new Object[] {command, trace, "--output=" + name};
                Result result = Strait.run(words);
                assertEquals(2, result.status(), result.err());
                assertTrue(result.err().contains("is also an input of this command"), result.err());
            }
        }
        assertEquals(2, Strait.run("generate", directory, "-o", trace).status());
        assertEquals(before.length, Files.size(trace));
        assertTrue(Files.isSymbolicLink(symbolic));
    }

    @Test
    void aProfileInTheDirectoryOfTheEvidenceIsReplaced() throws IOException {
        Path traces = Files.createDirectory(directory.resolve("traces"));
        Files.copy(trace, traces.resolve("a.strace"));
        Path profile = traces.resolve("app.json");
        Strait.run("generate", traces.resolve("a.strace"), "-o", profile);
        assertEquals(
                2,
                Strait.run("generate", traces, "-o", traces.resolve("a.strace")).status());
        assertEquals(
                0,
                Strait.run("-q", "generate", traces.resolve("a.strace"), "-o", profile)
                        .status());
    }

    @Test
    void allBitsOfTheModeStay() throws IOException {
        Files.writeString(out, "old");
        Files.setAttribute(out, "unix:mode", 02640);
        assertEquals(0, generate(out).status());
        assertEquals(02640, (int) Files.getAttribute(out, "unix:mode") & 07777);
    }
}
