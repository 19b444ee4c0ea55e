package io.github.strait.elf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Optional;

/**
 * A function of libc and the calls that it makes, in the spelling of x86_64: a row of the resource {@code
 * libc-functions.tsv}.
 *
 * @param glibc what glibc's calls; none where it has no such function
 * @param musl what musl's calls; none where it has no such function
 * @param isHidden whether it leads to calls that no table can say: it loads code, or makes a call by its number
 */
public record LibcFunction(String name, ImmutableList<String> glibc, ImmutableList<String> musl, boolean isHidden) {
    private static final ImmutableMap<String, LibcFunction> ALL =
            TableResource.read(LibcFunction.class, "libc-functions.tsv").index(LibcFunction::of);

    /** The longest name of a function with a row; no row is looked for under a longer one. */
    private static final int LONGEST = 64;

    private static LibcFunction of(List<String> row) {
        return new LibcFunction(
                row.get(0),
                TableResource.words(row.get(1)),
                TableResource.words(row.get(2)),
                row.get(3).equals("hidden"));
    }

    /** The functions of the table. */
    public static ImmutableList<LibcFunction> all() {
        return ALL.values().asList();
    }

    /**
     * The function that a symbol stands for: itself, or the one that it checks the arguments of or has wider times for, as
     * {@code __read_chk}, {@code __open64_2} and {@code __stat64_time64} do.
     */
    public static Optional<LibcFunction> find(String symbol) {
        if (symbol.length() > LONGEST) {
            return Optional.empty();
        }
        LibcFunction exact = ALL.get(symbol);
        if (exact != null || !symbol.startsWith("__")) {
            return Optional.ofNullable(exact);
        }
        String plain = symbol.substring(2);
        for (String end : List.of("_chk", "_2", "_time64", "64", "")) {
            LibcFunction found =
                    plain.endsWith(end) ? ALL.get(plain.substring(0, plain.length() - end.length())) : null;
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    static boolean isKnown(String symbol) {
        return find(symbol).isPresent();
    }

    /** What it calls in a libc; the calls of the other libc where that has no row for it. */
    public ImmutableList<String> calls(Libc libc) {
        ImmutableList<String> own = libc == Libc.MUSL ? musl : glibc;
        return own.isEmpty() ? libc == Libc.MUSL ? glibc : musl : own;
    }
}
