package io.github.strait.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A container engine that is started for a list of containers, with folders and namespaces of its own, and stopped after
 * them.
 *
 * @param name its command: {@code docker} or {@code podman}
 * @param folder where the list goes, and what strace sees of programs under the engine's own profile
 */
record Engine(String name, Path folder) {
    private static final Path RECORDER = Path.of("src/main/tools/traces/record-all");
    private static final Pattern RAN = Pattern.compile("^ran (\\S+ \\S+) (\\d+)$", Pattern.MULTILINE);

    /** Does what the lines say, as the script describes them. */
    Outcome run(List<String> lines) throws IOException, InterruptedException {
        Path list = Files.write(folder.resolve(name), lines);
        return Namespaces.run(
                "engine.sh", List.of(name, RECORDER.toAbsolutePath().toString(), list.toString(), folder.toString()));
    }

    /** Of each workload with its profile whether it worked. */
    static Map<String, Boolean> worked(Outcome outcome) {
        Map<String, Boolean> worked = new TreeMap<>();
        RAN.matcher(outcome.text())
                .results()
                .forEach(ran -> worked.put(ran.group(1), ran.group(2).equals("0")));
        return worked;
    }
}
