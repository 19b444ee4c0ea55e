package io.github.strait;

import com.google.common.collect.ImmutableMap;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.Nullable;

/**
 * The rank of each package: a package may use only those of a lower rank, so none of its own rank and none without.
 * Along any chain of uses the rank falls, so there is no cycle.
 */
final class PackageRanks {
    private static final String BASE = "io.github.strait.";

    static final ImmutableMap<String, Integer> RANKS = ImmutableMap.<String, Integer>builder()
            .put("diagnostic", 0)
            .put("json", 0)
            .put("syscall", 1)
            .put("elf", 2)
            .put("yaml", 1)
            .put("argument", 2)
            .put("trace", 2)
            .put("profile", 2)
            .put("runtime", 2)
            .put("observation", 3)
            .put("bpf", 3)
            .put("start", 3)
            .put("format", 4)
            .put("audit", 4)
            .put("qemu", 4)
            .put("follow", 4)
            .put("condition", 4)
            .put("derive", 5)
            .put("verify", 5)
            .put("lint", 5)
            .put("evidence", 5)
            .put("report", 6)
            .put("record", 6)
            .put("api", 7)
            .put("cli", 8)
            .buildOrThrow();

    private PackageRanks() {}

    /** The name, which must be that of a ranked package: a rule about any other would hold for ever. */
    static String known(String name) {
        if (!RANKS.containsKey(name)) {
            throw new IllegalArgumentException("no package " + name + " has a rank");
        }
        return name;
    }

    static ArchCondition<JavaClass> importOnlyLowerRanks() {
        return new ArchCondition<>("import only packages of a lower rank") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                String home = packageOf(from);
                if (home == null || !RANKS.containsKey(home)) {
                    events.add(SimpleConditionEvent.violated(from, from.getName() + " is in a package without a rank"));
                    return;
                }
                from.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String target = packageOf(dependency.getTargetClass().getBaseComponentType());
                    if (target != null
                            && !target.equals(home)
                            && RANKS.getOrDefault(target, Integer.MAX_VALUE) >= RANKS.get(home)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                });
            }
        };
    }

    /** The package below the base that a class belongs to, however deep; null outside of strait. */
    private static @Nullable String packageOf(JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(BASE) ? name.substring(BASE.length()).replaceFirst("\\..*", "") : null;
    }
}
