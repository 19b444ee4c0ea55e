package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void findsAPathWithoutPath() throws RecordException {
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
        assertFails(RecordException.NOT_FOUND, "absent", directory.toString());
        assertFails(RecordException.NOT_FOUND, "program", null);
        assertFails(RecordException.NOT_FOUND, "program", "");
        assertFails(RecordException.NOT_FOUND, "", directory.toString());
        assertFails(RecordException.NOT_FOUND, "folder", directory.toString());
        assertFails(RecordException.NOT_FOUND, directory.resolve("absent").toString(), null);
    }

    @Test
    void saysWhenItCannotBeExecuted() {
        assertFails(RecordException.NOT_EXECUTABLE, "text", directory.toString());
        assertFails(RecordException.NOT_EXECUTABLE, text.toString(), null);
        assertFails(RecordException.NOT_EXECUTABLE, directory.toString(), null);
    }

    private static void assertFails(int status, String command, String path) {
        RecordException e = assertThrows(RecordException.class, () -> CommandLookup.find(command, path));
        assertEquals(status, e.exitStatus(), e.getMessage());
    }
}
