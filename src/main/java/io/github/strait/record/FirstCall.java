package io.github.strait.record;

import io.github.strait.trace.LineKind;
import io.github.strait.trace.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first call of a trace. For a command it is strace's own execve, which shows whether the command began. */
record FirstCall(String name, String errno) {
    private static final int ENOUGH = 1 << 16;

    /** Empty when the trace has no call. */
    static Optional<FirstCall> of(Path trace) throws IOException {
        List<FirstCall> calls = new ArrayList<>();
        try (InputStream in = Files.newInputStream(trace)) {
            new TraceReader(new ByteArrayInputStream(in.readNBytes(ENOUGH))).forEach(line -> {
                if (line.kind() == LineKind.CALL && calls.isEmpty()) {
                    calls.add(new FirstCall(line.name(), line.errno()));
                }
            });
        }
        return calls.stream().findFirst();
    }

    /** Whether the kernel refused to execute the command. */
    boolean isFailedExecution() {
        return name.startsWith("execve") && !errno.isEmpty();
    }
}
