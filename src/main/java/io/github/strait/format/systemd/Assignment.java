package io.github.strait.format.systemd;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.format.DocumentText;

/**
 * A {@code KEY=VALUE} of a unit.
 *
 * @param section without its brackets; empty before the first one
 * @param value its words, of which each stays in one line of the file
 * @param position of the key
 */
record Assignment(String section, String key, ImmutableList<Word> value, SourcePosition position) {
    /** A word of a value, and where it stands. */
    record Word(String text, SourcePosition position) {
        RefusalException error(String message) {
            return DocumentText.unreadable(position, message);
        }

        /** The same word without its first characters. */
        Word from(int start) {
            return new Word(text.substring(start), position);
        }
    }

    RefusalException error(String message) {
        return DocumentText.unreadable(position, message);
    }
}
