package io.github.strait.format.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.DocumentText;
import io.github.strait.format.Reading;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.SystemdGroups;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What units say, by the grammar of systemd 252. That the rest of its meaning is right too, a live test shows. */
class UnitReaderTest {
    private static final Decision ALLOW = Decision.of(Action.ALLOW);
    private static final Decision KILL = Decision.of(Action.KILL_PROCESS);
    private static final Decision LOG = Decision.of(Action.LOG);
    private static final int ENOSYS = 38;

    private static Reading read(String text) {
        return UnitReader.read(
                DocumentText.of("app.service", text.getBytes(StandardCharsets.UTF_8)),
                Arch.X86_64,
                SystemdGroups.builtIn());
    }

    private static Reading service(String... lines) {
        return read("[Service]\nExecStart=/bin/true\n" + String.join("\n", lines) + "\n");
    }

    private static Decision decision(Reading reading, String call) {
        return reading.profile()
                .decide(SeccompData.of(
                        Arch.X86_64, SyscallTable.of(Arch.X86_64).number(call).orElseThrow()));
    }

    private static Decision errno(int number) {
        return new Decision(Action.ERRNO, number);
    }

    private static String refusal(String text) {
        return assertThrows(RefusalException.class, () -> read(text))
                .diagnostic()
                .toString();
    }

    private static List<String> codes(Reading reading) {
        return reading.diagnostics().stream().map(Diagnostic::code).toList();
    }

    @Test
    void listOfAllowedCallsHasTheDefaultGroup() {
        Reading reading = service("SystemCallFilter=read socket");
        assertEquals(ALLOW, decision(reading, "read"));
        assertEquals(ALLOW, decision(reading, "execve"), "a member of @default");
        assertEquals(KILL, decision(reading, "write"));
        assertEquals(KILL, reading.profile().defaultDecision());
        assertTrue(codes(reading).contains("systemd-adds"));
        assertTrue(codes(reading).contains("systemd-groups"));
        assertEquals(
                ImmutableSortedSet.of(Arch.X86_64, Arch.X86, Arch.X32),
                reading.profile().architectures());
    }

    @Test
    void firstLineDecidesAndAnEmptyOneResets() {
        Reading both = service("SystemCallFilter=read write", "SystemCallFilter=~write", "SystemCallErrorNumber=EPERM");
        assertEquals(ALLOW, decision(both, "read"));
        assertEquals(errno(1), decision(both, "write"));
        Reading denied = service("SystemCallFilter=~read write", "SystemCallFilter=write");
        assertEquals(KILL, decision(denied, "read"));
        assertEquals(ALLOW, decision(denied, "write"));
        assertEquals(ALLOW, denied.profile().defaultDecision());
        Reading reset = service("SystemCallFilter=read", "SystemCallFilter=", "SystemCallFilter=~ ptrace");
        assertEquals(KILL, decision(reset, "ptrace"));
        assertEquals(ALLOW, decision(reset, "write"));
    }

    @Test
    void errorsOfSingleCalls() {
        Reading reading = service(
                "SystemCallFilter=read write close",
                "SystemCallErrorNumber=EPERM",
                "SystemCallFilter=~write:EILSEQ close:200 @mount:kill",
                "SystemCallFilter=close");
        assertEquals(errno(84), decision(reading, "write"));
        assertEquals(ALLOW, decision(reading, "close"), "the last line wins");
        assertEquals(KILL, decision(reading, "mount"));
        Reading denied = service("SystemCallFilter=~read:0 write:kill close", "SystemCallErrorNumber=13");
        assertEquals(errno(0), decision(denied, "read"));
        assertEquals(KILL, decision(denied, "write"));
        assertEquals(errno(13), decision(denied, "close"));
    }

    @Test
    void linesContinueAcrossComments() {
        Reading reading = read("""
                ; a unit
                [Service]\r
                ExecStart=/bin/true \\
                  --flag=x
                  SystemCallFilter \\
                  = ~read \\
                # a comment within
                ; another
                \twrite:EPERM\\

                SystemCallErrorNumber = kill
                [X-Other]
                SystemCallFilter=~close
                """);
        assertEquals(KILL, decision(reading, "read"));
        assertEquals(errno(1), decision(reading, "write"));
        assertEquals(ALLOW, decision(reading, "close"));
    }

    @Test
    void calledAsSystemctlCatPrintsThem() {
        Reading reading = read("""
                # /lib/systemd/system/app.service
                [Service]
                ExecStart=/bin/app
                SystemCallFilter=~read \\
                # /etc/systemd/system/app.service.d/50 a.conf
                # Local.

                [Service]
                SystemCallFilter=~write
                """);
        assertEquals(KILL, decision(reading, "read"));
        assertEquals(KILL, decision(reading, "write"));
        assertEquals(
                "./app.service.d/b.conf:3: error: unknown call 'rread'; systemd ignores the word; is it 'read'?"
                        + " [unreadable-profile]",
                refusal("[Service]\nSystemCallFilter=~write\n\n# ./app.service.d/b.conf\n# x\n[Service]\n"
                        + "SystemCallFilter=~rread\n"));
    }

    /** Of the files in the note only a comment in front of a section is a name. */
    @Test
    void commentWithAPathIsAComment() {
        assertTrue(
                refusal("[Service]\n# /etc/app.conf\nSystemCallFilter=rread\n").startsWith("app.service:3: "));
    }

    @Test
    void portableFormIsTheProfileThatItWasMadeOf() {
        Reading reading = service(
                "SystemCallArchitectures=",
                "SystemCallArchitectures=native",
                "SystemCallErrorNumber=ENOSYS",
                "SystemCallFilter=",
                "SystemCallFilter=execve",
                "SystemCallFilter=~@default",
                "SystemCallFilter=~@known:EPERM",
                "SystemCallFilter=execve getpid write",
                "SystemCallFilter=~clone3 listns",
                "SystemCallFilter=~openat2:EACCES");
        assertEquals(
                Profile.builder(Action.ERRNO)
                        .defaultErrnoRet(1)
                        .architectures(Arch.X86_64)
                        .rule(Rule.allow("execve", "getpid", "write"))
                        .rule(Rule.errno(13, "openat2"))
                        .rule(Rule.errno(ENOSYS, "clone3", "listns"))
                        .build(),
                reading.profile());
        assertEquals(List.of("systemd-unknown-calls", "systemd-groups"), codes(reading));
    }

    /** Where all known calls are taken back again, or allowed, what they return is the default. */
    @Test
    void knownCallsWithoutAnErrorAreOrdinary() {
        Reading taken = service(
                "SystemCallErrorNumber=ENOSYS",
                "SystemCallFilter=execve",
                "SystemCallFilter=~@known:EPERM",
                "SystemCallFilter=~@known",
                "SystemCallFilter=read");
        assertEquals(errno(ENOSYS), taken.profile().defaultDecision());
        assertEquals(ALLOW, decision(taken, "read"));
        assertEquals(errno(ENOSYS), decision(taken, "execve"));
        Reading all = service("SystemCallErrorNumber=EPERM", "SystemCallFilter=@known", "SystemCallFilter=~read");
        assertEquals(errno(1), decision(all, "read"));
        assertEquals(ALLOW, decision(all, "reboot"));
    }

    @Test
    void logIsAFilterOfItsOwn() {
        Reading listed = service("SystemCallFilter=read", "SystemCallLog=read close", "SystemCallErrorNumber=EPERM");
        assertEquals(LOG, decision(listed, "read"));
        assertEquals(errno(1), decision(listed, "close"));
        assertEquals(ALLOW, decision(listed, "execve"), "nothing is added to it in silence");
        Reading others = service("SystemCallLog=~read", "SystemCallFilter=~close");
        assertEquals(ALLOW, decision(others, "read"));
        assertEquals(LOG, decision(others, "write"));
        assertEquals(KILL, decision(others, "close"));
    }

    @ParameterizedTest
    @CsvSource({
        "native, X86_64",
        "x86, X86_64 X86",
        "native x32, X86_64 X32",
        "x86-64 arm64, X86_64 AARCH64",
        "'', X86_64 X86 X32"
    })
    void architectures(String words, String expected) {
        ImmutableSortedSet<Arch> arches = Arrays.stream(expected.split(" "))
                .map(Arch::valueOf)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
        assertEquals(
                arches,
                service(
                                "SystemCallFilter=~read",
                                "SystemCallArchitectures=arm",
                                "SystemCallArchitectures=",
                                "SystemCallArchitectures=" + words)
                        .profile()
                        .architectures());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SystemCallFilter=Read",
                "SystemCallFilter=read\\x20write",
                "SystemCallFilter=read ~write",
                "SystemCallFilter=read:EPERM",
                "SystemCallFilter=~read:EPERMM",
                "SystemCallFilter=~read:-1",
                "SystemCallFilter=~read:010",
                "SystemCallFilter=~read:4095",
                "SystemCallFilter=~read:",
                "SystemCallFilter=~:EPERM",
                "SystemCallFilter=~read::1",
                "SystemCallFilter=17",
                "SystemCallFilter=\"read\"",
                "SystemCallFilter=@system-servic",
                "SystemCallFilter=~@mount:eperm",
                "SystemCallLog=read:EPERM",
                "SystemCallErrorNumber=0",
                "SystemCallErrorNumber=eperm",
                "SystemCallErrorNumber=EPERM EACCES",
                "SystemCallArchitectures=amd64",
                "SystemCallArchitectures=x86_64",
                "systemCallFilter=read",
                "SystemCallFilters=read",
                "SystemCallfilter",
                "[Service",
                "[Unit]\nSystemCallFilter=read",
                "[Socket]\nSystemCallFilter=~write"
            })
    void refusedWithTheirLine(String lines) {
        String refusal = refusal("[Service]\nSystemCallFilter=~close\n" + lines + "\n");
        int line = lines.startsWith("[") && lines.contains("\n") ? 4 : 3;
        assertTrue(refusal.startsWith("app.service:" + line + ": error: "), refusal);
        assertTrue(refusal.endsWith(" [unreadable-profile]"), refusal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[Service]\nExecStart=/bin/true\n",
                "[Service]\nSystemCallErrorNumber=EPERM\n",
                "[Unit]\nDescription=x\n",
                "SystemCallFilter=read\n",
                "[Service]\nSystemCallFilter=read\0write\n"
            })
    void refusedAsAWhole(String text) {
        assertTrue(refusal(text).endsWith(" [unreadable-profile]"));
    }

    @ParameterizedTest
    @CsvSource({
        "EPERM, ~read:EPERM, error",
        "kill, ~read:kill, error",
        "ENOSYS, ~@mount:ENOSYS, error",
        "EPERM, ~clone3:ENOSYS, warning",
        "kill, ~clone3:ENOSYS, warning",
        "EPERM, ~clone3, none"
    })
    void listsThatRepeatTheirDefaultDoNotStart(String number, String line, String expected) {
        String text = "[Service]\nExecStart=/bin/true\nSystemCallErrorNumber=" + number
                + "\nSystemCallFilter=@system-service\nSystemCallFilter=" + line + "\n";
        if (expected.equals("error")) {
            assertTrue(refusal(text).contains("app.service:5: error: "));
            assertTrue(refusal(text).contains("228/SECCOMP"));
        } else {
            assertEquals(expected.equals("warning"), codes(read(text)).contains("systemd-start"));
        }
    }

    @Test
    void saysWhatItDidNotRead() {
        Reading reading = service("RestrictNamespaces=yes", "PrivateDevices=no", "SystemCallFilter=~read");
        assertEquals(List.of("other-filters"), codes(reading));
        assertTrue(
                reading.diagnostics().get(0).toString().startsWith("app.service:3: warning: RestrictNamespaces= add"));
        assertEquals(List.of("drop-in-adds"), codes(read("[Service]\nSystemCallFilter=~read\n")));
        assertEquals(List.of(), codes(read("[Service]\nSystemCallFilter=\nSystemCallFilter=~read\n")));
    }

    @Test
    void groupsOfAMachine() {
        String listing = """
                @default
                    # System calls that are always permitted
                    execve

                @known
                    execve
                    read
                @a
                    @b
                    read
                @b
                    # nested in a circle
                    @a
                    write

                # Ungrouped
                #   ptrace
                """;
        SystemdGroups groups = SystemdGroups.parse(listing).orElseThrow();
        assertEquals(ImmutableSet.of("@default", "@known", "@a", "@b"), groups.names());
        assertEquals(ImmutableSet.of("read", "write"), groups.calls("@b").orElseThrow());
        assertTrue(SystemdGroups.parse("Unknown command verb syscall-filter.").isEmpty());
        assertFalse(SystemdGroups.builtIn().calls("@sandbox").isPresent());
        assertEquals(
                37,
                SystemdGroups.builtIn().calls("@system-service").orElseThrow().size() / 10);
    }

    @Test
    void hostileUnitsTakeBoundedTime() {
        String groups = "[Service]\n" + "SystemCallFilter=~@known:EPERM @system-service\n".repeat(150);
        String names = "[Service]\nSystemCallFilter=~read " + "@known ".repeat(100_000) + "\n";
        String lines = "[Service]\n" + "SystemCallFilter=~@known\n".repeat(40_000);
        String continued = "[Service]\nSystemCallFilter=~" + "reads \\\n".repeat(120_000);
        String long16 = "[Service]\nSystemCallFilter=~" + "read \\\n".repeat(2_000_000);
        String comments = "# /a.conf\n".repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertEquals(Decision.of(Action.ALLOW), read(groups).profile().defaultDecision());
            for (String text : List.of(names, lines, continued, long16, comments)) {
                assertTrue(refusal(text).length() < 400);
            }
        });
    }
}
