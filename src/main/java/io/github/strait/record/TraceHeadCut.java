package io.github.strait.record;

import io.github.strait.trace.Ending;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.TraceReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Removes the calls of the starting script from a trace. The trace then begins with the command's execve. */
final class TraceHeadCut {
    /** Perl makes a few hundred calls before it comes to the script. */
    private static final int HEAD = 1 << 20;

    private TraceHeadCut() {}

    /**
     * Whether the filter was installed; if not, nothing is changed.
     *
     * @param trace in a folder that only this user can change: its second file has a name that can be guessed
     */
    static boolean cut(Path trace) throws IOException {
        long lines = linesOfScript(trace);
        if (lines == 0) {
            return false;
        }
        Path rest = trace.resolveSibling(trace.getFileName() + ".rest");
        try {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(trace));
                    OutputStream out =
                            Files.newOutputStream(rest, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (long left = lines; left > 0; ) {
                    left -= in.read() == '\n' ? 1 : 0;
                }
                in.transferTo(out);
            }
            Files.setPosixFilePermissions(rest, Files.getPosixFilePermissions(trace));
            Files.move(rest, trace, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(rest);
        }
        return true;
    }

    /** Up to the call that installed the filter; 0 when there is none. */
    private static long linesOfScript(Path trace) throws IOException {
        AtomicLong found = new AtomicLong();
        try (InputStream in = Files.newInputStream(trace)) {
            new TraceReader(new ByteArrayInputStream(in.readNBytes(HEAD))).forEach(line -> {
                boolean installs = line.kind() == LineKind.CALL
                        && line.name().equals("seccomp")
                        && line.ending() == Ending.VALUE
                        && line.value() == 0;
                if (installs && found.get() == 0) {
                    found.set(line.lineNumber());
                }
            });
        }
        return found.get();
    }
}
