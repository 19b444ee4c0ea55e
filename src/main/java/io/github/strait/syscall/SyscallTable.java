package io.github.strait.syscall;

import com.google.common.collect.ImmutableSortedMap;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The calls of one ABI: libseccomp's name for each number. The facts are generated from the kernel's own headers by the
 * program in {@code src/main/tools}; see the header of the resource {@code syscalls.tsv}.
 */
public final class SyscallTable {
    static final TableResource RESOURCE = TableResource.read("syscalls.tsv");
    private static final Map<Arch, SyscallTable> TABLES = new EnumMap<>(Arch.class);

    private final Arch arch;
    private final ImmutableSortedMap<String, Integer> numbers;
    private final Map<Integer, String> names;

    private SyscallTable(Arch arch, ImmutableSortedMap<String, Integer> numbers) {
        this.arch = arch;
        this.numbers = numbers;
        this.names = new HashMap<>();
        numbers.forEach((name, number) -> names.put(number, name));
    }

    /** The table of an ABI. */
    public static synchronized SyscallTable of(Arch arch) {
        return TABLES.computeIfAbsent(arch, key -> new SyscallTable(key, numbers(key)));
    }

    public Arch arch() {
        return arch;
    }

    /** The number of a call, with bit 30 set on x32; empty when the ABI has no call of that libseccomp name. */
    public OptionalInt number(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The libseccomp name of a number; empty when the ABI has no call of that number. */
    public Optional<String> name(int number) {
        return Optional.ofNullable(names.get(number));
    }

    public boolean contains(String name) {
        return numbers.containsKey(name);
    }

    /** Name to number, by name. */
    public ImmutableSortedMap<String, Integer> numbers() {
        return numbers;
    }

    private static ImmutableSortedMap<String, Integer> numbers(Arch arch) {
        int column = RESOURCE.column(arch.label());
        ImmutableSortedMap.Builder<String, Integer> numbers = ImmutableSortedMap.naturalOrder();
        for (List<String> row : RESOURCE.rows()) {
            String cell = row.get(column);
            if (!cell.equals(TableResource.ABSENT)) {
                numbers.put(row.get(0), Integer.valueOf(cell));
            }
        }
        return numbers.buildOrThrow();
    }
}
