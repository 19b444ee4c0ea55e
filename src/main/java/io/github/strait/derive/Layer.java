package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are allowed for a stated reason other than observation.
 *
 * @param name the name on the command line
 * @param purpose what its calls have in common, for a comment in a profile
 * @param reasons why, by libseccomp name
 * @param arguments the values of arguments that it needs, by call and place, where that is known; as
 *     {@link io.github.strait.runtime.RuntimeArgument} writes them
 */
public record Layer(
        String name,
        String purpose,
        ImmutableSortedMap<String, String> reasons,
        ImmutableMap<String, ImmutableMap<String, ImmutableSet<String>>> arguments) {
    private static final ImmutableList<List<String>> ROWS =
            TableResource.read(Layer.class, "layer-purposes.tsv").rows();
    private static final ImmutableMap<String, Layer> LAYERS = read();

    /** Calls of which it is not known with which arguments they are made. */
    Layer(String name, String purpose, ImmutableSortedMap<String, String> reasons) {
        this(name, purpose, reasons, ImmutableMap.of());
    }

    /** The layers of {@code layer-purposes.tsv} that are on unless the user turns them off, in its order. */
    public static ImmutableList<Layer> all() {
        return withDefault("default").build();
    }

    /** The layers that are on only when the user asks for them. */
    public static ImmutableList<Layer> onRequest() {
        return withDefault("request")
                .add(Siblings.LAYER)
                .addAll(ImportsLayer.LAYERS)
                .build();
    }

    private static ImmutableList.Builder<Layer> withDefault(String on) {
        ImmutableList.Builder<Layer> layers = ImmutableList.builder();
        for (List<String> row : ROWS) {
            if (row.get(1).equals(on)) {
                layers.add(Objects.requireNonNull(LAYERS.get(row.get(0))));
            }
        }
        return layers;
    }

    /** The reasons for the calls that an ABI has. */
    public ImmutableSortedMap<String, String> on(Arch arch) {
        SyscallTable table = SyscallTable.of(arch);
        return reasons.entrySet().stream()
                .filter(entry -> table.contains(entry.getKey()))
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        String::compareTo, Map.Entry::getKey, Map.Entry::getValue));
    }

    // hand-written: a record's generated methods are linked on first use, which slows start-up
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Layer layer
                && name.equals(layer.name)
                && purpose.equals(layer.purpose)
                && reasons.equals(layer.reasons)
                && arguments.equals(layer.arguments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, purpose, reasons, arguments);
    }

    private static ImmutableMap<String, Layer> read() {
        ImmutableList<List<String>> calls =
                TableResource.read(Layer.class, "layers.tsv").rows();
        return ROWS.stream()
                .map(row -> new Layer(row.get(0), row.get(2), reasons(row.get(0), calls)))
                .collect(ImmutableMap.toImmutableMap(Layer::name, layer -> layer));
    }

    private static ImmutableSortedMap<String, String> reasons(String layer, List<List<String>> calls) {
        return calls.stream()
                .filter(row -> row.get(0).equals(layer))
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        String::compareTo, row -> row.get(1), row -> row.get(2)));
    }
}
