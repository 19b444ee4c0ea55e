package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.format.systemd.SystemdFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Libseccomp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Drop-ins under systemd itself, as process 1: this machine's and, where {@code -Dstrait.systemd=FOLDER} names one, that of
 * another release unpacked into a folder.
 */
@RequiresWorkloads
@RequiresTool({"zstd", "systemctl", "systemd-analyze"})
class SystemdIT {
    private static final int PATIENCE = 50;
    private static final int KILLED = 255;
    private static final int NOT_EXECUTED = 203;

    /** A program that writes nothing but what the kernel lets it. */
    private static final String[] OF_THE_PROBE = {"execve", "exit_group", "write"};

    private static Stream<Systemd> all() {
        String other = System.getProperty("strait.systemd", "");
        return other.isEmpty() ? Stream.of(Systemd.HERE) : Stream.of(Systemd.HERE, new Systemd(Path.of(other)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theProbePrintsTheSame(Systemd systemd) throws Exception {
        byte[] dropIn = SystemdFormat.SYSTEMD.write(Probe.byNames());
        for (String type : List.of("simple", "exec", "oneshot")) {
            // the unit's own filter, which a drop-in that only adds to it would keep
            Outcome outcome = systemd.run(
                    Probe.NAMES.program(), dropIn, "Type=" + type, "SystemCallFilter=@system-service getppid");
            assertEquals(0, outcome.status(), type + outcome);
            Probe.NAMES.assertPrinted(outcome.text());
        }
    }

    /** What the layer of the runtime allows is all that systemd needs, whatever the service. */
    @ParameterizedTest
    @MethodSource("all")
    void theLayerLetsServicesStart(Systemd systemd) throws Exception {
        List<String> layer = new ArrayList<>(
                RuntimeLayer.of("systemd", true, false, false).on(Arch.X86_64).keySet());
        String more = "User=nobody\nPrivateDevices=yes\nCapabilityBoundingSet=CAP_CHOWN\n";
        for (String lines : List.of("Type=simple", "Type=exec", more + "Type=simple", more + "Type=exec")) {
            Outcome outcome = systemd.run(Probe.NAMES.program(), allowing(layer), lines);
            assertEquals(0, outcome.status(), lines + outcome);
            assertTrue(outcome.text().startsWith("getpid EPERM\ngetppid EPERM\n"), outcome.text());
        }
        layer.remove("execve");
        assertEquals(
                NOT_EXECUTED,
                systemd.run(Probe.NAMES.program(), allowing(layer)).status());
    }

    private static byte[] allowing(List<String> names) {
        return SystemdFormat.SYSTEMD.write(Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.allow(names.toArray(String[]::new)))
                .rule(Rule.allow("exit_group"))
                .build());
    }

    /** Whatever the default, and whatever the other calls get. */
    enum Form {
        ERRNO(Action.ERRNO, 13),
        ENOSYS(Action.ERRNO, 38),
        LOG(Action.LOG, 0),
        ALLOW(Action.ALLOW, 0);

        private final Profile.Builder profile;

        Form(Action action, int errno) {
            profile = Profile.builder(action).architectures(Arch.X86_64);
            if (errno > 0) {
                profile.defaultErrnoRet(errno);
            }
            profile.rule(Rule.allow(OF_THE_PROBE))
                    .rule(Rule.errno(38, "getpid", "uname"))
                    .rule(Rule.errno(1, "getppid"))
                    .rule(Rule.errno(9, "unshare"))
                    .rule(Rule.builder(Action.LOG).name("socket").build());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFormIsExact(Form form) throws Exception {
        Profile profile = form.profile.build();
        for (Systemd systemd : all().toList()) {
            Outcome free = systemd.run(Probe.NAMES.program(), new byte[0]);
            Outcome outcome = systemd.run(Probe.NAMES.program(), SystemdFormat.SYSTEMD.write(profile));
            List<String> expected = new ArrayList<>();
            free.text().lines().forEach(line -> {
                String call = line.replaceFirst("[ (].*", "");
                expected.add(denied(profile, call)
                        .map(errno -> line.substring(0, line.indexOf(' ') + 1) + errno)
                        .findFirst()
                        .orElse(line));
            });
            assertEquals(expected, outcome.text().lines().toList());
            assertEquals(12, expected.size());
        }
    }

    /** The error as the probe prints it; none when the call runs. */
    private static Stream<String> denied(Profile profile, String call) {
        return profile.rules().stream()
                .filter(rule -> rule.names().contains(call))
                .map(Rule::decision)
                .map(decision -> decision.action().permits() ? -1 : decision.errno())
                .findFirst()
                .or(() -> Optional.of(
                        profile.defaultAction().permits()
                                ? -1
                                : profile.defaultDecision().errno()))
                .filter(errno -> errno > 0)
                .map(errno -> ImmutableMap.of(1, "EPERM", 9, "EBADF", 13, "EACCES", 38, "ENOSYS")
                        .getOrDefault(errno, "-" + errno))
                .stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsNotAllowedKills(Systemd systemd) throws Exception {
        Profile.Builder profile = Profile.builder(Action.KILL_PROCESS)
                .architectures(Arch.X86_64)
                .rule(Rule.allow(OF_THE_PROBE))
                .rule(Rule.allow("getpid", "getppid", "socket", "unshare", "lseek", "getuid"))
                .rule(Rule.errno(38, "clone3"));
        Outcome killed = systemd.run(Probe.NAMES.program(), SystemdFormat.SYSTEMD.write(profile.build()));
        assertEquals(KILLED, killed.status(), killed.text());
        assertEquals("", killed.text());
        profile.rule(Rule.errno(38, "uname"));
        Outcome outcome = systemd.run(Probe.NAMES.program(), SystemdFormat.SYSTEMD.write(profile.build()));
        assertEquals(0, outcome.status(), outcome.text());
        assertTrue(outcome.text().contains("uname ENOSYS\nclone3 ENOSYS\n"), outcome.text());
    }

    /** As the profile decides, and narrower than libseccomp in a container: what allows socket does not allow socketcall. */
    @ParameterizedTest
    @MethodSource("all")
    void otherAbisAreFilteredByTheSameNames(Systemd systemd) throws Exception {
        Profile both = Probe.byNames().toBuilder()
                .architectures(Arch.X86)
                .rule(Rule.allow("socket"))
                .build();
        Outcome outcome = systemd.run(Probe.ARGS_32.program(), SystemdFormat.SYSTEMD.write(both));
        assertEquals("""
                getpid ok
                getppid EPERM
                uname ENOSYS
                socket(1) ok
                socket(2) ok
                socketcall(socket(1)) EPERM
                """, outcome.text());
        Outcome other = systemd.run(Probe.ARGS_32.program(), SystemdFormat.SYSTEMD.write(Probe.byNames()));
        assertNotEquals(0, other.status(), other.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "redis", "git"})
    void programsDoTheirWork(String name) throws Exception {
        byte[] dropIn = dropIn(name);
        Outcome outcome = Again.untilItWorks(() -> Systemd.work(name, dropIn, PATIENCE));
        assertEquals(0, outcome.status(), outcome.text());
    }

    /** The evidence of both proves every directive. */
    @ParameterizedTest
    @ValueSource(strings = {"nginx", "redis"})
    void hardenedProgramsDoTheirWork(String name) throws Exception {
        byte[] dropIn = dropIn(name, "--hardening");
        String text = new String(dropIn, StandardCharsets.UTF_8);
        for (String directive : List.of(
                "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
                "RestrictNamespaces=yes",
                "MemoryDenyWriteExecute=yes",
                "LockPersonality=yes")) {
            assertTrue(text.contains("\n" + directive + "\n"), text);
        }
        Outcome outcome = Again.untilItWorks(() -> Systemd.work(name, dropIn, PATIENCE));
        assertEquals(0, outcome.status(), outcome.text());
    }

    /** Else the tests before would show nothing. */
    @Test
    void withoutACallThatItNeedsAProgramFails() throws Exception {
        String text = new String(dropIn("git"), StandardCharsets.UTF_8);
        String without = text.replaceAll("\\brename\\b ?", "");
        assertNotEquals(text, without);
        Outcome outcome = Systemd.work("git", Systemd.lines(without), PATIENCE);
        assertNotEquals(0, outcome.status(), outcome.text());
    }

    @Test
    void withoutAFamilyThatItNeedsAProgramFails() throws Exception {
        String text = new String(dropIn("redis", "--hardening"), StandardCharsets.UTF_8);
        String without = text.replace("AF_INET AF_INET6 ", "");
        assertNotEquals(text, without);
        Outcome outcome = Systemd.work("redis", Systemd.lines(without), 5);
        assertNotEquals(0, outcome.status(), outcome.text());
    }

    private static byte[] dropIn(String name, String... options) throws Exception {
        TracedProgram program = TracedProgram.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        List<String> words = new ArrayList<>(List.of("--format", "systemd"));
        words.addAll(List.of(options));
        return program.profile(words);
    }

    /** Names that a libseccomp does not know are warned of; they return ENOSYS all the same. */
    @Test
    void systemdFindsNoFault() throws Exception {
        for (Form form : Form.values()) {
            Outcome outcome = Systemd.verified(SystemdFormat.SYSTEMD.write(form.profile.build()));
            assertEquals(new Outcome(0, ""), outcome, form::name);
        }
        Outcome outcome = Systemd.verified(dropIn("git"));
        outcome.text().lines().forEach(line -> {
            String name =
                    line.replaceFirst(".*ignoring: ", "").replaceFirst(".*System call (\\w+) is not known.*", "$1");
            assertTrue(line.contains("ignoring") && !Libseccomp.oldest().knows(name), line);
        });
        assertNotEquals(
                0,
                Systemd.verified(Systemd.lines("[Service]", "SystemCallFilter=redd"))
                        .status());
    }
}
