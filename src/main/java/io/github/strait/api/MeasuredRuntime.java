package io.github.strait.api;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.github.strait.derive.Layer;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.observation.Run;
import io.github.strait.observation.RuntimePart;
import io.github.strait.runtime.RuntimeCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The layer of the runtime as recorded containers show it: what it called between installing the filter and execve. Where no
 * trace shows the filter going in, because that was before strace was attached, the table of the runtime stands in.
 *
 * @param layer the calls, with the conditions of the table where that has them
 * @param note how they differ from the table, or why that stands in
 */
record MeasuredRuntime(Layer layer, Diagnostic note) {
    /** What is asked for with {@code --runtime}. */
    static final String NAME = "measured";

    private static final int LONGEST = 60;

    /**
     * The layer for a start.
     *
     * @throws RefusalException when no trace has a runtime in front
     */
    static MeasuredRuntime of(Observation observation, StartRequest start) {
        List<Run> recorded = new ArrayList<>();
        for (Run run : observation.runs()) {
            if (run.runtime().isPresent()) {
                recorded.add(run);
            }
        }
        if (recorded.isEmpty()) {
            throw RefusalException.of(
                    "not-measured",
                    "no trace here shows a container's runtime; record one with: strait record --image IMAGE"
                            + " --no-new-privs, or name the runtime");
        }
        Optional<String> version = fact(recorded);
        String runtime = spec(version);
        List<Run> shown = recorded.stream()
                .filter(run -> run.runtime().orElseThrow().showsFilter())
                .toList();
        return shown.isEmpty() ? tabulated(runtime, recorded, start) : measured(runtime, version, shown, start);
    }

    private static MeasuredRuntime tabulated(String runtime, List<Run> recorded, StartRequest start) {
        boolean noNewPrivileges = start.noNewPrivileges()
                || recorded.stream()
                        .allMatch(run ->
                                run.recording().flatMap(Recording::noNewPrivs).orElse(false));
        Layer table = RuntimeLayer.of(runtime, noNewPrivileges, start.init(), start.exec());
        return new MeasuredRuntime(
                table,
                Diagnostic.warning(
                        "not-measured",
                        null,
                        "no trace shows the runtime installing the filter: runc does it before strait-oci can attach,"
                                + " and crun too, unless the container has no-new-privileges; the table of " + runtime
                                + (noNewPrivileges ? ", with no-new-privileges," : "") + " stands in"));
    }

    private static MeasuredRuntime measured(
            String runtime, Optional<String> version, List<Run> shown, StartRequest start) {
        TreeMap<String, RuntimePart.Call> calls = new TreeMap<>();
        for (Run run : shown) {
            run.runtime()
                    .orElseThrow()
                    .calls()
                    .values()
                    .forEach(ofAbi -> ofAbi.forEach((name, call) -> {
                        if (call.filtered() > 0) {
                            calls.merge(name, call, RuntimePart.Call::plus);
                        }
                    }));
        }
        String who = Printable.of(version.orElse("the runtime"), LONGEST);
        TreeMap<String, String> reasons = new TreeMap<>();
        calls.forEach((name, call) -> reasons.put(
                name,
                "measured: by " + who + (call.filtered() == 1 ? " once" : " " + call.filtered() + " times")
                        + " between the filter and execve"));
        Layer table = RuntimeLayer.of(runtime, true, false, false);
        Diagnostic note =
                difference(who, runtime, calls.keySet(), table.reasons().keySet());
        if (start.init() || start.exec()) {
            // only the start was measured
            RuntimeCalls more = RuntimeCalls.of(runtime, true, start.init(), start.exec());
            more.reasons().forEach((name, why) -> {
                if (!table.reasons().containsKey(name) || start.exec()) {
                    reasons.putIfAbsent(name, why);
                }
            });
        }
        ImmutableMap<String, ImmutableMap<String, ImmutableSet<String>>> arguments =
                ImmutableMap.copyOf(Maps.filterKeys(table.arguments(), reasons::containsKey));
        return new MeasuredRuntime(
                new Layer(
                        RuntimeLayer.NAME,
                        who + " makes these between the filter and execve, as measured",
                        ImmutableSortedMap.copyOf(reasons),
                        arguments),
                note);
    }

    private static Diagnostic difference(String who, String runtime, Set<String> measured, Set<String> table) {
        Set<String> more = new TreeSet<>(Sets.difference(measured, table));
        Set<String> less = new TreeSet<>(Sets.difference(table, measured));
        String text = who + " called " + String.join(" ", measured) + " under the filter";
        if (more.isEmpty() && less.isEmpty()) {
            text += ", as the table of " + runtime + " says";
        }
        text += more.isEmpty() ? "" : "; the table of " + runtime + " lacks " + String.join(" ", more);
        text += less.isEmpty() ? "" : "; the table of " + runtime + " also has " + String.join(" ", less);
        return more.isEmpty() && less.isEmpty()
                ? Diagnostic.note("measured-runtime", null, text)
                : Diagnostic.warning("measured-runtime", null, text);
    }

    private static Optional<String> fact(List<Run> recorded) {
        return recorded.stream()
                .flatMap(run -> run.recording().stream())
                .flatMap(recording -> Optional.ofNullable(recording.facts().get(Fact.RUNTIME)).stream())
                .findFirst();
    }

    /** What the table calls the runtime of a header, with the version if that is known; Docker's where it has none. */
    private static String spec(Optional<String> version) {
        String[] words = version.orElse("").split(" ", 2);
        if (!RuntimeCalls.names().contains(words[0])) {
            return StartRequest.DEFAULT.runtime();
        }
        String spec = words.length < 2 ? words[0] : words[0] + "@" + words[1].replaceFirst("[^0-9.].*", "");
        try {
            RuntimeCalls.of(spec, true, false, false);
            return spec;
        } catch (RefusalException e) {
            return words[0];
        }
    }
}
