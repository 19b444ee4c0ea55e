package io.github.strait.live;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Runs tasks two at a time: they wait for each other's processes as often as for the processor. */
final class InPairs {
    private static final int AT_ONCE = 2;

    private InPairs() {}

    /** What the function gives for each key, in the order of the keys. */
    static <K, V> ImmutableMap<K, V> map(List<K> keys, Function<K, Callable<V>> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Map<K, Future<V>> futures = new LinkedHashMap<>();
            keys.forEach(key -> futures.put(key, executor.submit(task.apply(key))));
            ImmutableMap.Builder<K, V> values = ImmutableMap.builder();
            for (Map.Entry<K, Future<V>> future : futures.entrySet()) {
                values.put(future.getKey(), future.getValue().get());
            }
            return values.buildOrThrow();
        } finally {
            executor.shutdownNow();
        }
    }
}
