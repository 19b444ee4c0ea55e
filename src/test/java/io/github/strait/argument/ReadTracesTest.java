package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.syscall.Arch;
import io.github.strait.trace.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code record} asks strace for numbers beside the names: then every argument of the catalogue is read. */
class ReadTracesTest {
    static Stream<Path> traces() throws IOException {
        return Files.list(Path.of("traces")).filter(file -> file.toString().endsWith(".zst"));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void noArgumentIsUnknown(Path trace) throws IOException {
        Arch arch = trace.endsWith("i386.strace.zst") ? Arch.X86 : Arch.X86_64;
        List<String> unknown = new ArrayList<>();
        long[] read = new long[1];
        try (InputStream in = Compression.open(Files.newInputStream(trace))) {
            PrintedCalls.read(in, (call, texts) -> {
                for (Place place : Catalogue.places(call, arch)) {
                    if (PrintedArguments.values(arch, call, texts, place).isPresent()) {
                        read[0]++;
                    } else {
                        unknown.add(call + texts + " at " + place);
                    }
                }
            });
        }
        assertEquals(List.of(), unknown);
        assertTrue(read[0] > 0);
    }
}
