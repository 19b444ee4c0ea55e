package io.github.strait.cli;

import java.io.IOException;
import java.io.InputStream;

/** Stands for standard input that the caller has closed. */
final class ClosedInput extends InputStream {
    static final InputStream STDIN = new ClosedInput();

    private ClosedInput() {}

    @Override
    public int read() throws IOException {
        throw new IOException("standard input is closed");
    }
}
