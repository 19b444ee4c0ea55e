package io.github.strait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about source files, which the compiler and ArchUnit do not see. */
class HouseTest {
    private static final int CEILING = 500;

    @Test
    void noFileIsTooLongToReadInOneGo() throws IOException {
        ImmutableList.Builder<String> tooLong = ImmutableList.builder();
        for (Path file : javaFiles(Path.of("src"))) {
            int lines = Files.readAllLines(file).size();
            if (lines > CEILING) {
                tooLong.add(file + ": " + lines + " lines");
            }
        }
        assertEquals(ImmutableList.of(), tooLong.build(), "files of more than " + CEILING + " lines");
    }

    @Test
    void everyPackageIntroducesItselfAndIsNullMarked() throws IOException {
        ImmutableList.Builder<String> silent = ImmutableList.builder();
        for (Path file : javaFiles(Path.of("src/main/java"))) {
            Path info = file.resolveSibling("package-info.java");
            String text = Files.exists(info) ? Files.readString(info) : "";
            if (!text.startsWith("/**") || !text.contains("@NullMarked")) {
                silent.add(info.toString());
            }
        }
        assertEquals(
                ImmutableList.of(),
                silent.build().stream().distinct().toList(),
                "packages without a package-info.java that has a paragraph and @NullMarked");
    }

    /** ArchUnit holds every class to its package's rank; this holds every rank to a package. */
    @Test
    void everyRankIsThatOfAPackage() throws IOException {
        try (Stream<Path> packages = Files.list(Path.of("src/main/java/io/github/strait"))) {
            assertEquals(
                    PackageRanks.RANKS.keySet().stream().sorted().toList(),
                    packages.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    private static ImmutableList<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            ImmutableList<Path> files = paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
            assertFalse(files.isEmpty(), "no sources in " + root.toAbsolutePath());
            return files;
        }
    }
}
