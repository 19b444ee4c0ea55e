package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.derive.ImportedCalls.Importer;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.elf.ProgramImports;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.syscall.Arch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The layers of the calls that imported functions make, and that no run shows: those of the programs alone, and those of
 * their libraries too.
 */
public final class ImportsLayer {
    /** The name of the layer of the programs' own imports. */
    public static final String NAME = "imports";

    /** The name of the layer of all imports. */
    public static final String NAME_OF_ALL = "imports-all";

    /** What is known of arguments: a program that imports socket is taken to use TCP and UDP beside Unix sockets. */
    private static final ImmutableMap<String, ImmutableMap<String, ImmutableSet<String>>> ARGUMENTS =
            ImmutableMap.of("socket", ImmutableMap.of("0 1 2", ImmutableSet.of("AF_INET SOCK_STREAM IPPROTO_TCP")));

    /** The layers, of no calls until the evidence and the ABI are known. */
    static final ImmutableList<Layer> LAYERS = ImmutableList.of(
            new Layer(NAME, "functions that the programs import make these calls", ImmutableSortedMap.of(), ARGUMENTS),
            new Layer(
                    NAME_OF_ALL,
                    "functions that the programs or their libraries import make these calls",
                    ImmutableSortedMap.of(),
                    ARGUMENTS));

    /** How many programs the warning names. */
    private static final int MOST_NAMED = 4;

    private ImportsLayer() {}

    static boolean isOne(String layer) {
        return layer.equals(NAME) || layer.equals(NAME_OF_ALL);
    }

    /** The layer with its calls, if it is one of these; what the evidence shows is not among them. */
    static Layer filled(Layer layer, Observation observation, Arch arch) {
        if (!isOne(layer.name())) {
            return layer;
        }
        boolean isOfAll = layer.name().equals(NAME_OF_ALL);
        ArchObservation seen = observation.architectures().get(arch);
        ImportedCalls imported = seen == null
                ? ImportedCalls.derived(observation.imports(), arch)
                : ImportedCalls.of(observation.imports(), arch);
        ImmutableSortedMap.Builder<String, String> reasons = ImmutableSortedMap.naturalOrder();
        for (Map.Entry<String, ImmutableList<Importer>> call : imported.calls().entrySet()) {
            Importer first = call.getValue().get(0);
            boolean isSeen = seen != null && seen.syscalls().containsKey(call.getKey());
            if (!isSeen
                    && (isOfAll || first.isProgram())
                    && ImportedCalls.heldBack(call.getKey()).isEmpty()) {
                reasons.put(call.getKey(), first.words());
            }
        }
        return new Layer(layer.name(), layer.purpose(), reasons.build(), layer.arguments());
    }

    /** The warning when one of these layers is on and no imports that count are known. */
    static Optional<Diagnostic> warning(Observation observation, Collection<Layer> layers) {
        List<String> asked =
                layers.stream().map(Layer::name).filter(ImportsLayer::isOne).toList();
        if (asked.isEmpty()
                || observation.imports().stream().anyMatch(program -> program.kind() == ProgramImports.Kind.DYNAMIC)) {
            return Optional.empty();
        }
        String without = observation.imports().stream()
                .map(ProgramImports::name)
                .distinct()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        String layer = "so the layer " + String.join(" and ", asked) + " is empty; ";
        return Optional.of(Diagnostic.warning(
                "no-imports",
                null,
                without.isEmpty()
                        ? "the evidence does not say what its programs import, " + layer
                                + "name the program with --binary FILE, or record again"
                        : "no program has dynamic imports that count (linked statically, or with Go's runtime): "
                                + without + ", " + layer + "record more runs, each another task"));
    }
}
