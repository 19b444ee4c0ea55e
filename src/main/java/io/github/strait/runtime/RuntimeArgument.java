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
    /** The rows of each call; most are never asked for. */
    private static final ImmutableListMultimap<String, List<String>> ROWS = read();

    /** The values of a call; none when they were not measured, or when it has no arguments that profiles may compare. */
    static ImmutableList<RuntimeArgument> of(RuntimeCall call) {
        ImmutableList.Builder<RuntimeArgument> values = ImmutableList.builder();
        for (List<String> row : ROWS.get(call.key())) {
            for (String value : TableResource.items(row.get(KEY + 1))) {
                values.add(new RuntimeArgument(row.get(KEY), value, Need.parse(row.get(KEY + 2))));
            }
        }
        return values.build();
    }

    private static ImmutableListMultimap<String, List<String>> read() {
        ImmutableListMultimap.Builder<String, List<String>> rows = ImmutableListMultimap.builder();
        for (List<String> row : TableResource.read(RuntimeArgument.class, "runtime-arguments.tsv")
                .rows()) {
            StringBuilder key = new StringBuilder(row.get(0));
            for (int i = 1; i < KEY; i++) {
                key.append(' ').append(row.get(i));
            }
            rows.put(key.toString(), row);
        }
        return rows.build();
    }

    /** For people, as in {@code prctl(PR_CAPBSET_DROP)}. */
    public String words(String syscall) {
        return syscall + "(" + value.replace(" ", ", ") + ")";
    }
}
