package io.github.strait.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that containers see as {@code /}: busybox, and what is compiled into it. All programs are static, so that
 * they run outside of a container too, from the folder.
 */
record RootFileSystem(Path folder) {
    /** The program that calls write and exit_group and nothing else. */
    private static final Path BARE = Path.of("src/main/tools/runtimes/program.c");

    /** Fills an empty folder. */
    static RootFileSystem create(Path folder) throws IOException {
        for (String name : List.of("bin", "proc", "dev")) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.copy(Path.of("/bin/busybox"), folder.resolve("bin/busybox"));
        return new RootFileSystem(folder);
    }

    /** The path of a program seen from outside. */
    String outside(String program) {
        return folder.resolve(program.substring(1)).toString();
    }

    /** Compiles a C source of the test resources with glibc; gives the path of the program inside. */
    String compile(String source) throws IOException, InterruptedException {
        Path file = Path.of("src/test/resources/io/github/strait/live", source);
        return gcc(file, List.of("-static", "-pthread"));
    }

    /** Compiles the program that has no C library; gives its path inside. */
    String compileBare() throws IOException, InterruptedException {
        return gcc(BARE, List.of("-static", "-nostdlib", "-fno-stack-protector"));
    }

    private String gcc(Path source, List<String> flags) throws IOException, InterruptedException {
        String program = "/bin/" + source.getFileName().toString().replace(".c", "");
        List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-Wall", "-Werror"));
        command.addAll(flags);
        command.addAll(List.of("-o", outside(program), source.toString()));
        Outcome.text(Path.of("."), command.toArray(String[]::new));
        return program;
    }
}
