package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.common.collect.ImmutableList;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.format.lxc.LxcFormat;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies under LXC itself. */
@RequiresTool(
        value = {"lxc-start", "gcc"},
        asRoot = true)
class LxcIT {
    /** A container starts in 30 ms, and the probe takes none. */
    private static final int PATIENCE = 20;

    private static final int IMPATIENCE = 3;

    @TempDir
    static Path folder;

    @Test
    void printsTheSameUnderLxc() throws Exception {
        Probe.ARGS.assertPrinted(run(profile(needs()), PATIENCE).text(), needs());
    }

    /** What the layer has as a must. */
    @Test
    void withoutACallOfItsOwnTheContainerDoesNotStart() throws Exception {
        for (String call : List.of("execve", "read", "sendto")) {
            List<String> others =
                    needs().stream().filter(need -> !need.equals(call)).toList();
            Profile profile = profile(others);
            Profile without = profile.withRules(profile.rules().stream()
                    .filter(rule -> !rule.names().contains("execve") || !call.equals("execve"))
                    .toList());
            assertNotEquals(0, run(without, IMPATIENCE).status(), call);
        }
        assertEquals(0, run(profile(needs()), PATIENCE).status());
    }

    private static ImmutableList<String> needs() {
        return RuntimeLayer.of("lxc", true, false, false)
                .on(Arch.X86_64)
                .keySet()
                .asList();
    }

    private static Profile profile(List<String> needs) throws Exception {
        return Probe.allowing(Probe.profile(), needs.toArray(String[]::new));
    }

    private static Outcome run(Profile profile, int seconds) throws Exception {
        LxcContainer container = LxcContainer.create(folder, LxcFormat.LXC.write(profile));
        Path probe = container.root().resolve("bin/probe");
        if (!Files.exists(probe)) {
            Files.copy(Probe.ARGS.program(), probe);
        }
        return container
                .configured("/bin/probe", List.of("lxc.net.0.type = empty"))
                .run(seconds);
    }
}
