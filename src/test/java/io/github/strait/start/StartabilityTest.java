package io.github.strait.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.runtime.Start;
import io.github.strait.start.Obstacle.Kind;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartabilityTest {
    private static final List<Arch> HERE = List.of(Arch.X86_64);
    private static final ImmutableSet<String> PROGRAM = ImmutableSet.copyOf(Splitter.on(' ')
            .split(
                    "access arch_prctl brk close execve exit exit_group mmap mprotect munmap newfstatat openat pread64 read"
                            + " rt_sigreturn set_tid_address write"));

    private static Start start(String runtime, boolean noNewPrivileges) {
        return new Start(runtime, noNewPrivileges, false, false, Start.DEFAULT.capabilities(), Start.DEFAULT.kernel());
    }

    private static Set<String> calls(String runtime, boolean noNewPrivileges) {
        Set<String> calls = new TreeSet<>(PROGRAM);
        calls.addAll(start(runtime, noNewPrivileges).calls().reasons().keySet());
        return calls;
    }

    private static Profile allowing(Set<String> calls) {
        return Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.builder(Action.ALLOW).names(calls).build())
                .build();
    }

    private static List<Kind> kinds(Profile profile, Start start) {
        return Startability.of(profile, HERE, start).stream()
                .map(Obstacle::kind)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"docker", "podman", "containerd", "cri-o", "runc", "runc@1.1", "crun", "bubblewrap", "gvisor"})
    void whatTheLayerAllowsStarts(String runtime) {
        assertEquals(List.of(), kinds(allowing(calls(runtime, false)), start(runtime, false)));
        assertEquals(List.of(), kinds(allowing(calls(runtime, true)), start(runtime, true)));
    }

    @ParameterizedTest
    @CsvSource({
        "none, docker, false, NO_RUNTIME",
        "none, docker, true, NO_RUNTIME",
        "none, crun, true, ",
        "none, crun, false, ONLY_WITH_NO_NEW_PRIVILEGES",
        "none, none, false, ",
        "crun, docker, true, NO_RUNTIME",
        "crun, podman, true, ",
        "runc@1.1, runc@1.3, true, NO_RUNTIME",
        "runc@1.1, runc@1.1, true, ",
        "runc@1.1, runc, true, SOME_VERSIONS",
        "docker, gvisor, false, ",
    })
    void whatWasMadeForOneRuntimeAndIsStartedByAnother(String made, String used, boolean nnp, Kind kind) {
        Set<String> calls = calls(made, nnp);
        calls.add("memfd_secret"); // above openat2, which runc would answer with ENOSYS else
        assertEquals(kind == null ? List.of() : List.of(kind), kinds(allowing(calls), start(used, nnp)));
    }

    @Test
    void whatIsMadeForNoNewPrivilegesNeedsIt() {
        Profile profile = allowing(calls("docker", true));
        assertEquals(List.of(Kind.ONLY_WITH_NO_NEW_PRIVILEGES), kinds(profile, Start.DEFAULT));
        assertEquals(List.of(), kinds(profile, Start.DEFAULT.withNoNewPrivileges(true)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"ALLOW", "LOG"})
    void whatLetsTheRestPassStarts(Action byDefault) {
        Profile profile = Profile.builder(byDefault)
                .architectures(Arch.X86_64)
                .rule(Rule.errno(1, "mkdir", "mount"))
                .build();
        assertEquals(List.of(), kinds(profile, Start.DEFAULT));
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"KILL_PROCESS", "KILL_THREAD", "TRAP", "TRACE", "ERRNO"})
    void whateverRefusesTheRest(Action byDefault) {
        Profile.Builder profile = Profile.builder(byDefault).architectures(Arch.X86_64);
        assertEquals(
                List.of(Kind.NO_RUNTIME),
                kinds(
                        profile.rule(Rule.builder(Action.ALLOW).names(PROGRAM).build())
                                .build(),
                        Start.DEFAULT));
        profile.rule(Rule.builder(Action.ALLOW).names(calls("docker", false)).build());
        assertEquals(List.of(), kinds(profile.build(), Start.DEFAULT));
    }

    /** A condition may let the runtime's own arguments pass; an error of 0 is none; a later rule does not count. */
    @Test
    void whatIsNotCertainIsNoObstacle() {
        Rule masked = Rule.builder(Action.ERRNO)
                .name("prctl")
                .errnoRet(2)
                .condition(new Condition(0, Operator.EQ, 8, 0))
                .build();
        Profile conditional =
                allowing(calls("docker", false)).toBuilder().rule(masked).build();
        assertEquals(List.of(), kinds(conditional, Start.DEFAULT));
        Set<String> without = calls("docker", false);
        without.remove("chdir");
        Profile faked = allowing(without).toBuilder()
                .rule(Rule.errno(0, "chdir"))
                .rule(Rule.errno(13, "chdir"))
                .build();
        assertEquals(List.of(), kinds(faked, Start.DEFAULT));
        without.remove("openat2");
        without.remove("statx");
        Profile fallback = allowing(without).toBuilder()
                .rule(Rule.errno(38, "openat2", "statx", "chdir"))
                .build();
        assertEquals(List.of(Kind.ONLY_WITH_NO_NEW_PRIVILEGES), kinds(fallback, Start.DEFAULT));
        assertEquals(
                Set.of("chdir", "openat2", "statx"),
                Startability.of(fallback, HERE, Start.DEFAULT).get(0).calls());
    }

    private static Rule prctl(long... options) {
        return Rule.builder(Action.ALLOW)
                .name("prctl")
                .conditions(Arrays.stream(options)
                        .mapToObj(option -> Condition.maskedEqual(0, 0xffffffffL, option))
                        .toList())
                .build();
    }

    private static Profile withPrctl(String runtime, Rule... rules) {
        Set<String> without = calls(runtime, false);
        without.remove("prctl");
        Profile.Builder profile = allowing(without).toBuilder();
        for (Rule rule : rules) {
            profile.rule(rule);
        }
        return profile.build();
    }

    /** Of PR_CAPBSET_DROP 24, PR_SET_KEEPCAPS 8 and PR_CAP_AMBIENT 47 containers start without the last one. */
    @ParameterizedTest
    @ValueSource(strings = {"docker", "podman", "runc@1.1.5", "crun@1.8.1"})
    void whatTheRuntimeNeedsAndAConditionRefusesIsNamed(String runtime) {
        Start start = start(runtime, false);
        assertEquals(List.of(), kinds(withPrctl(runtime, prctl(24), prctl(8)), start));
        assertEquals(List.of(), kinds(withPrctl(runtime, prctl(24, 8)), start), "a split rule is two");
        Profile refusing = withPrctl(runtime, prctl(8), prctl(15));
        assertEquals(List.of(), kinds(refusing, start.withNoNewPrivileges(true)));
        List<Obstacle> found = Startability.of(refusing, HERE, start);
        assertEquals(List.of(Kind.ONLY_WITH_NO_NEW_PRIVILEGES), kinds(refusing, start));
        assertEquals(Set.of("prctl"), found.get(0).calls());
        String what = found.get(0).what();
        assertTrue(what.contains("itself makes calls that are denied: prctl(PR_CAPBSET_DROP);"), what);
        List<Obstacle> both = Startability.of(withPrctl(runtime, prctl(15)), HERE, start);
        assertTrue(both.get(0).what().contains(": prctl(PR_CAPBSET_DROP) prctl(PR_SET_KEEPCAPS);"), both::toString);
    }

    /** Conditions on registers that are not known may let the call pass; what refuses it whatever they hold does not. */
    @Test
    void aConditionOnAnotherRegisterMayHold() {
        Condition second = Condition.of(1, Operator.EQ, 5);
        Rule drop = prctl(24);
        Rule perhaps = Rule.builder(Action.ALLOW)
                .name("prctl")
                .conditions(drop.conditions())
                .condition(second)
                .build();
        assertEquals(List.of(), kinds(withPrctl("runc", perhaps, prctl(8)), start("runc", false)));
        Rule never = Rule.builder(Action.ALLOW)
                .name("prctl")
                .conditions(prctl(15).conditions())
                .condition(second)
                .build();
        assertEquals(
                List.of(Kind.ONLY_WITH_NO_NEW_PRIVILEGES),
                kinds(withPrctl("runc", never, prctl(8)), start("runc", false)));
        Profile open = Profile.builder(Action.ALLOW)
                .architectures(Arch.X86_64)
                .rule(Rule.builder(Action.ERRNO)
                        .name("prctl")
                        .conditions(drop.conditions())
                        .build())
                .build();
        assertEquals(List.of(Kind.ONLY_WITH_NO_NEW_PRIVILEGES), kinds(open, start("crun", false)));
    }

    @Test
    void anInitNeedsItsOwnValues() {
        Start init = new Start("docker", true, true, false, Start.DEFAULT.capabilities(), Start.DEFAULT.kernel());
        Set<String> calls = new TreeSet<>(PROGRAM);
        calls.addAll(init.calls().reasons().keySet());
        assertEquals(List.of(), kinds(allowing(calls), init));
        calls.remove("ioctl");
        Profile terminal = allowing(calls).toBuilder()
                .rule(Rule.builder(Action.ALLOW)
                        .name("ioctl")
                        .condition(Condition.maskedEqual(1, 0xffffffffL, 0x5401))
                        .build())
                .build();
        List<Obstacle> found = Startability.of(terminal, HERE, init);
        assertTrue(found.get(0).what().contains(": ioctl(TIOCSPGRP);"), found::toString);
    }

    /** Rules for a capability count where the engine reads them and the container has it. */
    @Test
    void scopesCountForTheStart() {
        Set<String> without = calls("docker", false);
        without.remove("setuid");
        Scope admin = new Scope(
                new Scope.Clause(ImmutableSortedSet.of(), ImmutableSortedSet.of("CAP_SYS_ADMIN"), Optional.empty()),
                Scope.Clause.NONE);
        Profile scoped = allowing(without).toBuilder()
                .rule(Rule.builder(Action.ALLOW).name("setuid").scope(admin).build())
                .build();
        assertEquals(List.of(Kind.ONLY_WITH_NO_NEW_PRIVILEGES), kinds(scoped, Start.DEFAULT));
        assertEquals(List.of(), kinds(scoped, start("runc", false)));
    }

    @ParameterizedTest
    @CsvSource({
        "arch_prctl, NO_PROGRAM",
        "execve, NO_PROGRAM",
        "futex, AT_TIMES",
        "mprotect, NO_LOADER_PERHAPS",
        "pread64, NO_LOADER",
        "brk, ",
        "set_tid_address, ",
        "epoll_ctl, ",
    })
    void oneCallTakenOut(String call, Kind kind) {
        Set<String> without = calls("docker", true);
        without.remove(call);
        assertEquals(kind == null ? List.of() : List.of(kind), kinds(allowing(without), start("docker", true)));
    }

    /** A program without a loader is no fault: its profile has neither the loader's calls nor what goes with them. */
    @Test
    void theProfileOfAStaticProgramGetsNoWarning() {
        Set<String> calls = calls("docker", true);
        calls.removeAll(Set.of("pread64", "access", "munmap"));
        assertEquals(List.of(Kind.NO_LOADER_PERHAPS), kinds(allowing(calls), start("docker", true)));
    }

    @Test
    void namesOfX86DoNothingOnArm() {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.AARCH64)
                .rule(Rule.allow("execve", "exit_group", "open", "stat", "mkdir", "unlink", "poll", "read", "close"))
                .build();
        List<Obstacle> obstacles = Startability.of(profile, List.of(Arch.AARCH64), start("none", false));
        assertEquals(
                List.of(Kind.NO_LOADER_PERHAPS),
                obstacles.stream().map(Obstacle::kind).toList());
        assertTrue(obstacles.get(0).calls().contains("openat"), obstacles::toString);
        assertEquals(
                Kind.NO_RUNTIME,
                Startability.of(profile, List.of(Arch.AARCH64), Start.DEFAULT)
                        .get(0)
                        .kind());
    }

    @Test
    void execNeedsItsOwnCalls() {
        Start exec = new Start("docker", false, false, true, Start.DEFAULT.capabilities(), Start.DEFAULT.kernel());
        assertEquals(List.of(), kinds(allowing(calls("docker", false)), exec));
        Start podman = new Start("podman", true, false, true, Start.DEFAULT.capabilities(), Start.DEFAULT.kernel());
        assertEquals(List.of(), kinds(allowing(calls("podman", true)), podman));
    }

    @Test
    void generatedProfilesStart() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("generated"))) {
            for (Path file : files.filter(path -> path.toString().endsWith("profile.json"))
                    .toList()) {
                Profile profile = OciFormat.OCI
                        .read(file.toString(), Files.readAllBytes(file))
                        .profile();
                List<Kind> found = kinds(profile, Start.DEFAULT);
                assertEquals(
                        List.of(),
                        found.stream().filter(kind -> kind != Kind.NO_LOADER).toList(),
                        file::toString);
            }
        }
    }
}
