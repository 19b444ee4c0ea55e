package io.github.strait.trace.scan;

import io.github.strait.trace.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the words of traces, the names of calls and of errors, so the scanner need not allocate strings. A word
 * keeps its number within one reading; another reading may number it differently. Thread-safe.
 */
public final class WordNumbers {
    /** Stands for a word without a number, and for the word of a line that was not scanned. */
    public static final int NONE = 0;

    /** One more than the largest number of a word. Linux has fewer names, and text that only looks like one must not fill memory. */
    public static final int LIMIT = 1 << 10;

    /** One more than the largest number of a name with arguments; they begin at {@link #LIMIT}. */
    public static final int COMBINATIONS = 1 << 12;

    /** The most numbers of one name with arguments. */
    private static final int OF_NAME = 1 << 7;

    private final Function<String, @Nullable ArgumentSpan> spanOf;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final @Nullable ArgumentSpan[] spans = new @Nullable ArgumentSpan[LIMIT];
    private final Map<String, Integer> combinations = new HashMap<>();
    private final byte[] combinationsOf = new byte[LIMIT];

    /** @param spanOf the arguments that count of a call, by its name; null for none */
    WordNumbers(Function<String, @Nullable ArgumentSpan> spanOf) {
        this.spanOf = spanOf;
    }

    /** Whether a number is that of a name with arguments. */
    public static boolean isCombination(int number) {
        return number >= LIMIT;
    }

    /** The arguments that count of calls whose name has this number; null for none. */
    @Nullable
    synchronized ArgumentSpan span(int number) {
        return spans[number];
    }

    /** The number of a name with the text of its arguments, or {@link #NONE} when there are too many. */
    synchronized int combination(int header, byte[] bytes, int from, int to) {
        String key = header + ":" + new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        Integer known = combinations.get(key);
        if (known != null) {
            return known;
        }
        int next = LIMIT + combinations.size();
        int name = CombinationTable.name(header);
        if (next >= COMBINATIONS || combinationsOf[name] >= OF_NAME - 1) {
            return NONE;
        }
        combinationsOf[name]++;
        combinations.put(key, next);
        return next;
    }

    /** Whether so many words have numbers that the rest may not do for another trace. */
    synchronized boolean isSpent() {
        return numbers.size() > LIMIT / 2 || combinations.size() > LIMIT;
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
        spans[next] = spanOf.apply(word);
        return next;
    }
}
