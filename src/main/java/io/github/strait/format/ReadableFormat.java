package io.github.strait.format;

import io.github.strait.diagnostic.RefusalException;

/**
 * A format that can also be read. What it wrote reads back as an equal profile; what it read and wrote once no longer
 * changes.
 */
public abstract class ReadableFormat extends ProfileFormat {
    /** The largest document that is read, in bytes. The largest real profile has some 30 thousand. */
    public static final int MAX_BYTES = 16 << 20;

    /** @param name what {@code --format} calls it */
    protected ReadableFormat(String name, Traits traits) {
        super(name, traits);
    }

    /**
     * Whether a document is certainly in this format.
     *
     * @param start its first characters; some at the end may be cut
     */
    public abstract boolean recognises(String start);

    /** Reads a document as the usual reader does. */
    public final Reading read(String file, byte[] content) {
        return read(file, content, Reader.USUAL);
    }

    /**
     * Reads a document.
     *
     * @param file the name of the document in diagnostics
     * @throws RefusalException when the document is not one of this format; nothing else is thrown, whatever the bytes
     */
    public abstract Reading read(String file, byte[] content, Reader reader);
}
