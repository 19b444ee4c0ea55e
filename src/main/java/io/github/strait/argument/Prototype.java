package io.github.strait.argument;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.OptionalInt;

/**
 * The parameters of a call on some ABIs, as far as they are known: a row of the resource {@code prototypes.tsv}.
 * Arguments are counted from 0.
 *
 * @param count how many arguments there are; empty when that is not known
 * @param pointers those that point to memory
 * @param narrow those that are C ints: the kernel reads only the low half of the register
 * @param shorts those of which the kernel reads the low 16 bits: modes of files
 * @param signed those for which negative values such as AT_FDCWD are ordinary
 */
public record Prototype(
        OptionalInt count,
        ImmutableSet<Integer> pointers,
        ImmutableSet<Integer> narrow,
        ImmutableSet<Integer> shorts,
        ImmutableSet<Integer> signed) {
    private static final Prototype UNKNOWN = new Prototype(
            OptionalInt.empty(), ImmutableSet.of(), ImmutableSet.of(), ImmutableSet.of(), ImmutableSet.of());
    private static final ImmutableListMultimap<String, Row> ALL = read();

    /** A prototype and the ABIs that have it. */
    private record Row(String abis, Prototype prototype) {}

    /** The prototype of a call by libseccomp's name; one without known parameters for a call without a row. */
    public static Prototype of(String syscall, Arch arch) {
        for (Row row : ALL.get(syscall)) {
            if (AbiSelector.selects(row.abis, arch)) {
                return row.prototype;
            }
        }
        return UNKNOWN;
    }

    private static ImmutableListMultimap<String, Row> read() {
        ImmutableListMultimap.Builder<String, Row> rows = ImmutableListMultimap.builder();
        for (List<String> row :
                TableResource.read(Prototype.class, "prototypes.tsv").rows()) {
            rows.put(row.get(0), new Row(row.get(1), of(row)));
        }
        return rows.build();
    }

    private static Prototype of(List<String> row) {
        List<String> count = TableResource.words(row.get(2));
        return new Prototype(
                count.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(count.get(0))),
                indexes(row.get(3)),
                indexes(row.get(4)),
                indexes(row.get(5)),
                indexes(row.get(6)));
    }

    private static ImmutableSet<Integer> indexes(String cell) {
        return TableResource.words(cell).stream().map(Integer::valueOf).collect(ImmutableSet.toImmutableSet());
    }

    /** Whether the call is known to have no argument of that index. */
    public boolean lacks(int index) {
        return count.isPresent() && count.getAsInt() <= index;
    }

    /** How many bits of a 64-bit register the kernel reads for an argument: 64, 32 or 16. */
    public int bits(int index) {
        return shorts.contains(index) ? Short.SIZE : narrow.contains(index) ? Integer.SIZE : Long.SIZE;
    }
}
