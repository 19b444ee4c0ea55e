package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.live.RequiresTool;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
    @TempDir
    Path directory;

    @Test
    void goesWithAllThatIsInIt() throws IOException {
        Path file;
        try (PrivateFolder folder = PrivateFolder.in(directory)) {
            file = Files.writeString(folder.file("a"), "");
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        }
        assertFalse(Files.exists(file.getParent()));
        try (PrivateFolder folder = PrivateFolder.temporary()) {
            file = Files.writeString(folder.file("a"), "");
            folder.leave();
        }
        assertTrue(Files.exists(file));
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Test
    void knowsWhoCanChangeAFolder() throws IOException {
        Path inside = Files.createDirectory(directory.toRealPath().resolve("inside"));
        assertTrue(PrivateFolder.isSafe(inside));
        for (String shared : new String[] {"rwxrwxrwx", "rwxrwx---", "rwx--x-w-"}) {
            Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString(shared));
            assertFalse(PrivateFolder.isSafe(inside), shared);
            assertFalse(PrivateFolder.isSafe(Files.createDirectories(inside.resolve("deeper"))), shared);
        }
        // each may change what is his own
        Files.setAttribute(inside, "unix:mode", 01777);
        assertTrue(PrivateFolder.isSafe(inside));
        assertTrue(PrivateFolder.isSafe(Path.of("/proc/self").toRealPath()));
    }

    @Test
    @RequiresTool(value = "chown", asRoot = true)
    void anotherUsersFolderIsNotSafeNorIsHisLink() throws Exception {
        Path theirs = Files.createDirectory(directory.toRealPath().resolve("theirs"));
        Files.setAttribute(theirs, "unix:uid", 65534);
        assertFalse(PrivateFolder.isSafe(theirs));
        Path link = Files.createSymbolicLink(theirs.resolve("link"), Path.of("target"));
        assertEquals(theirs.resolve("target"), TargetPath.of(link));
        assertEquals(
                0,
                new ProcessBuilder("chown", "-h", "65534", link.toString())
                        .start()
                        .waitFor());
        IOException e = assertThrows(IOException.class, () -> TargetPath.of(link));
        assertEquals("is a symbolic link of another user; name the file that is meant", e.getMessage());
    }

    @Test
    void theRestOfACutTraceIsMadeAnewOrNotAtAll() throws IOException {
        Path trace = Files.writeString(
                directory.resolve("trace"),
                "7 [ 317] seccomp(0x1, 0, {len=1, filter=0x55}) = 0\n7 [  39] getpid() = 7\n");
        Path victim = Files.writeString(directory.resolve("victim"), "untouched");
        Files.createSymbolicLink(directory.resolve("trace.rest"), victim);
        assertThrows(FileAlreadyExistsException.class, () -> TraceHeadCut.cut(trace));
        assertEquals("untouched", Files.readString(victim));
        Files.setPosixFilePermissions(trace, PosixFilePermissions.fromString("rw-r-----"));
        assertTrue(TraceHeadCut.cut(trace), "its place is free now");
        assertEquals("7 [  39] getpid() = 7\n", Files.readString(trace));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(trace)));
    }
}
