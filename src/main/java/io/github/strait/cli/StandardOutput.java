package io.github.strait.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The standard output of a process. It keeps the reason of a failed write, which a print stream drops. */
final class StandardOutput extends PrintStream {
    /** The exit status that shells give a process killed by SIGPIPE, as git and grep are when their reader is gone. */
    static final int BROKEN_PIPE = 128 + 13;

    private final Sink sink;

    private StandardOutput(Sink sink) {
        super(sink, false, StandardCharsets.UTF_8);
        this.sink = sink;
    }

    static StandardOutput of(FileOutputStream file) {
        return new StandardOutput(new Sink(file));
    }

    /** Whether the reader of this stream is gone; then there is no point in reporting the failure. */
    static boolean isBrokenPipe(PrintStream stream) {
        return stream instanceof StandardOutput output && output.sink.failure().contains("Broken pipe");
    }

    /** Whether anything was written, or tried to be. */
    boolean isUsed() {
        return sink.used;
    }

    /**
     * The exit status when all was written that will be.
     *
     * @param status what it would be had nothing failed
     */
    int finish(int status, PrintStream err) {
        flush();
        if (!checkError()) {
            return status;
        } else if (isBrokenPipe(this)) {
            return BROKEN_PIPE;
        } else if (status != ExitStatus.TROUBLE) {
            err.println(OutputFile.stdoutFailure().diagnostic());
        }
        return ExitStatus.TROUBLE;
    }

    private static final class Sink extends OutputStream {
        private final FileOutputStream file;
        private @Nullable IOException failed;
        private boolean used;

        Sink(FileOutputStream file) {
            this.file = file;
        }

        String failure() {
            return failed == null ? "" : String.valueOf(failed.getMessage());
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            used = true;
            try {
                file.write(bytes, offset, length);
            } catch (IOException e) {
                failed = e;
                throw e;
            }
        }
    }
}
