package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command line of {@code record --image IMAGE} or {@code heal --image IMAGE}, divided: the words between the image and
 * {@code --} are the engine's, but for options that only the command has. Parsers see the other words alone, because the
 * engine's look like any option.
 *
 * @param own the words of strait's own line
 * @param engines those of the engine, in their order
 */
record EngineWords(ImmutableList<String> own, ImmutableList<String> engines) {
    static final String IMAGE = "--image";

    private static final String HEAL = "heal";
    private static final ImmutableSet<String> COMMANDS = ImmutableSet.of("record", HEAL);

    /** Names that {@code podman run} or {@code docker run} gives another meaning. */
    private static final ImmutableSet<String> OF_ENGINES =
            ImmutableSet.of("--attach", "--init", "--arch", "-q", "--quiet", "-v", "-h", "--help");

    /** Divides a command line; any other is strait's own as a whole. */
    static EngineWords of(List<String> words, Console console) {
        int command = 0;
        while (command < words.size() && !COMMANDS.contains(words.get(command))) {
            command++;
        }
        int image = image(words, command + 1);
        int begin = image < 0 ? 0 : words.get(image).equals(IMAGE) ? image + 2 : image + 1;
        int dashes = words.indexOf("--");
        int end = dashes < 0 ? words.size() : dashes;
        if (image < 0 || begin >= end) {
            return new EngineWords(ImmutableList.copyOf(words), ImmutableList.of());
        }
        ImmutableList.Builder<String> own = ImmutableList.builder();
        ImmutableList.Builder<String> engines = ImmutableList.builder();
        own.addAll(words.subList(0, begin));
        List<Parameter<?>> parameters =
                (words.get(command).equals(HEAL) ? new HealCommand(console) : new RecordCommand(console)).parameters();
        for (int i = begin; i < end; i++) {
            String word = words.get(i);
            Parameter<?> parameter = find(word, parameters);
            if (parameter == null) {
                engines.add(word);
                continue;
            }
            own.add(word);
            if (!parameter.isFlag() && !word.contains("=") && i + 1 < end) {
                own.add(words.get(++i));
            }
        }
        return new EngineWords(own.addAll(words.subList(end, words.size())).build(), engines.build());
    }

    private static int image(List<String> words, int from) {
        for (int i = from; i < words.size() && !words.get(i).equals("--"); i++) {
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
