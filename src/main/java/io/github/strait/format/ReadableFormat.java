package io.github.strait.format;

import io.github.strait.diagnostic.RefusalException;

/**
 * A format that can be read as well. What it wrote reads back as an equal profile, and what it read and writes again
 * stays the same from then on.
 */
public interface ReadableFormat extends ProfileFormat {
    /** The largest document that is read, in bytes. The largest real profile has some 30 thousand. */
    int MAX_BYTES = 16 << 20;

    /** The profile of a document, as the usual reader sees it. */
    default Reading read(String file, byte[] content) {
        return read(file, content, Reader.USUAL);
    }

    /**
     * The profile of a document.
     *
     * @param file the name of the document in diagnostics
     * @throws RefusalException when the document is not one of this format; nothing else is thrown, whatever the bytes
     */
    Reading read(String file, byte[] content, Reader reader);
}
