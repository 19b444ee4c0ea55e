package io.github.strait.verify;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.ImmutableTable;
import io.github.strait.syscall.Arch;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The calls that are allowed for a reason other than observation. The caller supplies the layer for each ABI and name.
 *
 * @param names the name of the layer of each call
 */
public record LayerNames(ImmutableTable<Arch, String, String> names) {

    /** The layer of a call. */
    public Optional<String> of(Arch arch, String name) {
        return Optional.ofNullable(names.get(arch, name));
    }

    /** Whether some layer has the call on some ABI. */
    boolean has(String name) {
        return names.containsColumn(name);
    }

    /** The calls of each layer, by its name; those of none are under the empty name. */
    public Map<String, ImmutableSortedSet<String>> divide(Arch arch, Collection<String> calls) {
        TreeMap<String, TreeSet<String>> divided = new TreeMap<>();
        calls.forEach(name -> divided.computeIfAbsent(of(arch, name).orElse(""), layer -> new TreeSet<>())
                .add(name));
        TreeMap<String, ImmutableSortedSet<String>> sealed = new TreeMap<>();
        divided.forEach((layer, names) -> sealed.put(layer, ImmutableSortedSet.copyOf(names)));
        return sealed;
    }
}
