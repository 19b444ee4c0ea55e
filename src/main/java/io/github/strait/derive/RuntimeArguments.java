package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;

/** The values that container runtimes need themselves, under the filter, as numbers of an ABI. */
final class RuntimeArguments {
    private final ImmutableMap<String, ImmutableMap<String, ImmutableSet<String>>> arguments;
    private final Arch arch;

    private RuntimeArguments(ImmutableMap<String, ImmutableMap<String, ImmutableSet<String>>> arguments, Arch arch) {
        this.arguments = arguments;
        this.arch = arch;
    }

    /** The values of the runtime's layer, if it is one of these. */
    static RuntimeArguments of(List<Layer> layers, Arch arch) {
        return of(RuntimeLayer.NAME, layers, arch);
    }

    /** The values of a layer, if it is one of these. */
    static RuntimeArguments of(String name, List<Layer> layers, Arch arch) {
        for (Layer layer : layers) {
            if (layer.name().equals(name)) {
                return new RuntimeArguments(layer.arguments(), arch);
            }
        }
        return new RuntimeArguments(ImmutableMap.of(), arch);
    }

    /** The values of a call by place. Of a place that is not there they are not known. */
    ImmutableMap<String, ImmutableSet<ArgumentTuple>> of(String call) {
        ImmutableMap<String, ImmutableSet<String>> known = arguments.getOrDefault(call, ImmutableMap.of());
        ImmutableMap.Builder<String, ImmutableSet<ArgumentTuple>> needed = ImmutableMap.builder();
        for (Place place : Catalogue.places(call, arch)) {
            ImmutableSet<String> values = known.get(place.toString());
            Optional<ImmutableSet<ArgumentTuple>> tuples = values == null ? Optional.empty() : tuples(values);
            if (tuples.isPresent()) {
                needed.put(place.toString(), tuples.get());
            }
        }
        return needed.buildKeepingLast();
    }

    private Optional<ImmutableSet<ArgumentTuple>> tuples(ImmutableSet<String> values) {
        ImmutableSet.Builder<ArgumentTuple> tuples = ImmutableSet.builder();
        for (String value : values) {
            Optional<ImmutableList<Long>> tuple = Catalogue.tuple(value, arch);
            if (tuple.isEmpty()) {
                return Optional.empty();
            }
            tuples.add(new ArgumentTuple(tuple.get()));
        }
        return Optional.of(tuples.build());
    }
}
