package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.bpf.Emulator;
import io.github.strait.bpf.FilterCompiler;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A denied call has the errno that the reference says, whatever the runtime. Without an explicit rule, numbers above the
 * highest that the profile names are ENOSYS under runc, and the default under crun.
 */
@RequiresTool(
        value = {"runc", "crun", "gcc", "busybox", "unshare"},
        asRoot = true)
class ContainerErrnoIT {
    private static final Arch HERE = Arch.parse(System.getProperty("os.arch"));
    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int ENOSYS = 38;

    /** Calls that programs probe for, ready to hear that the kernel has none such. */
    private static final ImmutableSortedSet<String> PROBED = ImmutableSortedSet.of(
            "clone3", "close_range", "faccessat2", "fchmodat2", "futex_waitv", "openat2", "renameat2", "statx");

    private static final ImmutableSortedSet<String> PRIVILEGED = ImmutableSortedSet.of("mount", "ptrace");

    /** What a static program of glibc calls to start, print and end. */
    private static final ImmutableSortedSet<String> PROGRAM = ImmutableSortedSet.of(
            "arch_prctl",
            "brk",
            "exit_group",
            "fstat",
            "getrandom",
            "mprotect",
            "newfstatat",
            "prlimit64",
            "readlink",
            "readlinkat",
            "rseq",
            "set_robust_list",
            "set_tid_address",
            "write");

    @TempDir
    static Path folder;

    @Test
    void bothRuntimesGiveTheErrnosOfTheProfile() throws Exception {
        RootFileSystem root = RootFileSystem.create(folder.resolve("root"));
        String program = root.compile("errnos.c");
        TreeSet<String> allowed = new TreeSet<>(PROGRAM);
        for (OciRuntime runtime : OciRuntime.values()) {
            allowed.addAll(
                    RuntimeLayer.of(runtime.spec(), true, false, false).on(HERE).keySet());
        }
        Profile profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(EPERM)
                .architectures(HERE)
                .rule(Rule.builder(Action.ALLOW).names(allowed).build())
                .rule(Rule.builder(Action.ERRNO)
                        .errnoRet(ENOSYS)
                        .names(Sets.difference(PROBED, allowed))
                        .build())
                // the probe's arguments are all -1
                .rule(Rule.builder(Action.ERRNO)
                        .errnoRet(EACCES)
                        .name("mount")
                        .condition(Condition.of(4, Operator.EQ, -1))
                        .build())
                .rule(Rule.builder(Action.ERRNO)
                        .errnoRet(EACCES)
                        .name("ptrace")
                        .condition(Condition.maskedEqual(3, 0xff, 1))
                        .build())
                .build();
        Container container =
                new Container(root.folder(), OciFormat.OCI.write(profile), true, ImmutableList.of(program));
        TreeMap<String, Integer> expected = new TreeMap<>();
        Sets.union(PROBED, PRIVILEGED).forEach(call -> expected.put(call, decided(profile, call)));
        assertEquals(Set.of(ENOSYS, EPERM, EACCES), Set.copyOf(expected.values()));
        // What the runtime itself needs is allowed, and the kernel answers.
        expected.keySet().removeAll(allowed);

        TreeMap<String, Integer> runc =
                Again.untilItWorks(() -> container.run(OciRuntime.RUNC)).errnos();
        TreeMap<String, Integer> crun =
                Again.untilItWorks(() -> container.run(OciRuntime.CRUN)).errnos();
        assertEquals(runc, crun);
        runc.keySet().removeAll(allowed);
        assertEquals(expected, runc);
    }

    /** By the reference and by the filter that strait compiles. */
    private static int decided(Profile profile, String call) {
        int number = SyscallTable.of(HERE).number(call).orElseThrow();
        SeccompData data = SeccompData.of(HERE, number, -1, -1, -1, -1, -1, -1);
        Decision decision = profile.decide(data);
        assertEquals(
                decision, Emulator.run(FilterCompiler.compile(profile), data).decision());
        return decision.errno();
    }
}
