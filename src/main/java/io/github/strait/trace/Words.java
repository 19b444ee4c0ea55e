package io.github.strait.trace;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the words of one trace, names of calls and of errors, so that who scans need not make strings. Which word has
 * which number may differ from one reading to the next; a word keeps its own. Safe for several threads.
 */
public final class Words {
    /** What {@link Line#word} returns for a word without a number. */
    public static final int NONE = 0;

    /** One more than the largest number; Linux has fewer names, and text that only looks like one must not fill memory. */
    public static final int LIMIT = 1 << 10;

    private final Map<String, Integer> numbers = new HashMap<>();

    /** The number of a word, from 1, or {@link #NONE} when there are too many or it is no word. */
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
