package io.github.strait.argument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.OptionalInt;

/**
 * The parameters of a call, as far as they are known: a row of the resource {@code prototypes.tsv}. Arguments are
 * counted from 0.
 *
 * @param count how many arguments there are; empty when that is not known
 * @param pointers those that point to memory
 * @param narrow those that are C ints: the kernel reads only the low half of the register
 * @param signed those for which negative values such as AT_FDCWD are ordinary
 */
public record Prototype(
        OptionalInt count, ImmutableSet<Integer> pointers, ImmutableSet<Integer> narrow, ImmutableSet<Integer> signed) {
    private static final Prototype UNKNOWN =
            new Prototype(OptionalInt.empty(), ImmutableSet.of(), ImmutableSet.of(), ImmutableSet.of());
    private static final ImmutableMap<String, Prototype> ALL =
            TableResource.read(Prototype.class, "prototypes.tsv").index(Prototype::of);

    /** The prototype of a call by libseccomp's name; one without known parameters for a call without a row. */
    public static Prototype of(String syscall) {
        return ALL.getOrDefault(syscall, UNKNOWN);
    }

    private static Prototype of(List<String> row) {
        List<String> count = TableResource.words(row.get(1));
        return new Prototype(
                count.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(count.get(0))),
                indexes(row.get(2)),
                indexes(row.get(3)),
                indexes(row.get(4)));
    }

    private static ImmutableSet<Integer> indexes(String cell) {
        ImmutableList<String> words = TableResource.words(cell);
        return words.stream().map(Integer::valueOf).collect(ImmutableSet.toImmutableSet());
    }

    /** Whether the call is known to have no argument of that index. */
    public boolean lacks(int index) {
        return count.isPresent() && count.getAsInt() <= index;
    }
}
