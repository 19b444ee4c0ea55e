package io.github.strait.report;

import com.google.common.collect.ImmutableMap;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Objects;

/** What programs make calls for: the resource {@code call-purposes.tsv}. */
final class CallPurpose {
    private static final String OTHER = "other";
    private static final ImmutableMap<String, String> BY_CALL = read();

    private CallPurpose() {}

    private static ImmutableMap<String, String> read() {
        ImmutableMap.Builder<String, String> purposes = ImmutableMap.builder();
        for (List<String> row :
                TableResource.read(CallPurpose.class, "call-purposes.tsv").rows()) {
            for (String call : TableResource.words(row.get(1))) {
                purposes.put(call, row.get(0));
            }
        }
        return purposes.buildOrThrow();
    }

    /** The place of a purpose in the resource; the other calls come last. */
    static int place(String purpose) {
        int place = BY_CALL.values().asList().indexOf(purpose);
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    /** What a call is for, in a few words. */
    static String of(String call) {
        String name = call;
        for (String end : List.of("", "_time64", "64", "32", "64_64")) {
            if (call.endsWith(end)) {
                name = call.substring(0, call.length() - end.length());
                if (BY_CALL.containsKey(name)) {
                    return Objects.requireNonNull(BY_CALL.get(name));
                }
            }
        }
        return OTHER;
    }
}
