package io.github.strait.syscall;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one ABI: libseccomp's name for each number. The facts are generated from the kernel's own headers by the
 * program in {@code src/main/tools}; see the header of the resource {@code syscalls.tsv}. What a short run does not ask is
 * not computed: names are looked up in the rows, and the two maps of an ABI are made when they are wanted.
 */
public final class SyscallTable {
    private static final TableResource RESOURCE = TableResource.read(SyscallTable.class, "syscalls.tsv");
    private static final ImmutableMap<String, List<String>> ROWS = RESOURCE.index(row -> row);
    private static final int SINCE = RESOURCE.column("since");
    private static final Map<Arch, SyscallTable> TABLES = tables();

    private final int column;
    private volatile @Nullable ImmutableSortedMap<String, Integer> numbers;
    private volatile @Nullable Map<Integer, String> names;

    private SyscallTable(Arch arch) {
        this.column = RESOURCE.column(arch.label());
    }

    /** The table of an ABI. */
    public static SyscallTable of(Arch arch) {
        SyscallTable table = TABLES.get(arch);
        if (table == null) {
            throw new IllegalStateException("no table of " + arch);
        }
        return table;
    }

    /** The number of a call, with bit 30 set on x32; empty when the ABI has no call of that libseccomp name. */
    public OptionalInt number(String name) {
        String cell = cell(name, column);
        return cell.equals(TableResource.ABSENT) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(cell));
    }

    /** The libseccomp name of a number; empty when the ABI has no call of that number. */
    public Optional<String> name(int number) {
        Map<Integer, String> known = names;
        if (known == null) {
            known = readNames();
            names = known;
        }
        return Optional.ofNullable(known.get(number));
    }

    public boolean contains(String name) {
        return !cell(name, column).equals(TableResource.ABSENT);
    }

    /** Name to number, by name. */
    public ImmutableSortedMap<String, Integer> numbers() {
        ImmutableSortedMap<String, Integer> known = numbers;
        if (known == null) {
            known = readNumbers();
            numbers = known;
        }
        return known;
    }

    /** Every name of any ABI, in the order of the resource. */
    static Iterable<String> allNames() {
        return ROWS.keySet();
    }

    /** The cell of a call that says which kernel had it first; {@link TableResource#ABSENT} when none says so. */
    static String since(String name) {
        return cell(name, SINCE);
    }

    private static String cell(String name, int column) {
        List<String> row = ROWS.get(name);
        return row == null ? TableResource.ABSENT : row.get(column);
    }

    private static Map<Arch, SyscallTable> tables() {
        Map<Arch, SyscallTable> tables = new EnumMap<>(Arch.class);
        for (Arch arch : Arch.values()) {
            tables.put(arch, new SyscallTable(arch));
        }
        return tables;
    }

    private ImmutableSortedMap<String, Integer> readNumbers() {
        ImmutableSortedMap.Builder<String, Integer> read = ImmutableSortedMap.naturalOrder();
        for (List<String> row : RESOURCE.rows()) {
            if (!row.get(column).equals(TableResource.ABSENT)) {
                read.put(row.get(0), Integer.valueOf(row.get(column)));
            }
        }
        return read.buildOrThrow();
    }

    private Map<Integer, String> readNames() {
        Map<Integer, String> read = new HashMap<>();
        numbers().forEach((name, number) -> read.put(number, name));
        return read;
    }
}
