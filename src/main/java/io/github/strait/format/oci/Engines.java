package io.github.strait.format.oci;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.format.Engine;

/** The engines that read, or refuse, a given part of a document. */
final class Engines {
    /** All of them. */
    static final ImmutableSet<Engine> ALL = ImmutableSet.copyOf(Engine.values());

    /** Those that are written in Go. */
    static final ImmutableSet<Engine> GO = ImmutableSet.of(Engine.RUNC, Engine.DOCKER, Engine.PODMAN);

    /** Those that read what Moby adds to the runtime specification. */
    static final ImmutableSet<Engine> EXTENDED = ImmutableSet.of(Engine.DOCKER, Engine.PODMAN);

    static final ImmutableSet<Engine> NONE = ImmutableSet.of();
    static final ImmutableSet<Engine> ONLY_CRUN = ImmutableSet.of(Engine.CRUN);
    static final ImmutableSet<Engine> ONLY_PODMAN = ImmutableSet.of(Engine.PODMAN);
    static final ImmutableSet<Engine> ONLY_DOCKER = ImmutableSet.of(Engine.DOCKER);

    private static final ImmutableSet<String> EXTENDED_KEYS = ImmutableSet.of(
            "archMap", "architecture", "subArchitectures", "includes", "excludes", "arches", "caps", "comment", "name");

    private static final ImmutableSet<String> REQUIRED_KEYS = ImmutableSet.of("defaultAction", "names", "action", "op");

    private Engines() {}

    /** Those that look at this key of a document at all. */
    static ImmutableSet<Engine> readersOf(String key) {
        if (key.equals("errno") || key.equals("defaultErrno")) {
            return ONLY_PODMAN;
        }
        if (key.equals("minKernel")) {
            return ONLY_DOCKER;
        }
        return EXTENDED_KEYS.contains(key) ? EXTENDED : ALL;
    }

    /** Those that refuse a value of another type: Go's readers, and crun where it then misses a required key. */
    static ImmutableSet<Engine> typedReadersOf(String key) {
        return ImmutableSet.copyOf(Sets.intersection(readersOf(key), isRequired(key) ? ALL : GO));
    }

    /** Whether crun refuses a document without the key. */
    static boolean isRequired(String key) {
        return REQUIRED_KEYS.contains(key);
    }

    /** Those that refuse a document without the key; Go's readers take a rule without names, which does nothing. */
    static ImmutableSet<Engine> refusingWithout(String key) {
        return !isRequired(key) ? NONE : key.equals("names") ? ONLY_CRUN : ALL;
    }

    /** For messages: {@code Docker and Podman}. */
    static String list(Iterable<Engine> engines) {
        StringBuilder list = new StringBuilder();
        int left = ImmutableSet.copyOf(engines).size();
        for (Engine engine : engines) {
            left--;
            list.append(list.length() == 0 ? "" : left == 0 ? " and " : ", ").append(engine.label());
        }
        return list.toString();
    }
}
