package io.github.strait.runtime;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.TableResource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The versions of a runtime whose calls are known: from the first to the last minor release that was measured, by the
 * resource {@code runtime-versions.tsv}.
 *
 * @param runtime by its name in {@code runtimes.tsv}
 * @param measured the minor releases, in order
 */
record RuntimeVersions(String runtime, ImmutableList<Release> measured) {
    private static final ImmutableList<RuntimeVersions> ALL = read();

    RuntimeVersions {
        if (measured.isEmpty() || !Comparators.isInStrictOrder(measured, Comparator.naturalOrder())) {
            throw new IllegalArgumentException("no ascending versions of " + runtime + ": " + measured);
        }
    }

    /** The versions of a runtime; empty when it makes the same calls in all of them. */
    static Optional<RuntimeVersions> of(String runtime) {
        return ALL.stream().filter(versions -> versions.runtime.equals(runtime)).findFirst();
    }

    private static ImmutableList<RuntimeVersions> read() {
        Map<String, TreeSet<Release>> minors = new TreeMap<>();
        for (List<String> row : TableResource.read(RuntimeVersions.class, "runtime-versions.tsv")
                .rows()) {
            minors.computeIfAbsent(row.get(0), key -> new TreeSet<>())
                    .add(Release.parse(row.get(1)).minor());
        }
        ImmutableList.Builder<RuntimeVersions> all = ImmutableList.builder();
        minors.forEach((runtime, measured) -> all.add(new RuntimeVersions(runtime, ImmutableList.copyOf(measured))));
        return all.build();
    }

    /** Refuses a version outside of them, with the known ones and the nearest. */
    void check(Release version) {
        boolean isOlder = version.upTo(measured.get(0)).compareTo(measured.get(0)) < 0;
        if (isOlder || version.upTo(newest()).compareTo(newest()) > 0) {
            throw RefusalException.usage(runtime + " " + version + " is " + (isOlder ? "older" : "newer")
                    + " than any that was measured; " + remedy(isOlder ? measured.get(0) : newest()) + ". Without '@"
                    + version + "' the calls of all of them are allowed");
        }
    }

    /** The suggestion for a text that is not a version: the newest version. */
    String remedy() {
        return remedy(newest());
    }

    private String remedy(Release nearest) {
        return "known are " + runtime + " " + measured.get(0) + " to " + newest() + ", the nearest is --runtime "
                + runtime + "@" + nearest;
    }

    private Release newest() {
        return measured.get(measured.size() - 1);
    }
}
