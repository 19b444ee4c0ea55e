package io.github.strait.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What readelf and the loader themselves say of the files of this machine, foreign libraries among them. */
class ElfOracleIT {
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/bin"),
            Path.of("/usr/sbin"),
            Path.of("/usr/lib/x86_64-linux-gnu"),
            Path.of("/usr/aarch64-linux-gnu/lib"),
            Path.of("/usr/arm-linux-gnueabihf/lib"),
            Path.of("/usr/mips-linux-gnu/lib"),
            Path.of("/usr/powerpc64le-linux-gnu/lib"),
            Path.of("/usr/riscv64-linux-gnu/lib"),
            Path.of("/usr/s390x-linux-gnu/lib"));

    private static final int EACH = 25;

    private static List<Path> samples(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path file : all.sorted().toList()) {
                    if (Files.isRegularFile(file) && isElf(file)) {
                        files.add(file);
                    }
                }
            }
        }
        int step = Math.max(1, files.size() / EACH);
        List<Path> some = new ArrayList<>();
        for (int i = 0; i < files.size(); i += step) {
            some.add(files.get(i));
        }
        return some;
    }

    private static boolean isElf(Path file) {
        try {
            ElfReader.read(file, name -> false);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines().toList();
    }

    @Test
    void readsTheSymbolsThatReadelfReads() throws IOException, InterruptedException {
        int files = 0;
        for (Path folder : FOLDERS) {
            for (Path file : samples(folder)) {
                TreeSet<String> expected = new TreeSet<>();
                for (String line : run("readelf", "-W", "--dyn-syms", file.toString())) {
                    String[] cells = line.replaceAll("\\[[^]]*\\]", "").strip().split("\\s+");
                    // mangled names of C++ can be longer than what is read
                    if (cells.length > 7
                            && cells[7].replaceFirst("@.*", "").length() < 128
                            && cells[6].equals("UND")
                            && Set.of("FUNC", "NOTYPE", "IFUNC", "<processor").contains(cells[3])) {
                        expected.add(cells[7].replaceFirst("@.*", ""));
                    }
                }
                Set<String> read = ElfReader.read(file, name -> true).imports();
                assertEquals(Set.of(), Sets.symmetricDifference(expected, read), file.toString());
                files++;
            }
        }
        assertTrue(files > 50, files + " files");
    }

    @Test
    void findsTheLibrariesThatTheLoaderFinds() throws IOException, InterruptedException {
        int programs = 0;
        for (Path folder : FOLDERS.subList(0, 2)) {
            for (Path file : samples(folder)) {
                List<String> lines = run("/lib64/ld-linux-x86-64.so.2", "--list", file.toString());
                TreeSet<String> expected = new TreeSet<>();
                for (String line : lines) {
                    int arrow = line.indexOf(" => /");
                    if (arrow > 0 && !Libc.isPart(line.substring(0, arrow).strip())) {
                        String path = line.substring(arrow + 4, line.indexOf(" (", arrow));
                        expected.add(Path.of(path).toRealPath().toString());
                    }
                }
                if (!lines.isEmpty() && !lines.toString().contains("not found")) {
                    List<String> found = new ImportReader(Path.of("/")).paths(file.toString());
                    assertEquals(Set.of(), Sets.symmetricDifference(expected, new TreeSet<>(found)), file.toString());
                    programs++;
                }
            }
        }
        assertTrue(programs > 20, programs + " programs");
    }
}
