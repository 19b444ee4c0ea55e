package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLookupTest {
    @TempDir
    Path directory;

    private Path program;
    private Path text;

    @BeforeEach
    void createFiles() throws IOException {
        program = Files.writeString(directory.resolve("program"), "");
        assertTrue(program.toFile().setExecutable(true));
        text = Files.writeString(directory.resolve("text"), "");
        Files.createDirectory(directory.resolve("folder"));
    }

    @Test
    void findsAPathWithoutPath() {
        assertEquals(program, CommandLookup.find(program.toString(), null));
    }

    @Test
    void findsANameInTheFirstDirectoryThatHasIt() throws Exception {
        Path first = Files.createDirectory(directory.resolve("first"));
        Files.createDirectory(first.resolve("program"));
        assertEquals(program, CommandLookup.find("program", "/nonexistent:" + first + ":" + directory + ":/bin"));
    }

    @Test
    void skipsAFileThatCannotBeExecutedWhileThereAreMore() throws Exception {
        Path first = Files.createDirectory(directory.resolve("first"));
        Files.writeString(first.resolve("program"), "");
        assertEquals(program, CommandLookup.find("program", first + ":" + directory));
    }

    @Test
    void saysWhenThereIsNone() {
        assertFails(StartStatus.NOT_FOUND, "absent", directory.toString());
        assertFails(StartStatus.NOT_FOUND, "program", null);
        assertFails(StartStatus.NOT_FOUND, "program", "");
        assertFails(StartStatus.NOT_FOUND, "", directory.toString());
        assertFails(StartStatus.NOT_FOUND, "folder", directory.toString());
        assertFails(StartStatus.NOT_FOUND, directory.resolve("absent").toString(), null);
    }

    @Test
    void saysWhenItCannotBeExecuted() {
        assertFails(StartStatus.NOT_EXECUTABLE, "text", directory.toString());
        assertFails(StartStatus.NOT_EXECUTABLE, text.toString(), null);
        assertFails(StartStatus.NOT_EXECUTABLE, directory.toString(), null);
    }

    private static void assertFails(int status, String command, String path) {
        RefusalException e = assertThrows(RefusalException.class, () -> CommandLookup.find(command, path));
        assertEquals(status, StartStatus.of(e), e.getMessage());
    }
}
