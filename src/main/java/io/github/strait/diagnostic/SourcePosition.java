package io.github.strait.diagnostic;

/**
 * A line of a file that was read.
 *
 * @param file the name under which the user knows the file; {@code -} is standard input
 * @param line the number of the line, from 1; 0 means the file as a whole
 */
public record SourcePosition(String file, long line) implements Comparable<SourcePosition> {
    public SourcePosition {
        if (line < 0) {
            throw new IllegalArgumentException("a line number cannot be negative: " + line);
        }
    }

    /** The file as a whole. */
    public static SourcePosition ofFile(String file) {
        return new SourcePosition(file, 0);
    }

    @Override
    public int compareTo(SourcePosition other) {
        int order = file.compareTo(other.file);
        return order != 0 ? order : Long.compare(line, other.line);
    }

    /** {@code FILE:LINE}, or {@code FILE} alone for the file as a whole. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
