package io.github.strait.argument;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The names that strace prints for numbers, such as {@code SIGCHLD}: the resources {@code constants.tsv} and, for what
 * drivers alone understand, {@code requests.tsv}. Many starts ask for few of their thousands of names, hence a search in
 * the sorted text and no index.
 */
final class NamedConstant {
    private static final String CONSTANTS = text("constants.tsv");

    private static final String REALTIME = "SIGRT_";
    private static final int FIRST_REALTIME = 32;
    private static final int LAST_SIGNAL = 127;

    /** Read when a name is not among the others. */
    private static final class Requests {
        static final String TEXT = text("requests.tsv");
    }

    private NamedConstant() {}

    /**
     * The number of a name on an ABI; empty for one that is not known, or not there. The {@code PF_} names of strace up to
     * 4.11 stand for address families.
     */
    static OptionalLong value(String name, Arch arch) {
        if (name.startsWith(REALTIME)) {
            return realtime(name.substring(REALTIME.length()));
        }
        String known = name.startsWith("PF_") ? "A" + name.substring(1) : name;
        int row = find(CONSTANTS, known);
        return row < 0
                ? number(Requests.TEXT, find(Requests.TEXT, known), known, arch)
                : number(CONSTANTS, row, known, arch);
    }

    /**
     * The name of a number on an ABI; empty without one.
     *
     * @param among names, or the beginnings of names before {@code *}, the first that has the number counts; after
     *     {@code -} those that never do
     */
    static Optional<String> name(List<String> among, long value, Arch arch) {
        String best = null;
        int rank = among.size();
        String cell = '\t' + spelt(value) + '\t';
        for (int at = CONSTANTS.indexOf(cell); at >= 0; at = CONSTANTS.indexOf(cell, at + 1)) {
            String abis = CONSTANTS.substring(at + cell.length(), end(CONSTANTS, at));
            String name = CONSTANTS.substring(CONSTANTS.lastIndexOf('\n', at) + 1, at);
            int place = place(among, name);
            if (place < rank && AbiSelector.selects(abis, arch)) {
                best = name;
                rank = place;
            }
        }
        return Optional.ofNullable(best);
    }

    /** A number as the table has it. */
    private static String spelt(long value) {
        return value < 0 ? "-0x" + Long.toHexString(-value) : value < 10 ? "" + value : "0x" + Long.toHexString(value);
    }

    /** Which of the patterns a name fits first; as many as there are for none. */
    private static int place(List<String> among, String name) {
        int first = among.size();
        for (int i = among.size() - 1; i >= 0; i--) {
            String pattern = among.get(i);
            boolean isExcluded = pattern.startsWith("-");
            if (fits(isExcluded ? pattern.substring(1) : pattern, name)) {
                if (isExcluded) {
                    return among.size();
                }
                first = i;
            }
        }
        return first;
    }

    private static boolean fits(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    /** Signals behind SIGRTMIN have numbers alone. */
    private static OptionalLong realtime(String digits) {
        OptionalLong number = PrintedNumber.digits(digits);
        long signal = FIRST_REALTIME + number.orElse(-1);
        return signal >= FIRST_REALTIME && signal <= LAST_SIGNAL ? OptionalLong.of(signal) : OptionalLong.empty();
    }

    /** The first row of a name; -1 without one. The rows are sorted by name. */
    private static int find(String table, String name) {
        String wanted = name + '\t';
        int low = 0;
        int high = table.length();
        while (low < high) {
            int row = table.lastIndexOf('\n', (low + high) / 2 - 1) + 1;
            if (table.substring(row, end(table, row)).compareTo(wanted) < 0) {
                low = end(table, row) + 1;
            } else {
                high = row;
            }
        }
        return table.startsWith(wanted, low) ? low : -1;
    }

    /** The number in that of a name's rows which holds the ABI: each is a name, a number and ABIs. */
    private static OptionalLong number(String table, int first, String name, Arch arch) {
        for (int row = first; row >= 0 && table.startsWith(name + '\t', row); row = end(table, row) + 1) {
            int value = row + name.length() + 1;
            int abis = table.indexOf('\t', value) + 1;
            if (AbiSelector.selects(table.substring(abis, end(table, row)), arch)) {
                return OptionalLong.of(Long.decode(table.substring(value, abis - 1)));
            }
        }
        return OptionalLong.empty();
    }

    private static int end(String table, int row) {
        int end = table.indexOf('\n', row);
        return end < 0 ? table.length() : end;
    }

    /** A table without its comments and titles. */
    private static String text(String file) {
        String text = TableResource.text(NamedConstant.class, file);
        int row = 0;
        while (text.charAt(row) == '#') {
            row = end(text, row) + 1;
        }
        return text.substring(end(text, row) + 1);
    }
}
