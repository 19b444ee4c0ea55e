package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files an argument stands for, and which of them may be one {@code -ff} set. */
class EvidenceFilesTest {
    @TempDir
    private Path directory;

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private void make(String... names) throws IOException {
        for (String name : names) {
            Path path = directory.resolve(name);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
    }

    private List<EvidenceSource> find(String... names) {
        List<String> arguments = new ArrayList<>();
        for (String name : names) {
            arguments.add(name.equals("-") ? name : path(name));
        }
        return EvidenceFiles.find(arguments);
    }

    private static List<String> names(List<EvidenceSource> candidates) {
        return candidates.stream().map(EvidenceSource::name).toList();
    }

    @Test
    void tidsOrderASetAndNotItsNames() throws IOException {
        make("log.100", "log.9.gz", "log.20.zst", "log.7.xz");
        EvidenceSource set = find("log").get(0);
        assertEquals(path("log.*"), set.name());
        assertEquals(List.of(path("log.7.xz"), path("log.9.gz"), path("log.20.zst"), path("log.100")), set.files());
        assertEquals(List.of(7, 9, 20, 100), set.tids());
        assertEquals(false, set.inDirectory());
    }

    @Test
    void oneOfASetByItself() throws IOException {
        make("log.1", "log.2");
        EvidenceSource second = find(".").get(0).single(1);
        assertEquals(second.files().get(0), second.name());
        assertEquals(1, second.files().size());
        assertEquals(true, second.name().endsWith("log.2"));
        assertEquals(List.of(0), second.tids());
        assertEquals(true, second.inDirectory());
    }

    @ParameterizedTest
    @CsvSource({
        "t, t, 0",
        "t.gz, t.gz, 0",
        "t.1, t.*, 1",
        "t.123456789, t.*, 123456789",
        "t.1234567890, t.1234567890, 0",
        "t.12a, t.12a, 0",
        "t.12.bz2, t.12.bz2, 0",
        "t.3.4, t.3.*, 4",
        "t.12.xz, t.*, 12",
    })
    void aNumberAtTheEndIsATid(String file, String name, int tid) throws IOException {
        make(file);
        EvidenceSource only = find(file).get(0);
        assertEquals(path(name), only.name());
        assertEquals(List.of(path(file)), only.files());
        assertEquals(List.of(tid), only.tids());
    }

    @Test
    void standardInputIsLastAndOnce() throws IOException {
        make("b", "a");
        assertEquals(List.of(path("a"), path("b"), "-"), names(find("-", "b", "-", "a", "b")));
        assertEquals(List.of("-"), names(find("-")));
        assertEquals(List.of(), find());
    }

    @Test
    void aDirectoryStandsForItsPlainFiles() throws IOException {
        make("set/log.2", "set/log.1", "set/other", "set/.hidden", "set/inner/deep");
        List<EvidenceSource> found = find("set");
        assertEquals(List.of(path("set/log.*"), path("set/other")), names(found));
        assertEquals(true, found.stream().allMatch(EvidenceSource::inDirectory));
    }

    /** Whoever names a file means it, wherever it lies. */
    @Test
    void aNameIsMoreThanItsDirectory() throws IOException {
        make("set/a", "set/b", "set/log.1", "set/log.2");
        for (List<EvidenceSource> found :
                List.of(find("set", "set/a", "set/log.2"), find("set/log.2", "set/a", "set"))) {
            assertEquals(List.of(path("set/a"), path("set/b"), path("set/log.*")), names(found));
            assertEquals(
                    List.of(false, true, false),
                    found.stream().map(EvidenceSource::inDirectory).toList());
        }
    }

    @Test
    void aPrefixIsTheWholeNameInFrontOfTheTid() throws IOException {
        make("log.1", "logs.2", "log.a.3", "log.4.gz");
        assertEquals(
                List.of(path("log.1"), path("log.4.gz")), find("log").get(0).files());
        assertEquals(List.of(path("log.a.3")), find("log.a").get(0).files());
        // a file of that very name is no prefix
        make("logs");
        assertEquals(List.of(path("logs")), find("logs").get(0).files());
    }

    @ParameterizedTest
    @CsvSource({
        "lo, does not exist",
        "log.a, does not exist",
        "nowhere/log, does not exist",
        "empty, is a directory without traces",
        "hidden, is a directory without traces",
    })
    void whatNamesNothingIsRefused(String argument, String message) throws IOException {
        make("log.1", "hidden/.x", "empty/inner/x");
        RefusalException e = assertThrows(RefusalException.class, () -> find("log", argument));
        assertEquals("no-evidence", e.diagnostic().code());
        assertEquals(
                SourcePosition.ofFile(path(argument)).toString() + ": error: ",
                e.diagnostic().toString().substring(0, path(argument).length() + ": error: ".length()));
        assertEquals(message, e.diagnostic().message().substring(0, message.length()));
    }
}
