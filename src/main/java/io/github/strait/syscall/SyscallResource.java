package io.github.strait.syscall;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads {@code syscalls.tsv}: a row a name, a column an ABI ({@code -} where it lacks the call), the last one the kernel version. */
final class SyscallResource {
    static final String ABSENT = "-";
    private static final Splitter TAB = Splitter.on('\t');
    private static final ImmutableList<List<String>> ROWS = read();

    private SyscallResource() {}

    static ImmutableList<List<String>> rows() {
        return ROWS.subList(1, ROWS.size());
    }

    static ImmutableSortedMap<String, Integer> numbers(Arch arch) {
        int column = ROWS.get(0).indexOf(arch.label());
        ImmutableSortedMap.Builder<String, Integer> numbers = ImmutableSortedMap.naturalOrder();
        for (List<String> row : rows()) {
            String cell = row.get(column);
            if (!cell.equals(ABSENT)) {
                numbers.put(row.get(0), Integer.valueOf(cell));
            }
        }
        return numbers.buildOrThrow();
    }

    private static ImmutableList<List<String>> read() {
        try {
            String text = Resources.toString(
                    Resources.getResource(SyscallResource.class, "syscalls.tsv"), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(TAB::splitToList)
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
