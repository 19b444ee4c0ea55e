package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.Tier;
import io.github.strait.argument.ValuePattern;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values that container runtimes need themselves, under the filter: the resource {@code runtime-arguments.tsv}. */
final class RuntimeArguments {
    private static final ImmutableList<List<String>> ROWS =
            TableResource.read(RuntimeArguments.class, "runtime-arguments.tsv").rows();

    private RuntimeArguments() {}

    /**
     * The values by place. A place that is there without values was measured too: the base groups have all that is needed.
     *
     * @param others the calls that the runtime makes
     */
    static ImmutableMap<String, ImmutableSet<ArgumentTuple>> of(String call, Arch arch, Collection<String> others) {
        Map<String, ImmutableSet<ArgumentTuple>> needed = new HashMap<>();
        for (CatalogueRow row : Catalogue.of(call, arch)) {
            if (row.tier() == Tier.SAFE) {
                needed.put(row.place().toString(), ImmutableSet.of());
            }
        }
        for (List<String> row : ROWS) {
            if (row.get(0).equals(call) && others.contains(row.get(3))) {
                needed.merge(row.get(1), tuples(row.get(2), arch), RuntimeArguments::union);
            }
        }
        return ImmutableMap.copyOf(needed);
    }

    private static ImmutableSet<ArgumentTuple> union(
            ImmutableSet<ArgumentTuple> one, ImmutableSet<ArgumentTuple> other) {
        return ImmutableSet.<ArgumentTuple>builder().addAll(one).addAll(other).build();
    }

    private static ImmutableSet<ArgumentTuple> tuples(String values, Arch arch) {
        ValuePattern pattern = Catalogue.values(values, arch);
        ImmutableSet.Builder<ArgumentTuple> tuples = ImmutableSet.builder();
        for (long value : pattern.sets().get(0)) {
            tuples.add(ArgumentTuple.of(value));
        }
        return tuples.build();
    }
}
