package io.github.strait.evidence;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Corpus.Count;
import io.github.strait.evidence.Corpus.Recording;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code corpus/manifest.tsv}: a trace, how it was recorded, and why it is not the kernel's count.
 *
 * @param relation how the trace relates to what the kernel counted: {@code exact}, {@code log-is-subset}, …
 * @param reason empty when the trace is read exactly
 */
public record CorpusRow(String trace, String strace, String options, String relation, String reason) {
    static CorpusRow of(List<String> cells) {
        return new CorpusRow(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
    }

    /** What was read of the trace, beside what the kernel counted. */
    Comparison compare(@Nullable Recording witness) {
        Set<String> lost = new TreeSet<>();
        Set<String> besides = new TreeSet<>();
        List<String> counts = new ArrayList<>();
        long calls = 0;
        long unparsed = 0;
        Map<Arch, ArchObservation> seen = ImmutableSortedMap.of();
        try {
            Observation observation = new Recording("kernel/" + trace, Arch.X86_64, Map.of())
                    .read(Optional.empty())
                    .observation();
            seen = observation.architectures();
            calls = observation.lines().calls();
            unparsed = observation.lines().unparsed();
        } catch (RefusalException e) {
            // a trace without a call
            counts.add(e.getMessage());
        }
        if (witness != null) {
            counts.clear();
            for (Arch arch : Sets.union(witness.calls().keySet(), seen.keySet())) {
                Map<String, Count> right = witness.calls().getOrDefault(arch, Map.of());
                Map<String, SyscallObservation> read =
                        seen.containsKey(arch) ? seen.get(arch).syscalls() : Map.of();
                Sets.difference(right.keySet(), read.keySet()).forEach(name -> lost.add(label(arch, name)));
                Sets.difference(read.keySet(), right.keySet()).forEach(name -> besides.add(label(arch, name)));
                for (String name : Sets.intersection(right.keySet(), read.keySet())) {
                    if (read.get(name).count() != right.get(name).calls()) {
                        counts.add(label(arch, name));
                    }
                }
            }
        }
        return new Comparison(witness != null, lost, besides, counts, calls, unparsed);
    }

    private static String label(Arch arch, String name) {
        return arch == Arch.X86_64 ? name : arch.label() + " " + name;
    }

    /** @param counts the names that were read another number of times than the kernel counted */
    record Comparison(
            boolean witnessed, Set<String> lost, Set<String> besides, List<String> counts, long calls, long unparsed) {
        String outcome() {
            if (!witnessed) {
                return "read";
            }
            if (!lost.isEmpty() || !besides.isEmpty()) {
                return besides.isEmpty() ? "in part" : "otherwise";
            }
            return counts.isEmpty() ? "exact" : "names";
        }

        String details() {
            List<String> all = new ArrayList<>();
            if (!witnessed) {
                all.add("calls: " + calls + ", lines not understood: " + unparsed);
            }
            add(all, "not read: ", lost);
            add(all, "read besides: ", besides);
            if (lost.isEmpty() && besides.isEmpty() && witnessed) {
                add(all, "counted otherwise: ", counts);
            }
            return String.join("; ", all);
        }

        private static void add(List<String> to, String what, Iterable<String> names) {
            List<String> all = new ArrayList<>();
            names.forEach(all::add);
            int shown = Math.min(all.size(), 6);
            String more = all.size() > shown ? " and " + (all.size() - shown) + " more" : "";
            if (shown > 0) {
                to.add(what + String.join(", ", all.subList(0, shown)) + more);
            }
        }
    }
}
