package io.github.strait.argument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.TreeSet;

/** The numbers that the cells of the catalogue name, on one ABI. */
final class CatalogueValues {
    private static final String ANY = "*";

    private CatalogueValues() {}

    /** Whether a cell of ABIs has this one. */
    static boolean isFor(String abis, Arch arch) {
        return abis.startsWith("!") ? !holds(abis.substring(1), arch) : holds(abis, arch);
    }

    private static boolean holds(String abis, Arch arch) {
        return switch (abis) {
            case "generic" -> !AbiSelector.selects("mips*", arch);
            case "common" -> !AbiSelector.selects("mips*,ppc*", arch);
            default -> AbiSelector.selects(abis, arch);
        };
    }

    /** A pattern: sets that spaces divide. */
    static ValuePattern pattern(String cell, Arch arch) {
        ImmutableList.Builder<ImmutableSortedSet<Long>> sets = ImmutableList.builder();
        for (String set : TableResource.words(cell)) {
            sets.add(set.equals(ANY) ? ImmutableSortedSet.of() : set(set, arch));
        }
        return new ValuePattern(sets.build());
    }

    private static ImmutableSortedSet<Long> set(String cell, Arch arch) {
        TreeSet<Long> values = new TreeSet<>();
        for (String item : TableResource.items(cell)) {
            if (item.indexOf('+') > 0) {
                addAround(item, arch, values);
                continue;
            }
            int dash = item.indexOf('-');
            long first = number(dash < 0 ? item : item.substring(0, dash), arch);
            long last = dash < 0 ? first : number(item.substring(dash + 1), arch);
            for (long value = first; value <= last; value++) {
                values.add(value);
            }
        }
        return ImmutableSortedSet.copyOf(values);
    }

    /** Adds the numbers that have the bits in common that these have. */
    private static void addAround(String item, Arch arch, TreeSet<Long> values) {
        long all = -1;
        long any = 0;
        for (int start = 0; start <= item.length(); ) {
            int plus = item.indexOf('+', start);
            int end = plus < 0 ? item.length() : plus;
            long number = number(item.substring(start, end), arch);
            all &= number;
            any |= number;
            start = end + 1;
        }
        long free = all ^ any;
        long some = 0;
        do {
            values.add(all | some);
            some = (some - free) & free;
        } while (some != 0);
    }

    /** The bits of names and numbers that {@code |} divides; the others after {@code ~}. */
    static long bits(String cell, Arch arch) {
        return cell.startsWith("~(") ? ~number(cell.substring(2, cell.length() - 1), arch) : number(cell, arch);
    }

    private static long number(String cell, Arch arch) {
        long bits = 0;
        int end;
        for (int start = 0; start <= cell.length(); start = end + 1) {
            int bar = cell.indexOf('|', start);
            end = bar < 0 ? cell.length() : bar;
            bits |= one(cell.substring(start, end), arch);
        }
        return bits;
    }

    private static long one(String word, Arch arch) {
        if (Character.isDigit(word.charAt(0))) {
            return Long.decode(word);
        }
        return NamedConstant.value(word, arch)
                .orElseThrow(() -> new IllegalStateException(word + " has no number on " + arch.label()));
    }
}
