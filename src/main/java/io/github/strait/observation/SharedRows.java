package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.json.JsonWriter;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The table of an observation of many runs: what its runs say of a call, but for the line where it was first seen, each
 * such row once. A run refers to its rows by their place in the table of its ABI. The table depends on the set of runs
 * only.
 */
final class SharedRows {
    /** The key of the table, in the document. */
    static final String KEY = "shared";
    /** The key of a call's name, in a row. */
    static final String NAME = "name";
    /** The key of the places of its rows, in an architecture of a run. */
    static final String ROWS = "rows";
    /** The key of the first positions that belong to them: the number of the line, if it is one of the run's source. */
    static final String FIRST = "first";
    /** The key of those that belong to the arguments of these rows, one row after the other. */
    static final String ARGUMENTS_AT = "argumentsAt";

    /** Observations of fewer runs have no such table: it would save little, and they are what people read and compare. */
    static final int RUNS = 64;

    /** The position of a row. */
    static final SourcePosition NOWHERE = SourcePosition.ofFile("");

    private static final Comparator<SyscallObservation> ORDER = Comparator.comparingLong(SyscallObservation::count)
            .thenComparingLong(SyscallObservation::succeeded)
            .thenComparingLong(SyscallObservation::unreturned)
            .thenComparing(SyscallObservation::toString);

    /** For each ABI, the rows of each call with their places. */
    private final TreeMap<Arch, TreeMap<String, Map<SyscallObservation, Integer>>> places = new TreeMap<>();

    /** The table of these runs. */
    SharedRows(Collection<Run> runs) {
        for (Run run : runs) {
            run.architectures().forEach(this::add);
        }
        places.values().forEach(SharedRows::number);
    }

    private void add(Arch arch, ArchObservation seen) {
        TreeMap<String, Map<SyscallObservation, Integer>> calls = places.computeIfAbsent(arch, key -> new TreeMap<>());
        seen.syscalls()
                .forEach((name, call) ->
                        calls.computeIfAbsent(name, key -> new HashMap<>()).put(bare(call), 0));
    }

    private static void number(TreeMap<String, Map<SyscallObservation, Integer>> calls) {
        int place = 0;
        for (Map<SyscallObservation, Integer> rows : calls.values()) {
            List<SyscallObservation> sorted = new ArrayList<>(rows.keySet());
            sorted.sort(ORDER);
            for (SyscallObservation row : sorted) {
                rows.put(row, place++);
            }
        }
    }

    /** Without the positions. */
    private static SyscallObservation bare(SyscallObservation call) {
        return call.at(position -> NOWHERE);
    }

    /** Writes the table. */
    void write(JsonWriter json) {
        json.object(KEY);
        places.forEach((arch, calls) -> {
            json.array(arch.label());
            calls.forEach((name, rows) -> rows.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .forEach(row -> {
                        json.onOneLine().object();
                        json.field(NAME, name);
                        ObservationWriter.counts(row.getKey(), json);
                        ObservationWriter.programs(row.getKey(), json);
                        ArgumentsJson.write(row.getKey().arguments(), false, json);
                        json.end();
                    }));
            json.end();
        });
        json.end();
    }

    /** Writes what a run says of the calls of one ABI. */
    void write(Arch arch, ImmutableSortedMap<String, SyscallObservation> seen, String source, JsonWriter json) {
        Map<String, Map<SyscallObservation, Integer>> calls = Objects.requireNonNull(places.get(arch));
        json.onOneLine().array(ROWS);
        seen.forEach((name, call) -> {
            Integer place = Objects.requireNonNull(calls.get(name)).get(bare(call));
            json.value(Objects.requireNonNull(place));
        });
        json.end();
        json.onOneLine().array(FIRST);
        List<SourcePosition> ofArguments = new ArrayList<>();
        for (SyscallObservation call : seen.values()) {
            position(call.first(), source, json);
            for (ArgumentValues values : call.arguments().values()) {
                ofArguments.addAll(values.positions());
            }
        }
        json.end();
        if (!ofArguments.isEmpty()) {
            json.onOneLine().array(ARGUMENTS_AT);
            for (SourcePosition each : ofArguments) {
                position(each, source, json);
            }
            json.end();
        }
    }

    private static void position(SourcePosition at, String source, JsonWriter json) {
        if (at.file().equals(source)) {
            json.value(at.line());
        } else {
            json.value(at.toString());
        }
    }
}
