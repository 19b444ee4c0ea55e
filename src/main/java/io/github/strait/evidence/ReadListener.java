package io.github.strait.evidence;

/** Receives the progress of reading a trace. */
@FunctionalInterface
public interface ReadListener {
    /** Takes no notice. */
    ReadListener NONE = (file, done, size, lines, calls) -> {};

    /**
     * More of a file was read.
     *
     * @param file the file, as the user named it
     * @param done bytes read so far, before decompression
     * @param size the size of the file in bytes; 0 when it is not known, as of standard input
     * @param lines lines of the trace that were read so far, in this file and the files of the set before it
     * @param calls how many of them are calls or begin one
     */
    void read(String file, long done, long size, long lines, long calls);
}
