package io.github.strait.observe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link Spelling} for the bytes of a name without making a string, by hashing. Names are looked up once; the
 * number of words it remembers is bounded, so that hostile text cannot fill memory.
 */
final class SpellingTable {
    /** Words of no table that are remembered; more of them than any trace has are no calls. */
    private static final int LIMIT = 1 << 13;

    private final byte[][] keys = new byte[4 * LIMIT][];
    private final @Nullable Spelling[] spellings = new @Nullable Spelling[4 * LIMIT];
    private int strangers;

    /** The spelling that the range holds, or null when it is no call's name. */
    @Nullable
    Spelling find(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 15) & keys.length - 1;
        while (keys[slot] != null) {
            if (Arrays.equals(keys[slot], 0, keys[slot].length, bytes, from, to)) {
                return spellings[slot];
            }
            slot = slot + 1 & keys.length - 1;
        }
        Optional<Spelling> found = Spelling.of(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        boolean fromTable = found.isPresent() && !found.get().isNumber();
        if (!fromTable && strangers++ >= LIMIT) {
            return null;
        }
        keys[slot] = Arrays.copyOfRange(bytes, from, to);
        spellings[slot] = found.orElse(null);
        return found.orElse(null);
    }
}
