package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeLayerTest {
    private static Set<String> calls(String spec, boolean noNewPrivileges) {
        return RuntimeLayer.of(spec, noNewPrivileges, false, false)
                .on(Arch.X86_64)
                .keySet();
    }

    private static Set<String> words(String words) {
        return ImmutableSet.copyOf(Splitter.on(' ').split(words));
    }

    @ParameterizedTest
    @CsvSource({
        "runc@1.1.5, close epoll_ctl execve fcntl fstatfs futex getdents64 getpid mmap openat rt_sigreturn write",
        "crun@1.8.1, close execve",
        "crun@1.28, close close_range execve",
        "bubblewrap, execve exit_group wait4 write",
        "systemd, capget capset execve prctl write",
        "systemd@252, execve write",
        "systemd@254.26-1~bpo12+1, execve write",
        "systemd@257.13-1~deb13u1, capget capset execve prctl write",
    })
    void withNoNewPrivilegesLittleIsLeftToDo(String spec, String expected) {
        assertEquals(words(expected), calls(spec, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"runc", "runc@1.1", "runc@1.3", "crun", "crun@1.8", "docker", "podman", "containerd", "cri-o"})
    void withoutNoNewPrivilegesTheUserIsChangedUnderTheFilter(String spec) {
        Set<String> with = calls(spec, true);
        Set<String> without = calls(spec, false);
        assertTrue(without.containsAll(with), () -> "only with: " + Sets.difference(with, without));
        assertTrue(without.containsAll(Set.of("capset", "prctl")), without::toString);
    }

    @Test
    void withoutAVersionItIsTheUnionOfAll() {
        assertEquals(Sets.union(calls("runc@1.1", true), calls("runc@1.3", true)), calls("runc", true));
        assertTrue(calls("runc@1.3.6", true).contains("openat2"));
        assertFalse(calls("runc@1.1.15+ds1-2", true).contains("openat2"));
        assertEquals(Sets.union(calls("runc", false), calls("crun", false)), calls("cri-o", false));
    }

    /** Patch releases count with their minor release, however late, and so do the minor releases in between. */
    @ParameterizedTest
    @CsvSource({
        "runc@1.1.14, runc@1.1",
        "runc@v1.1.99, runc@1.1",
        "runc@1.3.9+ds1-1, runc@1.2",
        "crun@1.8.7, crun@1.8",
        "crun@1.14.1, crun@1.28",
        "crun@1.28.2, crun@1.28",
    })
    void aVersionWithinTheMeasuredOnesIsKnown(String spec, String same) {
        assertEquals(calls(same, false), calls(spec, false));
        assertEquals(calls(same, true), calls(spec, true));
    }

    @Test
    void enginesAreTheRuntimesThatTheyUse() {
        assertEquals(calls("runc", false), calls("docker", false));
        assertEquals(calls("runc", false), calls("docker@28.0.1", false));
        assertEquals(calls("runc", false), calls("containerd", false));
        assertEquals(calls("crun", true), calls("podman", true));
        assertEquals(calls("crun", true), calls("cri-o@1.33", true));
        assertEquals(calls("crun", true), calls("crio@1.33", true));
        assertEquals(calls("runc", true), calls("crio@1.30", true));
        assertEquals(calls("runc", false), calls("docker@99", false));
        assertEquals(calls("bubblewrap", true), calls("bwrap", true));
    }

    @Test
    void nobodyCallsAnythingUnderTheFilterOfNoneOrGvisor() {
        assertEquals(Set.of(), calls("none", false));
        assertEquals(Set.of(), calls("gvisor", false));
        assertEquals(
                Set.of(), RuntimeLayer.of("runsc", false, false, true).reasons().keySet());
    }

    @Test
    void execAndInitAddTheirOwnCalls() {
        Set<String> run = calls("runc@1.3", false);
        Set<String> exec =
                RuntimeLayer.of("runc@1.3", false, false, true).on(Arch.X86_64).keySet();
        assertEquals(words("faccessat fsconfig fsmount fsopen open_tree uname"), Sets.difference(exec, run));
        Set<String> tini =
                RuntimeLayer.of("docker", true, true, false).on(Arch.X86_64).keySet();
        assertTrue(tini.containsAll(words("rt_sigtimedwait setpgid clone wait4")), tini::toString);
        assertFalse(tini.contains("signalfd4"), tini::toString);
        assertTrue(RuntimeLayer.of("podman", true, true, false).reasons().containsKey("signalfd4"));
    }

    @Test
    void aReasonNamesWhoMakesTheCallAndWhatFor() {
        Layer layer = RuntimeLayer.of("runc", false, true, true);
        assertEquals(RuntimeLayer.NAME, layer.name());
        assertEquals(
                "needed by runc 1.1, 1.2 and runc exec 1.1, 1.2 before execve:"
                        + " drops the capabilities that the program shall not have",
                layer.reasons().get("capset"));
        assertEquals(
                "needed by runc 1.1 before execve: opens the fifo of start, and /proc/self/fd",
                RuntimeLayer.of("runc@1.1", true, false, false).reasons().get("openat"));
        assertEquals(
                "seen, not always needed, by runc 1.1 before execve:"
                        + " Go registers each file that it opens with its poller",
                RuntimeLayer.of("runc@1.1", true, false, false).reasons().get("epoll_ctl"));
        assertEquals(
                "needed by tini 0.19 as the container's init: waits for signals",
                RuntimeLayer.of("docker", true, true, false).reasons().get("rt_sigtimedwait"));
    }

    @ParameterizedTest
    @CsvSource({
        "docker, false, false, runc makes these before execve",
        "cri-o, true, false, 'runc and crun make these before execve, with no-new-privileges'",
        "podman, false, true, crun and catatonit make these before execve",
    })
    void thePurposeNamesThePrograms(String spec, boolean noNewPrivileges, boolean init, String purpose) {
        assertEquals(
                purpose, RuntimeLayer.of(spec, noNewPrivileges, init, false).purpose());
    }

    @Test
    void otherAbisHaveTheirOwnNames() {
        Layer layer = RuntimeLayer.of("runc", false, false, false);
        assertTrue(layer.on(Arch.ARM).keySet().containsAll(words("fstatat64 setuid32 fcntl64 futex_time64 mmap2")));
        assertFalse(layer.on(Arch.ARM).containsKey("newfstatat"));
        assertTrue(layer.on(Arch.AARCH64).keySet().containsAll(words("newfstatat setuid fcntl epoll_ctl")));
        assertFalse(layer.on(Arch.X86_64).containsKey("fstatat64"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dcoker | unknown runtime 'dcoker'; did you mean 'docker'?; known are: docker podman containerd cri-o"
                        + " runc crun bubblewrap systemd lxc firejail setpriv setpriv-user gvisor none",
                "runk | unknown runtime 'runk'; did you mean 'runc'?; known are: docker podman containerd cri-o"
                        + " runc crun bubblewrap systemd lxc firejail setpriv setpriv-user gvisor none",
                "kata-runtime | unknown runtime 'kata-runtime'; known are: docker podman containerd cri-o"
                        + " runc crun bubblewrap systemd lxc firejail setpriv setpriv-user gvisor none",
                "runc@ | '' is not a version; write it as in 1.1.5; known are runc 1.1 to 1.3, the nearest is"
                        + " --runtime runc@1.3",
                "docker@new | 'new' is not a version; write it as in 1.1.5; known are runc 1.1 to 1.3, the nearest is"
                        + " --runtime runc@1.3",
                "gvisor@new | 'new' is not a version; write it as in 1.1.5",
                "dcoker@new | unknown runtime 'dcoker'; did you mean 'docker'?; known are: docker podman containerd cri-o"
                        + " runc crun bubblewrap systemd lxc firejail setpriv setpriv-user gvisor none",
                "runc@1.0 | runc 1.0 is older than any that was measured; known are runc 1.1 to 1.3, the nearest is"
                        + " --runtime runc@1.1. Without '@1.0' the calls of all of them are allowed",
                "runc@9 | runc 9 is newer than any that was measured; known are runc 1.1 to 1.3, the nearest is"
                        + " --runtime runc@1.3. Without '@9' the calls of all of them are allowed",
                "runc@1.4.0-rc.1 | runc 1.4.0 is newer than any that was measured; known are runc 1.1 to 1.3, the nearest is"
                        + " --runtime runc@1.3. Without '@1.4.0' the calls of all of them are allowed",
                "none@1 | 'none' has no version",
                "setpriv@2.38 | setpriv 2.38 is older than any that was measured; known are setpriv 2.41 to 2.42, the nearest is"
                        + " --runtime setpriv@2.41. Without '@2.38' the calls of all of them are allowed",
                "crun@1 | crun 1 is older than any that was measured; known are crun 1.8 to 1.28, the nearest is"
                        + " --runtime crun@1.8. Without '@1' the calls of all of them are allowed",
            })
    void whatIsUnknownIsSaidWithTheRemedy(String spec, String message) {
        Exception e = assertThrows(RefusalException.class, () -> RuntimeLayer.of(spec, false, false, false));
        assertEquals(message, e.getMessage());
    }

    @Test
    void initAndExecAreForContainers() {
        assertEquals(
                "'systemd' has no --init; leave it out, or name another --runtime",
                assertThrows(RefusalException.class, () -> RuntimeLayer.of("systemd", false, true, false))
                        .getMessage());
        assertThrows(RefusalException.class, () -> RuntimeLayer.of("none", false, false, true));
    }

    /** Under its filter setpriv sets capabilities, and changes user only if it is told to; it always sets no_new_privs. */
    @Test
    void setprivNeedsTheMoreTheMoreItIsTold() {
        Set<String> loads = calls("setpriv", true);
        assertEquals(words("capget capset close execve fstat gettid lseek openat prctl read"), loads);
        assertEquals(
                words("fstatfs getresgid getresuid landlock_add_rule landlock_create_ruleset landlock_restrict_self"
                        + " newfstatat setgroups setresgid setresuid"),
                Sets.difference(calls("setpriv-user@2.41.5", true), loads));
        assertEquals(loads, calls("setpriv@2.42", false));
    }
}
