package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.runtime.Start;
import io.github.strait.start.Obstacle;
import io.github.strait.start.Startability;
import io.github.strait.syscall.Arch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a start is what happens: each call of the runtime taken out of a profile, and some of them at random. */
@RequiresTool(
        value = {"runc", "crun", "busybox", "unshare"},
        asRoot = true)
class StartVerdictIT {
    private static final Arch HERE = Arch.parse(System.getProperty("os.arch"));
    private static final int RANDOM = 12;
    private static final ImmutableSet<Obstacle.Kind> BLOCKING = ImmutableSet.of(
            Obstacle.Kind.NO_PROGRAM, Obstacle.Kind.NO_RUNTIME, Obstacle.Kind.ONLY_WITH_NO_NEW_PRIVILEGES);

    /** What busybox calls to print a word. */
    private static final ImmutableSet<String> PROGRAM = ImmutableSet.of(
            "arch_prctl",
            "brk",
            "execve",
            "exit_group",
            "getrandom",
            "getuid",
            "mprotect",
            "prctl",
            "prlimit64",
            "readlink",
            "rseq",
            "set_robust_list",
            "set_tid_address",
            "write",
            "fstat",
            "newfstatat",
            "ioctl");

    @TempDir
    static Path folder;

    private static RootFileSystem root = new RootFileSystem(Path.of(""));

    @BeforeAll
    static void prepare() throws Exception {
        root = RootFileSystem.create(folder.resolve("root"));
    }

    @ParameterizedTest
    @CsvSource({"RUNC, false", "RUNC, true", "CRUN, false", "CRUN, true"})
    void whatIsSaidHappens(OciRuntime runtime, boolean noNewPrivileges) throws Exception {
        Start start = new Start(
                runtime.spec(), noNewPrivileges, false, false, Start.DEFAULT.capabilities(), Start.DEFAULT.kernel());
        Set<String> all = new TreeSet<>(start.calls().reasons().keySet());
        all.addAll(PROGRAM);
        Random random = new Random(11);
        List<Set<String>> removals = new ArrayList<>();
        removals.add(Set.of());
        Set<String> own = Sets.difference(start.calls().reasons().keySet(), PROGRAM);
        own.forEach(call -> removals.add(Set.of(call)));
        removals.add(Set.of("arch_prctl"));
        for (int i = 0; i < RANDOM; i++) {
            List<String> shuffled = new ArrayList<>(own);
            Collections.shuffle(shuffled, random);
            removals.add(Set.copyOf(shuffled.subList(0, Math.min(shuffled.size(), 1 + random.nextInt(3)))));
        }
        int blocked = 0;
        for (Set<String> removed : removals) {
            Set<String> allowed = new TreeSet<>(all);
            allowed.removeAll(removed);
            blocked += check(runtime, start, allowed, removed) ? 1 : 0;
        }
        assertTrue(blocked > 0, "nothing is in the way of anything");
    }

    /** Whether it was said not to start, and did not. */
    private static boolean check(OciRuntime runtime, Start start, Set<String> allowed, Set<String> removed)
            throws Exception {
        Profile profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(1)
                .architectures(HERE)
                .rule(Rule.builder(Action.ALLOW).names(allowed).build())
                .build();
        List<Obstacle.Kind> kinds = Startability.of(profile, List.of(HERE), start).stream()
                .map(Obstacle::kind)
                .toList();
        if (kinds.contains(Obstacle.Kind.AT_TIMES)) {
            return false;
        }
        boolean isBlocked = kinds.stream().anyMatch(BLOCKING::contains);
        Container container = new Container(
                root.folder(),
                OciFormat.OCI.write(profile),
                start.noNewPrivileges(),
                ImmutableList.of("/bin/busybox", "echo", "started"));
        Outcome outcome = isBlocked ? container.run(runtime) : Again.untilItWorks(() -> container.run(runtime));
        assertEquals(
                !isBlocked,
                outcome.text().contains("started"),
                () -> runtime + " without " + removed + ": " + kinds + " but " + outcome);
        return isBlocked;
    }
}
