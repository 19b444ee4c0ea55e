package io.github.strait.observe;

/** Is told how far the reading of evidence has come. */
@FunctionalInterface
public interface ReadListener {
    /** Nobody wants to know. */
    ReadListener NONE = (file, done, size) -> {};

    /**
     * More of a file was read.
     *
     * @param file the file, as the user named it
     * @param done bytes read so far, before decompression
     * @param size the size of the file in bytes; 0 when it is not known, as of standard input
     */
    void read(String file, long done, long size);
}
