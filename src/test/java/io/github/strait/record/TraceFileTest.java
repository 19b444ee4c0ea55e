package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording gets to its place and nowhere else, even if others can write in its folder. */
class TraceFileTest {
    private static final String WHAT = "what was recorded\n";

    @TempDir
    Path directory;

    private final List<Diagnostic> told = new ArrayList<>();
    private List<Path> leftBefore = List.of();

    @BeforeEach
    void lookAround() throws IOException {
        leftBefore = leftOvers(Path.of("/var/tmp"));
    }

    @AfterEach
    void leavesNothing() throws IOException {
        assertEquals(List.of(), leftOvers(directory));
        assertEquals(leftBefore, leftOvers(Path.of("/var/tmp")));
    }

    private static List<Path> leftOvers(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PrivateFolder.PREFIX + "*")) {
            files.forEach(found::add);
        }
        return found;
    }

    /** {@code rwxr-xr-x}: safe; {@code rwxrwxrwx}: others can change it. */
    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxrwxrwx"})
    void keepsTheModeOfTheOldFile(String mode) throws IOException {
        mode(directory, mode);
        for (String rights : List.of("rw-r-----", "rw-rw-rw-", "rw-------", "rwxrw-r--")) {
            mode(Files.writeString(trace(), "old"), rights);
            record(trace());
            assertEquals(WHAT, Files.readString(trace()));
            assertEquals(rights, PosixFilePermissions.toString(Files.getPosixFilePermissions(trace())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxrwxrwx"})
    void nobodyElseSeesTheTraceWhileItIsMade(String mode) throws IOException {
        mode(directory, mode);
        try (TraceFile file = TraceFile.create(trace())) {
            Path folder = file.output().getParent();
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
            assertFalse(Files.exists(trace()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxrwxrwx"})
    void aLinkPlantedMeanwhileIsReplacedAndNotFollowed(String mode) throws IOException {
        mode(directory, mode);
        Path victim = Files.writeString(directory.resolve("victim"), "untouched");
        try (TraceFile file = TraceFile.create(trace())) {
            Files.writeString(file.output(), WHAT);
            Files.createSymbolicLink(trace(), victim);
            file.keep(told::add);
        }
        assertEquals("untouched", Files.readString(victim));
        assertTrue(Files.isRegularFile(trace(), LinkOption.NOFOLLOW_LINKS));
        assertEquals(WHAT, Files.readString(trace()));
    }

    @Test
    void whatAnotherUserHasMovedAwayIsKeptElsewhere() throws IOException {
        mode(directory, "rwxrwxrwx");
        Path victim = Files.writeString(directory.resolve("victim"), "untouched");
        Path kept;
        try (TraceFile file = TraceFile.create(trace())) {
            Files.writeString(file.output(), WHAT);
            Path waiting = leftOvers(directory).get(0);
            Files.move(waiting, directory.resolve("moved"));
            Files.createSymbolicLink(waiting, victim);
            kept = file.output();
            IOException e = assertThrows(IOException.class, () -> file.keep(told::add));
            assertTrue(e.getMessage().endsWith(", so the trace stays in " + kept), e.getMessage());
        }
        assertEquals(WHAT, Files.readString(kept));
        assertEquals("untouched", Files.readString(victim));
        Files.delete(kept);
        Files.delete(kept.getParent());
    }

    @Test
    void aLinkIsWrittenThroughAlsoToNothingYet() throws IOException {
        Path target = directory.resolve("target");
        Files.createSymbolicLink(trace(), Path.of("target"));
        for (int i = 0; i < 2; i++) {
            record(trace());
            assertTrue(Files.isSymbolicLink(trace()));
            assertEquals(WHAT, Files.readString(target));
        }
        Files.delete(trace());
        Files.createSymbolicLink(trace(), trace());
        assertThrows(IOException.class, () -> TraceFile.create(trace()));
    }

    @Test
    void aFolderIsNoPlaceForATrace() {
        IOException e = assertThrows(IOException.class, () -> TraceFile.create(directory));
        assertEquals("is a directory", e.getMessage());
    }

    @Test
    void aDeviceIsWrittenDirectly() throws IOException {
        try (TraceFile file = TraceFile.create(Path.of("/dev/null"))) {
            assertEquals(Path.of("/dev/null"), file.output());
            assertFalse(file.isReadable());
            assertEquals(Path.of("/dev/null"), file.keep(told::add));
        }
    }

    @Test
    void whatCannotBeCompressedIsKeptAsItIs() throws IOException {
        Path packed = directory.resolve("t.strace.gz");
        Files.writeString(directory.resolve("t.strace"), "of somebody");
        try (TraceFile file = TraceFile.create(packed)) {
            Files.writeString(file.output(), WHAT);
            // the compressor's place is taken
            Files.createDirectory(file.output().resolveSibling("packed"));
            Path plain = file.keep(told::add);
            assertEquals(directory.resolve("t.strace.gz.1.strace"), plain);
            assertEquals(WHAT, Files.readString(plain));
        }
        assertEquals("of somebody", Files.readString(directory.resolve("t.strace")));
        assertEquals("not-compressed", told.get(0).code());
        assertFalse(Files.exists(packed));
    }

    @Test
    void compressesByName() throws IOException {
        for (String suffix : List.of("gz", "xz", "zst")) {
            Path packed = directory.resolve("t." + suffix);
            assertEquals(packed, record(packed));
            assertFalse(Files.readString(packed, StandardCharsets.ISO_8859_1).equals(WHAT));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(3, files.count());
        }
    }

    private Path record(Path trace) throws IOException {
        try (TraceFile file = TraceFile.create(trace)) {
            Files.writeString(file.output(), WHAT);
            return file.keep(told::add);
        }
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private Path trace() {
        return directory.resolve("trace");
    }
}
