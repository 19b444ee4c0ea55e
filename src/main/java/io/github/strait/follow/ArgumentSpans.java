package io.github.strait.follow;

import com.google.common.collect.ImmutableMap;
import io.github.strait.trace.scan.ArgumentSpan;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which arguments of calls a scan has to look at, so the calls need no parsing. */
final class ArgumentSpans {
    /**
     * How many arguments strace prints before a call that leaves those that count to the second half; and of open, whose
     * mode may follow or not, how many it prints if not.
     */
    private static final ImmutableMap<String, Integer> OFFSETS = ImmutableMap.<String, Integer>builder()
            .put("pipe2", 0)
            .put("recvfrom", 1)
            .put("recvmsg", 1)
            .put("recvmmsg", 1)
            .put("accept4", 1)
            .put("open", 2)
            .put("openat", 3)
            .buildOrThrow();

    /** The names of the catalogue, which are few. */
    private static final ConcurrentHashMap<String, ArgumentSpan> KNOWN = new ConcurrentHashMap<>();

    private ArgumentSpans() {}

    /** The arguments of a call that count, by its printed name; null when none do. */
    static @Nullable ArgumentSpan of(String printed) {
        ArgumentSpan known = KNOWN.get(printed);
        if (known != null || PrintedName.isNumber(printed)) {
            return known;
        }
        List<WatchedPlace> places = WatchedPlace.of(printed);
        if (places.isEmpty()) {
            return null;
        }
        int first = Integer.MAX_VALUE;
        int last = 0;
        boolean isHead = true;
        for (WatchedPlace place : places) {
            isHead &= place.isHead();
            first = Math.min(first, place.first());
            last = Math.max(last, place.last());
        }
        ArgumentSpan span = new ArgumentSpan(first, last, OFFSETS.getOrDefault(printed, last + 1), isHead);
        KNOWN.put(printed, span);
        return span;
    }

    /** Whether what a scan says of these two halves is all that counts: the second one begins where the scan assumes. */
    static boolean isUsual(PrintedName printed, FirstHalf half, String second) {
        ArgumentSpan span = of(printed.name());
        return span != null && half.size() == span.offset() && half.isFollowedBy(second);
    }
}
