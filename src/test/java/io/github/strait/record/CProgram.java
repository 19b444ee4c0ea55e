package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.record.Recording.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small programs for live tests, in C. */
final class CProgram {
    private static final String HEAD = """
            #define _GNU_SOURCE
            #include <sched.h>
            #include <signal.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <sys/stat.h>
            #include <sys/syscall.h>
            #include <sys/wait.h>
            #include <unistd.h>
            """;

    private CProgram() {}

    /** Compiles the body of a {@code main(int c, char **v)}. */
    static String of(Path directory, String body) throws Exception {
        Path source = Files.writeString(
                directory.resolve("program.c"), HEAD + "int main(int c, char **v) {\n" + body + "\n}\n");
        Path program = directory.resolve("program");
        Outcome built = Recording.run(Map.of(), "", List.of("gcc", "-w", "-o", program.toString(), source.toString()));
        assertEquals(0, built.exitStatus(), built.err());
        return program.toString();
    }
}
