package io.github.strait.syscall;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableTable;
import java.util.List;
import java.util.Optional;

/**
 * What a name meant that strace has since given to another call, or to none. {@link StraceName} has today's meaning.
 *
 * @param name the libseccomp name of the call that it was
 * @param last the last version that printed so
 */
public record OldStraceName(String name, StraceVersion last) {
    private static final Splitter COMMA = Splitter.on(',');
    private static final ImmutableTable<String, Arch, OldStraceName> TABLE = table();

    /** The old meaning of a name on an ABI; empty where it never had another. */
    public static Optional<OldStraceName> of(String spelling, Arch arch) {
        return Optional.ofNullable(TABLE.get(spelling, arch));
    }

    private static ImmutableTable<String, Arch, OldStraceName> table() {
        TableResource resource = TableResource.read("strace-old-names.tsv");
        ImmutableTable.Builder<String, Arch, OldStraceName> names = ImmutableTable.builder();
        for (List<String> row : resource.rows()) {
            OldStraceName old = new OldStraceName(
                    row.get(resource.column("name")), StraceVersion.parse(row.get(resource.column("last"))));
            for (String abi : COMMA.split(row.get(resource.column("abis")))) {
                names.put(row.get(0), Arch.parse(abi), old);
            }
        }
        return names.buildOrThrow();
    }
}
