package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.condition.CallConditions;
import io.github.strait.condition.Obstacle;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The conditions in a document whose rules count for several ABIs: what any of them needs is let through on all. */
final class SharedConditions {
    private final Map<Arch, Rationale> rationales;

    private SharedConditions(Map<Arch, Rationale> rationales) {
        this.rationales = rationales;
    }

    /** The conditions by libseccomp name, of the calls that have any on some ABI, or could have. */
    static ImmutableSortedMap<String, CallConditions> of(Map<Arch, Rationale> rationales) {
        SharedConditions shared = new SharedConditions(rationales);
        TreeMap<String, CallConditions> conditions = new TreeMap<>();
        for (Rationale rationale : rationales.values()) {
            for (String name : rationale.conditions().keySet()) {
                if (!conditions.containsKey(name)) {
                    conditions.put(name, shared.of(name));
                }
            }
        }
        return ImmutableSortedMap.copyOfSorted(conditions);
    }

    private CallConditions of(String name) {
        if (name.equals("clone") && isAllowed("clone3")) {
            return CallConditions.without(clone3());
        }
        List<Arch> having = having(name);
        String multiplexer = multiplexer(name, having);
        if (multiplexer != null) {
            return CallConditions.without(Obstacle.named(Obstacle.Kind.MULTIPLEXER, multiplexer));
        }
        CallConditions union = null;
        for (Rationale rationale : rationales.values()) {
            if (rationale.reasons().containsKey(name)) {
                CallConditions own = rationale.conditions().getOrDefault(name, CallConditions.NONE);
                union = union == null ? own : union.or(own);
            }
        }
        if (union == null || !union.isConditional() || agree(name, having)) {
            return union == null ? CallConditions.NONE : union;
        }
        return CallConditions.without(Obstacle.named(
                Obstacle.Kind.ARCHITECTURES,
                String.join(" and ", having.stream().map(Arch::label).toList())));
    }

    /** Why clone3 is allowed beside clone: its flags are not known, or show namespaces. */
    private Obstacle clone3() {
        for (Rationale rationale : rationales.values()) {
            for (Reason reason : rationale.reasons().getOrDefault("clone3", ImmutableList.of())) {
                if (reason instanceof Reason.Observed observed) {
                    SyscallObservation seen = observed.seen();
                    ArgumentValues flags = seen.arguments().get("flags");
                    if (flags == null) {
                        return Obstacle.unknownFlags(seen.count(), seen.first());
                    } else if (flags.unknown() > 0) {
                        return Obstacle.unknownFlags(
                                flags.unknown(), flags.unknownAt().orElse(seen.first()));
                    }
                }
            }
        }
        return Obstacle.named(Obstacle.Kind.CLONE3, "clone3");
    }

    private boolean isAllowed(String name) {
        for (Rationale rationale : rationales.values()) {
            if (rationale.reasons().containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    private List<Arch> having(String name) {
        List<Arch> having = new ArrayList<>();
        for (Arch arch : rationales.keySet()) {
            if (SyscallTable.of(arch).contains(name)) {
                having.add(arch);
            }
        }
        return having;
    }

    /** The multiplexer that makes the call on all of these ABIs and is allowed; null when some ABI is without. */
    private @Nullable String multiplexer(String name, List<Arch> having) {
        String found = null;
        for (Arch arch : having) {
            Optional<String> multiplexer = Multiplexer.of(name, arch);
            if (multiplexer.isEmpty() || !isAllowed(multiplexer.get())) {
                return null;
            }
            found = multiplexer.get();
        }
        return found;
    }

    /** Whether the catalogue has the same for all of these ABIs: the register, and what its values mean. */
    private static boolean agree(String name, List<Arch> having) {
        for (Arch arch : having) {
            if (arch != having.get(0) && !agree(name, having.get(0), arch)) {
                return false;
            }
        }
        return true;
    }

    private static boolean agree(String name, Arch one, Arch other) {
        List<CatalogueRow> rows = Catalogue.of(name, one);
        List<CatalogueRow> others = Catalogue.of(name, other);
        if (rows.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            CatalogueRow row = rows.get(i);
            CatalogueRow same = others.get(i);
            boolean isAlike = row.place().equals(same.place())
                    && row.kind() == same.kind()
                    && row.mask() == same.mask()
                    && row.forbidden() == same.forbidden();
            boolean isNamedAlike = row.groups().equals(same.groups()) || Catalogue.haveSameNumbers(one, other);
            if (!isAlike || !isNamedAlike) {
                return false;
            }
        }
        return true;
    }
}
