package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.json.JsonWriter;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The value of {@code "runtime"} in a run of an observation: a {@link RuntimePart}. */
final class RuntimePartJson {
    static final String KEY = "runtime";

    private static final String FILTER = "showsFilter";
    private static final String CALLS = "calls";
    private static final String COUNT = "count";
    private static final String FILTERED = "filtered";
    private static final List<String> KEYS = List.of(FILTER, CALLS);
    private static final List<String> CALL_KEYS = List.of(COUNT, FILTERED, SharedRows.FIRST);

    private RuntimePartJson() {}

    static void write(RuntimePart part, JsonWriter json) {
        json.object(KEY);
        json.field(FILTER, part.showsFilter());
        json.object(CALLS);
        for (Map.Entry<Arch, ImmutableSortedMap<String, RuntimePart.Call>> ofAbi :
                part.calls().entrySet()) {
            json.object(ofAbi.getKey().label());
            for (Map.Entry<String, RuntimePart.Call> call : ofAbi.getValue().entrySet()) {
                json.onOneLine().object(call.getKey());
                json.field(COUNT, call.getValue().count());
                if (call.getValue().filtered() > 0) {
                    json.field(FILTERED, call.getValue().filtered());
                }
                json.field(SharedRows.FIRST, call.getValue().first().toString());
                json.end();
            }
            json.end();
        }
        json.end();
        json.end();
    }

    /**
     * Reads such a value.
     *
     * @param unknown called for keys that this version does not know
     */
    static RuntimePart read(ObservationNode at, ObservedNames names, Consumer<ObservationNode> unknown) {
        at.expect(KEYS, unknown);
        boolean showsFilter = at.get(FILTER).flag();
        TreeMap<Arch, ImmutableSortedMap<String, RuntimePart.Call>> calls = new TreeMap<>();
        for (ObservationNode ofAbi : at.get(CALLS).properties()) {
            Arch arch = ObservationReader.arch(ofAbi);
            TreeMap<String, RuntimePart.Call> all = new TreeMap<>();
            for (ObservationNode call : ofAbi.properties()) {
                all.merge(names.name(call, call.key(), arch), call(call, unknown), RuntimePart.Call::plus);
            }
            if (all.isEmpty()) {
                throw ofAbi.fault("has no calls");
            }
            calls.put(arch, ImmutableSortedMap.copyOf(all));
        }
        return new RuntimePart(showsFilter, ImmutableSortedMap.copyOf(calls));
    }

    private static RuntimePart.Call call(ObservationNode at, Consumer<ObservationNode> unknown) {
        at.expect(CALL_KEYS, unknown);
        long count = CallReader.positive(at.get(COUNT));
        long filtered = at.has(FILTERED) ? CallReader.positive(at.get(FILTERED)) : 0;
        if (filtered > count) {
            throw at.get(FILTERED).fault("is more than \"" + COUNT + "\" " + count);
        }
        return new RuntimePart.Call(count, filtered, CallReader.position(at.get(SharedRows.FIRST)));
    }
}
