package io.github.strait.follow;

import io.github.strait.trace.scan.WordNumbers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link PrintedName} for the bytes of a name by hashing, without allocating a string. Its memory is bounded
 * against hostile text; names of the tables are always found.
 */
final class PrintedNameTable {
    /** The most remembered words that are in no table; no real trace has more such calls. */
    private static final int LIMIT = 1 << 13;

    /** Longer than any name, and than any number's. */
    private static final int LENGTH = 64;

    /** Numbers without a name that are told apart; a kernel has fewer than a thousand calls. */
    private static final int NUMBERS = 1 << 12;

    private final byte[][] keys = new byte[2 * LIMIT][];
    private final @Nullable PrintedName[] printedNames = new @Nullable PrintedName[2 * LIMIT];
    private final Map<String, PrintedName> calls = new HashMap<>();
    private final PrintedName umount = PrintedName.umountWithTwoArguments();
    private final @Nullable PrintedName[] byWord = new @Nullable PrintedName[WordNumbers.LIMIT];
    private int size;
    private int numbers;

    /** The name that the range holds, or null when it is not the name of a call. */
    @Nullable
    PrintedName find(byte[] bytes, int from, int to) {
        if (to - from > LENGTH) {
            return null;
        }
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 15) & keys.length - 1;
        while (keys[slot] != null) {
            if (Arrays.equals(keys[slot], 0, keys[slot].length, bytes, from, to)) {
                return printedNames[slot];
            }
            slot = slot + 1 & keys.length - 1;
        }
        PrintedName found = make(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        if (size < LIMIT) {
            size++;
            keys[slot] = Arrays.copyOfRange(bytes, from, to);
            printedNames[slot] = found;
        }
        return found;
    }

    /** From now on {@link #at} knows the name of this word. */
    void remember(int word, PrintedName printed) {
        if (word != WordNumbers.NONE) {
            byWord[word] = printed;
        }
    }

    /** The name that was remembered for a word, or null. */
    @Nullable
    PrintedName at(int word) {
        return byWord[word];
    }

    /** For {@code umount} with a second argument: one object, as for every other name. */
    PrintedName umountWithTwoArguments() {
        return umount;
    }

    private @Nullable PrintedName make(String name) {
        PrintedName known = calls.get(name);
        if (known != null) {
            return known;
        }
        if (PrintedName.isNumber(name) && ++numbers > NUMBERS) {
            return null;
        }
        PrintedName made = PrintedName.of(name).orElse(null);
        if (made != null) {
            calls.put(name, made);
        }
        return made;
    }
}
