package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.observation.Recording.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On what a process runs. */
class RecordedMachineTest {
    @TempDir
    private Path folder;

    private RecordedMachine machine(String allowed, String online, String file, String release) throws IOException {
        Files.writeString(
                folder.resolve("status"), "Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t" + allowed + "\n");
        Files.writeString(folder.resolve("online"), online + "\n");
        Path os = folder.resolve(file);
        Files.createDirectories(os.getParent());
        Files.writeString(os, release);
        return RecordedMachine.of(folder, folder.resolve("online"), folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0-1; 0-1; 2",
                "0; 0-7; 1",
                "0-127; 0; 1",
                "1,3-4,8; 0-4; 3",
                "0-3; ''; 4",
                "''; 0-3; 0",
                "x-y,,4-2,-1,99999999999,0-99999999; 0-3; 0",
            })
    void processorsAreThoseThatItMayUse(String allowed, String online, int count) throws IOException {
        assertEquals(count, machine(allowed, online, "etc/os-release", "").processors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ID=debian,VERSION_ID=\"13\"; debian-13",
                "VERSION_ID='12',ID=\"debian\"; debian-12",
                "ID=\"rhel\",VERSION_ID=\"9.4\"; rhel-9",
                "ID=alpine,VERSION_ID=3.20.1; alpine-3.20",
                "ID=ubuntu,VERSION_ID=\"24.04\"; ubuntu-24.04",
                "ID=opensuse-leap,VERSION_ID=\"15.6\"; opensuse-leap-15.6",
                "ID=debian; ''",
                "ID=musl,VERSION_ID=1; ''",
                "ID=../x,VERSION_ID=1; ''",
                "; ''",
            })
    void theReleaseIsThatOfItsRoot(String lines, String release) throws IOException {
        String text = lines == null ? "" : lines.replace(',', '\n') + "\n";
        for (String file : List.of("etc/os-release", "usr/lib/os-release")) {
            assertEquals(release, machine("0-1", "0-1", file, text).facts().getOrDefault(Fact.RELEASE, ""));
            Files.delete(folder.resolve(file));
        }
    }

    /** A folder, a fifo or nothing in its place is none. */
    @Test
    void whatIsNoFileIsNotRead() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("etc/os-release"));
        Files.createDirectories(folder.resolve("usr/lib"));
        Path fifo = folder.resolve("usr/lib/os-release");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        RecordedMachine machine = RecordedMachine.of(folder, folder.resolve("online"), folder);
        assertEquals(Map.of(), machine.facts());
    }

    @Test
    void thisMachineHasProcessors() {
        assertTrue(RecordedMachine.here().processors() > 0);
        assertEquals(
                RecordedMachine.here().processors(),
                RecordedMachine.of(ProcessHandle.current().pid()).processors());
    }
}
