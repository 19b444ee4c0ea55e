package io.github.strait.syscall;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;

/**
 * The former meaning of a name that strace now gives to another call, or to none. {@link StraceName} has today's
 * meaning.
 *
 * @param name the libseccomp name of the call that it was
 * @param last the last version that printed so
 */
public record OldStraceName(String name, StraceVersion last) {
    private static final TableResource TABLE = TableResource.read(OldStraceName.class, "strace-old-names.tsv");
    private static final SpellingRows ROWS = SpellingRows.of(TABLE);
    private static final int NAME = TABLE.column("name");
    private static final int LAST = TABLE.column("last");

    /** Every spelling that had another meaning on some ABI. */
    public static ImmutableSet<String> spellings() {
        return ROWS.spellings();
    }

    /** The old meaning of a name on an ABI; empty where it never had another. */
    public static Optional<OldStraceName> of(String spelling, Arch arch) {
        List<String> row = ROWS.find(spelling, arch);
        return row == null
                ? Optional.empty()
                : Optional.of(new OldStraceName(row.get(NAME), StraceVersion.parse(row.get(LAST))));
    }
}
