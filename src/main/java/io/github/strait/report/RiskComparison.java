package io.github.strait.report;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.TreeMultimap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.DockerDefault;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import io.github.strait.syscall.SyscallTable;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The allowed calls of an architecture by risk, beside Docker's default profile.
 *
 * @param classes every class, the worst first
 * @param total the calls of all classes, and those of none
 */
public record RiskComparison(ImmutableSortedMap<RiskClass, Count> classes, Count total) {
    /**
     * How many calls are allowed.
     *
     * @param allowed those that the profile allows
     * @param dockerDefault how many Docker's default profile allows
     */
    public record Count(ImmutableSortedSet<String> allowed, int dockerDefault) {}

    /** Compares the calls that a profile allows on an architecture. */
    static RiskComparison of(Arch arch, Collection<String> allowed) {
        TreeMultimap<RiskClass, String> here = TreeMultimap.create();
        for (String name : allowed) {
            Risk.of(name).ifPresent(risk -> here.put(risk.riskClass(), name));
        }
        Map<RiskClass, Integer> docker = new EnumMap<>(RiskClass.class);
        for (String name : SyscallTable.of(arch).numbers().keySet()) {
            if (DockerDefault.allows(name, arch)) {
                Risk.of(name).ifPresent(risk -> docker.merge(risk.riskClass(), 1, Integer::sum));
            }
        }
        TreeMap<RiskClass, Count> classes = new TreeMap<>();
        for (RiskClass risk : RiskClass.values()) {
            classes.put(risk, new Count(ImmutableSortedSet.copyOf(here.get(risk)), docker.getOrDefault(risk, 0)));
        }
        return new RiskComparison(
                ImmutableSortedMap.copyOf(classes),
                new Count(ImmutableSortedSet.copyOf(allowed), DockerDefault.allowedCount(arch)));
    }
}
