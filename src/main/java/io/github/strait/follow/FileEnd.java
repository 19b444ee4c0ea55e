package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * The end of a file of a trace.
 *
 * @param last its last line
 * @param isOpen whether that has no line feed
 * @param isOfSet whether the file is one of an {@code -ff} set
 * @param task that of the file in an {@code -ff} set; null when it has ended, and for any other file
 */
record FileEnd(
        SourcePosition last,
        boolean isOpen,
        boolean isOfSet,
        @Nullable Task task) {}
