package io.github.strait.derive;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.io.Resources;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Calls that are allowed for a stated reason other than observation. The layers are rows of the resource
 * {@code layers.tsv}.
 *
 * @param name the name on the command line
 * @param reasons why, by libseccomp name
 */
public record Layer(String name, ImmutableSortedMap<String, String> reasons) {
    private static final ImmutableMap<String, Layer> LAYERS = read();

    /** All layers, in the order of the resource; all are on unless the user turns them off. */
    public static ImmutableList<Layer> all() {
        return LAYERS.values().asList();
    }

    /** The layer of that name. */
    public static Optional<Layer> find(String name) {
        return Optional.ofNullable(LAYERS.get(name));
    }

    /** The reasons for the calls that an ABI has. */
    public ImmutableSortedMap<String, String> on(Arch arch) {
        SyscallTable table = SyscallTable.of(arch);
        return reasons.entrySet().stream()
                .filter(entry -> table.contains(entry.getKey()))
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        String::compareTo, Map.Entry::getKey, Map.Entry::getValue));
    }

    private static ImmutableMap<String, Layer> read() {
        Map<String, Map<String, String>> layers = new LinkedHashMap<>();
        text().lines().filter(line -> !line.startsWith("#")).skip(1).forEach(line -> {
            List<String> row = Splitter.on('\t').splitToList(line);
            layers.computeIfAbsent(row.get(0), key -> new TreeMap<>()).put(row.get(1), row.get(2));
        });
        ImmutableMap.Builder<String, Layer> made = ImmutableMap.builder();
        layers.forEach((name, reasons) -> made.put(name, new Layer(name, ImmutableSortedMap.copyOf(reasons))));
        return made.buildOrThrow();
    }

    private static String text() {
        try {
            return Resources.toString(Resources.getResource(Layer.class, "layers.tsv"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
