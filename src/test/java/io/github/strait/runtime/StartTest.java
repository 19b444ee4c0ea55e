package io.github.strait.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.runtime.RuntimeCall.Need;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartTest {
    private static Start start(String runtime, boolean init, boolean exec) {
        return new Start(runtime, false, init, exec, ImmutableSortedSet.of(), Start.NEWEST_KERNEL);
    }

    /** Each version that has rows of its own, with each init that the engine may use. */
    @ParameterizedTest
    @CsvSource({
        "docker, false, runc 1.1|runc 1.2",
        "runc@1.3.6, false, runc 1.2",
        "podman, true, crun 1.8 with catatonit|crun 1.9 with catatonit",
        "cri-o@1.30, true, runc 1.1 with tini|runc 1.1 with catatonit|runc 1.2 with tini|runc 1.2 with catatonit",
        "bubblewrap, false, bubblewrap",
        "gvisor, false, ",
        "none, false, ",
    })
    void launchesAreTheWaysThatAreMeant(String runtime, boolean init, String labels) {
        List<String> found = start(runtime, init, false).calls().launches().stream()
                .map(Launch::label)
                .toList();
        assertEquals(labels == null ? "" : labels, String.join("|", found));
    }

    @Test
    void theDefaultIsDockersOwn() {
        assertEquals("docker", Start.DEFAULT.name());
        assertTrue(Start.DEFAULT.readsScopes() && Start.DEFAULT.isInTwoSteps());
        assertTrue(Start.DEFAULT.capabilities().contains("CAP_CHOWN"));
        assertFalse(Start.DEFAULT.withNoNewPrivileges(true).equals(Start.DEFAULT));
        assertEquals("crun", start("crun@1.8.1", false, false).name());
        assertFalse(start("crun@1.8.1", false, false).isInTwoSteps());
        assertFalse(start("containerd", false, false).readsScopes(), "it ignores includes");
    }

    @Test
    void whatIsNotKnownIsRefused() {
        assertThrows(RefusalException.class, () -> start("dcoker", false, false));
        assertThrows(RefusalException.class, () -> start("systemd", true, false));
        assertThrows(RefusalException.class, () -> start("runc@9", false, false));
    }

    /** Every launch needs something for certain, and execve above all. */
    @Test
    void everyLaunchExecutesTheProgram() {
        for (String runtime : List.of("docker", "podman", "runc", "crun", "bubblewrap", "systemd")) {
            for (Launch launch : start(runtime, false, false).calls().launches()) {
                assertTrue(
                        launch.calls().stream()
                                .anyMatch(call -> call.syscall().equals("execve") && call.need() == Need.MUST),
                        launch::label);
            }
        }
    }
}
