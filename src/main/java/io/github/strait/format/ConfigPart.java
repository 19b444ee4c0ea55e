package io.github.strait.format;

import io.github.strait.diagnostic.RefusalException;

/** A format whose documents can be put into the configuration of a container, {@code config.json} of a bundle. */
public interface ConfigPart {
    /**
     * The configuration with this document in it. Every byte of the rest stays.
     *
     * @param file the name of the configuration in diagnostics
     * @throws RefusalException when it is not a configuration, or not clear where the document goes
     */
    byte[] into(String file, byte[] config, byte[] document);
}
