package io.github.strait.syscall;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of what strace's spellings mean, whose column {@code abis} says where; a row is read when it is looked up. */
final class SpellingRows {
    private final int abis;
    private final ImmutableListMultimap<String, List<String>> bySpelling;

    private SpellingRows(TableResource table) {
        abis = table.column("abis");
        ImmutableListMultimap.Builder<String, List<String>> rows = ImmutableListMultimap.builder();
        for (List<String> row : table.rows()) {
            rows.put(row.get(0), row);
        }
        bySpelling = rows.build();
    }

    static SpellingRows of(TableResource table) {
        return new SpellingRows(table);
    }

    /** Every spelling that has a row. */
    ImmutableSet<String> spellings() {
        return bySpelling.keySet();
    }

    /** The row of a spelling for an ABI; null when there is none. */
    @Nullable
    List<String> find(String spelling, Arch arch) {
        for (List<String> row : bySpelling.get(spelling)) {
            for (String abi : TableResource.items(row.get(abis))) {
                if (abi.equals(arch.label())) {
                    return row;
                }
            }
        }
        return null;
    }
}
