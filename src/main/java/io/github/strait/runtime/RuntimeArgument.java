package io.github.strait.runtime;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.github.strait.runtime.RuntimeCall.Need;
import io.github.strait.syscall.TableResource;
import java.util.List;

/**
 * A value of arguments with which a runtime makes a call under the filter, of those that profiles may compare: an item of
 * the resource {@code runtime-arguments.tsv}.
 *
 * @param at the registers, as the catalogue of arguments writes them: {@code 0}, {@code 2 3}
 * @param value a word for each of them, names that {@code |} divides or a number: {@code PR_CAPBSET_DROP}
 * @param need what happens when it is refused
 */
public record RuntimeArgument(String at, String value, Need need) {
    private static final int KEY = 5;
    private static final ImmutableListMultimap<String, RuntimeArgument> ALL = read();

    /** The values of a call; none when they were not measured, or when it has no arguments that profiles may compare. */
    static ImmutableList<RuntimeArgument> of(RuntimeCall call) {
        return ALL.get(call.key());
    }

    private static ImmutableListMultimap<String, RuntimeArgument> read() {
        ImmutableListMultimap.Builder<String, RuntimeArgument> all = ImmutableListMultimap.builder();
        for (List<String> row : TableResource.read(RuntimeArgument.class, "runtime-arguments.tsv")
                .rows()) {
            String key = String.join(" ", row.subList(0, KEY));
            for (String value : TableResource.items(row.get(KEY + 1))) {
                all.put(key, new RuntimeArgument(row.get(KEY), value, Need.parse(row.get(KEY + 2))));
            }
        }
        return all.build();
    }

    /** For people, as in {@code prctl(PR_CAPBSET_DROP)}. */
    public String words(String syscall) {
        return syscall + "(" + value.replace(" ", ", ") + ")";
    }
}
