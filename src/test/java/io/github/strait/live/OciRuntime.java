package io.github.strait.live;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An installed program that runs bundles. */
enum OciRuntime {
    RUNC,
    CRUN;

    /** crun refuses a cgroup tree of which only a part is v2; in a mount namespace of its own that part can go. */
    private static final String WITHOUT_HYBRID =
            "if [ -d /sys/fs/cgroup/unified ]; then umount /sys/fs/cgroup/unified; fi; exec \"$@\"";

    private static final Pattern VERSION = Pattern.compile("version (\\d+(\\.\\d+)*)");

    /** The name of the program. */
    String command() {
        return Ascii.toLowerCase(name());
    }

    /** Runs it with these arguments. */
    Outcome run(Path directory, List<String> arguments) throws IOException, InterruptedException {
        return Outcome.of(
                directory,
                ImmutableList.<String>builder()
                        .add("unshare", "-m", "sh", "-c", WITHOUT_HYBRID, "sh", command())
                        .addAll(arguments)
                        .build());
    }

    /** {@code NAME@VERSION} of what is installed. */
    String spec() throws IOException, InterruptedException {
        String text = Outcome.text(Path.of("."), command(), "--version");
        Matcher version = VERSION.matcher(text);
        if (!version.find()) {
            throw new IllegalStateException("no version in " + text);
        }
        return command() + "@" + version.group(1);
    }
}
