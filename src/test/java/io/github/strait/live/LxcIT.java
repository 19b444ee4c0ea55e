package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.common.collect.ImmutableList;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.format.lxc.LxcFormat;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Policies under LXC itself. */
@RequiresWorkloads
@RequiresTool({"lxc-start", "zstd"})
class LxcIT {
    /** A container starts in 30 ms, and the probe takes none. */
    private static final int PATIENCE = 20;

    private static final int IMPATIENCE = 3;

    @TempDir
    static Path folder;

    /** What lxc-start returns says nothing of the program, so its last words do. */
    enum Work {
        NGINX("epoll_wait", "413 Request Entity Too Large</h1></center>"),
        REDIS("fdatasync", "Redis is now ready to exit, bye bye..."),
        GIT("rename", "renamed.txt:line 3");

        private final String needed;
        private final String last;

        Work(String needed, String last) {
            this.needed = needed;
            this.last = last;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        Outcome run(byte[] policy, int secondsEachStep) throws Exception {
            Outcome outcome = LxcContainer.work(label(), policy, secondsEachStep);
            return outcome.text().contains(last) ? outcome : new Outcome(1, outcome.text());
        }
    }

    @Test
    void printsTheSameUnderLxc() throws Exception {
        Outcome outcome = Again.untilItWorks(() -> run(profile(needs()), PATIENCE));
        Probe.ARGS.assertPrinted(outcome.text(), needs());
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
        assertEquals(
                0, Again.untilItWorks(() -> run(profile(needs()), PATIENCE)).status());
    }

    @ParameterizedTest
    @EnumSource
    void programsDoTheirWork(Work work) throws Exception {
        byte[] policy = policy(work.label());
        Outcome outcome = Again.untilItWorks(() -> work.run(policy, PATIENCE));
        assertEquals(0, outcome.status(), outcome.text());
    }

    /** Else the test before would show nothing. */
    @ParameterizedTest
    @EnumSource
    void withoutACallThatItNeedsAProgramFails(Work work) throws Exception {
        String text = new String(policy(work.label()), StandardCharsets.UTF_8);
        String without = text.replace("\n" + work.needed + "\n", "\n");
        assertNotEquals(text, without);
        Outcome outcome = work.run(without.getBytes(StandardCharsets.UTF_8), IMPATIENCE);
        assertNotEquals(0, outcome.status(), outcome.text());
    }

    private static byte[] policy(String name) throws Exception {
        return TracedProgram.all().stream()
                .filter(program -> program.name().equals(name))
                .findFirst()
                .orElseThrow()
                .profile(List.of("--format", "lxc", "--no-new-privs"));
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
