package io.github.strait.syscall;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Error names and numbers. Most ABIs share the kernel's asm-generic numbers; MIPS has its own, and PowerPC's
 * {@code EDEADLOCK} differs. The resource {@code errno.tsv} is generated from the kernel's headers.
 */
public final class Errno {
    private static final TableResource TABLE = TableResource.read(Errno.class, "errno.tsv");
    private static final Map<String, Family> FAMILIES = new ConcurrentHashMap<>();

    private Errno() {}

    /** The number of an error; aliases such as {@code EWOULDBLOCK} have the number of what they stand for. */
    public static OptionalInt number(String name, Arch arch) {
        Integer number = family(arch).numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The name of an error number, never an alias; empty when the ABI has no such error. */
    public static Optional<String> name(int number, Arch arch) {
        return Optional.ofNullable(family(arch).names.get(number));
    }

    /** Every name that some ABI has, aliases too. */
    public static ImmutableSortedSet<String> names() {
        return TABLE.rows().stream()
                .map(row -> row.get(0))
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /** Whether some ABI has an error of that name, which may be an alias. */
    public static boolean isKnown(String name) {
        for (List<String> row : TABLE.rows()) {
            if (row.get(0).equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static Family family(Arch arch) {
        String title = switch (arch) {
            case MIPS, MIPS64, MIPS64N32, MIPSEL, MIPSEL64, MIPSEL64N32 -> "mips";
            case PPC, PPC64, PPC64LE -> "powerpc";
            default -> "generic";
        };
        return FAMILIES.computeIfAbsent(title, Family::of);
    }

    /** The errors of one column. */
    private record Family(ImmutableMap<String, Integer> numbers, ImmutableMap<Integer, String> names) {
        static Family of(String title) {
            int column = TABLE.column(title);
            Map<String, String> cells = new HashMap<>();
            for (List<String> row : TABLE.rows()) {
                if (!row.get(column).equals(TableResource.ABSENT)) {
                    cells.put(row.get(0), row.get(column));
                }
            }
            ImmutableMap.Builder<String, Integer> numbers = ImmutableMap.builder();
            ImmutableMap.Builder<Integer, String> names = ImmutableMap.builder();
            cells.forEach((name, cell) -> {
                String target = cells.get(cell);
                numbers.put(name, Integer.valueOf(target == null ? cell : target));
                if (target == null) {
                    names.put(Integer.valueOf(cell), name);
                }
            });
            return new Family(numbers.buildOrThrow(), names.buildOrThrow());
        }
    }
}
