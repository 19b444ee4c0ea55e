package io.github.strait.follow;

import io.github.strait.trace.scan.WordNumbers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final int FIRST_SLOTS = 1 << 9;

    /** The names that all traces share, because to find out about one takes longer than the rest of a short trace. */
    private static final ConcurrentHashMap<String, PrintedName> SHARED = new ConcurrentHashMap<>();

    private static final PrintedName UMOUNT = PrintedName.umountWithTwoArguments();

    private byte[] @Nullable [] keys = new byte[FIRST_SLOTS][];
    private @Nullable PrintedName[] printedNames = new @Nullable PrintedName[FIRST_SLOTS];
    /** Those that are not shared. */
    private final Map<String, PrintedName> calls = new HashMap<>(0);

    private final @Nullable PrintedName[] byWord = new @Nullable PrintedName[WordNumbers.LIMIT];
    private final @Nullable PrintedName[] second = new @Nullable PrintedName[WordNumbers.LIMIT];
    /** From {@link WordNumbers#LIMIT} on. */
    private @Nullable WordArguments[] combinations = new @Nullable WordArguments[0];

    private final Map<Integer, PrintedName> rareByWord = new HashMap<>(0);
    private final @Nullable String[] errors = new @Nullable String[WordNumbers.LIMIT];
    private int size;
    private int numbers;

    /** Whether another trace should have a table of its own: this one has seen numbers, or many words that are in no table. */
    boolean isSpent() {
        return numbers > 0 || !calls.isEmpty() || size > LIMIT / 8;
    }

    /** The name that the range holds, or null when it is not the name of a call. */
    @Nullable
    PrintedName find(byte[] bytes, int from, int to) {
        if (to - from > LENGTH) {
            return null;
        }
        int slot = slot(bytes, from, to);
        if (keys[slot] != null) {
            return printedNames[slot];
        }
        PrintedName found = make(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        if (size < LIMIT) {
            if (2 * ++size > keys.length) {
                grow();
                slot = slot(bytes, from, to);
            }
            keys[slot] = Arrays.copyOfRange(bytes, from, to);
            printedNames[slot] = found;
        }
        return found;
    }

    /** The slot of a word, or the free one for it. */
    private int slot(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 15) & keys.length - 1;
        for (byte[] key = keys[slot]; key != null; key = keys[slot]) {
            if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
                return slot;
            }
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private void grow() {
        byte[] @Nullable [] oldKeys = keys;
        @Nullable PrintedName[] oldNames = printedNames;
        keys = new byte[2 * oldKeys.length][];
        printedNames = new @Nullable PrintedName[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            byte[] key = oldKeys[i];
            if (key != null) {
                int slot = slot(key, 0, key.length);
                keys[slot] = key;
                printedNames[slot] = oldNames[i];
            }
        }
    }

    /** From now on {@link #arguments} knows what calls of this word show, if no call of it needs more of its text. */
    void remember(int word, WordArguments arguments) {
        int index = word - WordNumbers.LIMIT;
        PrintedName printed = arguments.printed();
        if ((printed.isRepeatable() || printed.role() == PrintedName.Role.FORK) && arguments(word) == null) {
            if (index >= combinations.length) {
                combinations = Arrays.copyOf(combinations, Math.max(index + 1, 2 * combinations.length));
            }
            combinations[index] = arguments;
        }
    }

    /** What calls of a word show of their arguments; null for the word of a name alone, and when that is not known. */
    @Nullable
    WordArguments arguments(int word) {
        int index = word - WordNumbers.LIMIT;
        return index >= 0 && index < combinations.length ? combinations[index] : null;
    }

    /**
     * From now on {@link #at} or {@link #rareAt} knows the name of this word, if no call of it needs its arguments; where
     * they are evidence, only {@link #atSecond}.
     */
    void remember(int word, PrintedName printed) {
        if (word == WordNumbers.NONE || WordNumbers.isCombination(word)) {
            return;
        }
        PrintedName.Role role = printed.role();
        if (role == PrintedName.Role.EXIT || role == PrintedName.Role.FORK || role == PrintedName.Role.SENDS_SIGNAL) {
            rareByWord.put(word, printed);
        } else if (printed.isRepeatable()) {
            second[word] = printed;
            byWord[word] = printed.isWatched() ? null : printed;
        }
    }

    /** The name that was remembered for a word, if its calls change nothing but counts, or null. */
    @Nullable
    PrintedName at(int word) {
        return WordNumbers.isCombination(word) ? null : byWord[word];
    }

    /** The name that was remembered for a word, if its calls make or end tasks or send signals, or null. */
    @Nullable
    PrintedName rareAt(int word) {
        return rareByWord.get(word);
    }

    /** The name that was remembered for the word of a second half, if its calls change nothing but counts, or null. */
    @Nullable
    PrintedName atSecond(int word) {
        if (WordNumbers.isCombination(word)) {
            WordArguments known = arguments(word);
            return known == null ? null : known.repeated();
        }
        return second[word];
    }

    /** From now on {@link #errorAt} knows the errno of this word. */
    void rememberError(int word, String errno) {
        if (word != WordNumbers.NONE) {
            errors[word] = errno;
        }
    }

    /** The errno that was remembered for a word, or null. */
    @Nullable
    String errorAt(int word) {
        return errors[word];
    }

    /** For {@code umount} with a second argument: one object, as for every other name. */
    PrintedName umountWithTwoArguments() {
        return UMOUNT;
    }

    private @Nullable PrintedName make(String name) {
        PrintedName known = SHARED.get(name);
        if (known != null) {
            return known;
        }
        known = calls.get(name);
        if (known != null) {
            return known;
        }
        boolean isNumber = PrintedName.isNumber(name);
        if (isNumber && ++numbers > NUMBERS) {
            return null;
        }
        PrintedName made = PrintedName.of(name).orElse(null);
        if (made == null) {
            return null;
        }
        // the tables are finite, but not the numbers
        if (!isNumber && SHARED.size() < LIMIT) {
            PrintedName other = SHARED.putIfAbsent(name, made);
            return other == null ? made : other;
        }
        calls.put(name, made);
        return made;
    }
}
