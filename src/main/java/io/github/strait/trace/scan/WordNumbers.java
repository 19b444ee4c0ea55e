package io.github.strait.trace.scan;

import io.github.strait.trace.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the words of traces, the names of calls and of errors, so the scanner need not allocate strings. A word
 * keeps its number within one reading; another reading may number it differently. Thread-safe.
 */
public final class WordNumbers {
    /** Stands for a word without a number, and for the word of a line that was not scanned. */
    public static final int NONE = 0;

    /** One more than the largest number. Linux has fewer names, and text that only looks like one must not fill memory. */
    public static final int LIMIT = 1 << 10;

    private final Map<String, Integer> numbers = new HashMap<>();

    /** Whether so many words have numbers that the rest may not do for another trace. */
    synchronized boolean isSpent() {
        return numbers.size() > LIMIT / 2;
    }

    /** The number of a word, from 1, or {@link #NONE} when there are too many or it is not a word. */
    synchronized int number(byte[] bytes, int from, int to) {
        if (!Ascii.isNameStart(bytes[from])) {
            return NONE;
        }
        for (int i = from; i < to; i++) {
            if (!Ascii.isNamePart(bytes[i])) {
                return NONE;
            }
        }
        String word = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        Integer known = numbers.get(word);
        if (known != null) {
            return known;
        }
        int next = numbers.size() + 1;
        if (next >= LIMIT) {
            return NONE;
        }
        numbers.put(word, next);
        return next;
    }
}
