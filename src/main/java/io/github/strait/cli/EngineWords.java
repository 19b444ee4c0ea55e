package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words between the image of {@code record --image IMAGE} and {@code --}: options of the engine, but for those that only
 * {@code record} has.
 */
final class EngineWords {
    static final String IMAGE = "--image";
    static final String OPTION = "--engine-option";

    /** Names that {@code podman run} or {@code docker run} gives another meaning. */
    private static final ImmutableSet<String> OF_ENGINES =
            ImmutableSet.of("--attach", "--init", "--arch", "-q", "--quiet", "-v", "-h", "--help");

    private EngineWords() {}

    /** A command line of {@code record} with each word for the engine behind a name of its own, so that parsers need not know them. */
    static String[] named(String[] line, Console console) {
        List<String> words = List.of(line);
        int image = image(words);
        if (image < 0) {
            return line;
        }
        int end = words.indexOf("--");
        end = end < 0 ? words.size() : end;
        int begin = words.get(image).equals(IMAGE) ? image + 2 : image + 1;
        if (begin >= end) {
            return line;
        }
        List<String> own = new ArrayList<>(words.subList(0, begin));
        List<String> engines = new ArrayList<>();
        List<Parameter<?>> parameters = new RecordCommand(console).parameters();
        for (int i = begin; i < end; i++) {
            String word = words.get(i);
            Parameter<?> parameter = find(word, parameters);
            if (parameter == null) {
                engines.add(OPTION + "=" + word);
            } else {
                own.add(word);
                if (!parameter.isFlag() && !word.contains("=") && i + 1 < end) {
                    own.add(words.get(++i));
                }
            }
        }
        return ImmutableList.<String>builder()
                .addAll(own)
                .addAll(engines)
                .addAll(words.subList(end, words.size()))
                .build()
                .toArray(new String[0]);
    }

    private static int image(List<String> words) {
        for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
            if (words.get(i).equals(IMAGE) || words.get(i).startsWith(IMAGE + "=")) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Parameter<?> find(String word, List<Parameter<?>> parameters) {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        for (Parameter<?> parameter : parameters) {
            if (parameter.isNamed(name) && !OF_ENGINES.contains(name)) {
                return parameter;
            }
        }
        return null;
    }
}
