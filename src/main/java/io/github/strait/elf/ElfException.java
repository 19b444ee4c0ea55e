package io.github.strait.elf;

import java.io.IOException;

/** A file that is not an ELF file, or a damaged one. The message continues a sentence about the file. */
final class ElfException extends IOException {
    private static final long serialVersionUID = 1L;

    ElfException(String message) {
        super(message);
    }
}
