package io.github.strait.live;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Mount, pid, uts and network namespaces of a script's own, with which all that it starts and mounts ends. */
final class Namespaces {
    private static final Path SCRIPTS = Path.of("src/test/resources/io/github/strait/live");

    private Namespaces() {}

    /** Runs a script of the test resources, as root. */
    static Outcome run(String script, List<String> words) throws IOException, InterruptedException {
        return Outcome.of(
                Path.of("."),
                ImmutableList.<String>builder()
                        .add("unshare", "-m", "-u", "-n", "-p", "--fork", "--kill-child", "--mount-proc", "sh")
                        .add(SCRIPTS.resolve(script).toAbsolutePath().toString())
                        .addAll(words)
                        .build());
    }
}
