package io.github.strait.elf;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The functions that a program asks libc for, of those that {@link LibcFunction} has.
 *
 * @param path of the program, as it is executed
 * @param kind whether it asks for any
 * @param arch the ABI of its calls; empty for a machine that strait has no table of
 * @param own those that the program itself imports
 * @param libraries those that only libraries import, by the name of the first such library
 * @param missing the libraries that were not found
 */
public record ProgramImports(
        String path,
        Kind kind,
        Optional<Arch> arch,
        Libc libc,
        ImmutableSortedSet<String> own,
        ImmutableSortedMap<String, ImmutableSortedSet<String>> libraries,
        ImmutableSortedSet<String> missing)
        implements Comparable<ProgramImports> {
    private static final Comparator<ProgramImports> ORDER =
            Comparator.comparing(ProgramImports::path).thenComparing(ProgramImports::toString);

    /** Whether the imports of a program say what it calls. */
    public enum Kind {
        /** They do, but for what it loads while it runs. */
        DYNAMIC,
        /** It is linked with Go's runtime, which makes calls itself; its imports are those of its C parts. */
        GO,
        /** It has none: libc is a part of it. */
        STATIC;

        /** The word in observations. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public int compareTo(ProgramImports other) {
        return ORDER.compare(this, other);
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether it or one of its libraries imports a function. */
    public boolean imports(String function) {
        return own.contains(function) || libraries.values().stream().anyMatch(names -> names.contains(function));
    }
}
