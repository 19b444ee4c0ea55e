package io.github.strait.lint;

import com.google.common.collect.ImmutableSet;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.function.Function;

/** Which arguments of a call are C ints, of whose register the kernel reads the low half. */
final class Arguments {
    private static final ImmutableSet<String> NARROW = places(row -> row.get(1));
    private static final ImmutableSet<String> SIGNED = places(row -> row.get(2));

    private Arguments() {}

    static boolean isNarrow(String syscall, int index) {
        return NARROW.contains(syscall + " " + index);
    }

    /** Whether negative values are ordinary, such as AT_FDCWD. */
    static boolean isSigned(String syscall, int index) {
        return SIGNED.contains(syscall + " " + index);
    }

    private static ImmutableSet<String> places(Function<List<String>, String> column) {
        return TableResource.read(Arguments.class, "arguments.tsv").rows().stream()
                .flatMap(row -> TableResource.words(column.apply(row)).stream().map(index -> row.get(0) + " " + index))
                .collect(ImmutableSet.toImmutableSet());
    }
}
