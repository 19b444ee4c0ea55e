package io.github.strait.report;

import com.google.common.base.Splitter;
import io.github.strait.argument.ValueNames;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Observed values of the arguments at one place, by their names. */
final class TupleWords {
    private static final String IN_MEMORY = "flags";

    private TupleWords() {}

    /** {@code AF_UNIX SOCK_STREAM 0}; numbers where values have no names. */
    static String of(String call, Arch arch, String place, ArgumentTuple tuple) {
        if (place.equals(IN_MEMORY)) {
            return tuple.toString();
        }
        List<String> registers = Splitter.on(' ').splitToList(place);
        Map<Integer, Long> known = new TreeMap<>();
        for (int i = 0; i < registers.size() && i < tuple.values().size(); i++) {
            known.put(Integer.valueOf(registers.get(i)), tuple.values().get(i));
        }
        ValueNames names = new ValueNames(call, arch);
        List<String> words = new ArrayList<>();
        known.forEach((register, value) -> words.add(names.of(register, value, known)));
        return String.join(" ", words);
    }
}
