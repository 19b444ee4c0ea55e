package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.BaseEncoding;
import io.github.strait.api.ProfileFile;
import io.github.strait.bpf.Emulator;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Formats;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Libseccomp;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.SystemdGroups;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Units as systemd reads them and as strait does: what the filters decide that systemd gave to a process, which the kernel
 * hands out, against the profile that is read. Of the units some do not start; these are refused.
 */
@RequiresTool({"systemctl", "systemd-analyze", "gcc", "perl"})
@RequiresTool(value = "unshare", asRoot = true)
class UnitsIT {
    private static final Path RESOURCES = Path.of("src/test/resources/io/github/strait/live");

    /** That of Debian 12, which drops what it does not know. */
    private static final Libseccomp LIBSECCOMP = Libseccomp.find("2.5.4").orElseThrow();

    private static final ImmutableSet<String> KNOWN =
            SystemdGroups.builtIn().calls(SystemdGroups.KNOWN).orElseThrow();

    private static final int CALLS = 600;
    private static final Decision ENOSYS = new Decision(Action.ERRNO, 38);

    @TempDir
    static Path folder;

    private static Path units() {
        return folder.resolve("units");
    }

    private static List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("units"))) {
            return files.map(file -> file.getFileName().toString().replace(".conf", ""))
                    .sorted()
                    .toList();
        }
    }

    /** Starts all units once, each with its lines as a drop-in. */
    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path program = folder.resolve("spin");
        Outcome.text(
                Path.of("."),
                "gcc",
                "-static",
                "-nostdlib",
                "-o",
                program.toString(),
                RESOURCES.resolve("spin.c").toString());
        for (String name : names()) {
            String service =
                    "[Unit]\nDefaultDependencies=no\n[Service]\nNice=19\nExecStart=" + program + " " + name + "\n";
            Path dropIns = Files.createDirectories(units().resolve(name + ".service.d"));
            Files.writeString(units().resolve(name + ".service"), service);
            Files.copy(RESOURCES.resolve("units").resolve(name + ".conf"), dropIns.resolve("50-seccomp.conf"));
        }
        String all = String.join(" ", names());
        Files.writeString(units().resolve("filters.service"), """
                [Unit]
                DefaultDependencies=no
                SuccessAction=exit-force
                FailureAction=exit-force
                Wants=%s
                [Service]
                Type=oneshot
                ExecStart=perl %s %d %s %s
                """.formatted(
                        names().stream().map(name -> name + ".service").collect(Collectors.joining(" ")),
                        RESOURCES.resolve("filters.pl").toAbsolutePath(),
                        SyscallTable.of(Arch.X86_64).number("ptrace").orElseThrow(),
                        folder,
                        all));
        Outcome outcome = Namespaces.run("systemd.sh", ImmutableList.of("/", units().toString(), "filters.service"));
        assertEquals(0, outcome.status(), outcome.text());
    }

    private static Reading read(String name) {
        ProfileFile file =
                ProfileFile.read(units().resolve(name + ".service").toString(), InputStream.nullInputStream());
        return Formats.read(file.name(), file.content(), Reader.USUAL);
    }

    private static List<Program> filters(String name) throws Exception {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(line -> Program.decode(BaseEncoding.base16().lowerCase().decode(line), ByteOrder.nativeOrder()))
                .toList();
    }

    private static boolean starts(String name) throws Exception {
        return !Files.readString(folder.resolve(name)).equals("none\n");
    }

    private static Stream<String> started() throws Exception {
        return names().stream().filter(name -> !name.matches("repeated.*|large.*"));
    }

    @ParameterizedTest
    @MethodSource("started")
    void decidesAsItsFiltersDo(String name) throws Exception {
        assertTrue(starts(name));
        Reading reading = read(name);
        Profile profile = reading.profile();
        boolean isOfKnown = reading.diagnostics().toString().contains("the profile has them denied");
        List<Program> filters = filters(name);
        int compared = 0;
        for (Arch abi : Arch.X86_64.personalities()) {
            for (int i = 0; i < CALLS; i++) {
                int number = abi == Arch.X32 ? i | SeccompData.X32_BIT : i;
                Optional<String> call = SyscallTable.of(abi).name(number);
                if (call.isPresent() && !LIBSECCOMP.knows(call.get())) {
                    continue;
                }
                SeccompData data = SeccompData.of(abi, number);
                boolean isUnknown = isOfKnown
                        && profile.architectures().contains(abi)
                        && call.filter(each -> KNOWN.contains(each) || isNamed(profile, each))
                                .isEmpty();
                assertEquals(
                        decided(filters, data), isUnknown ? ENOSYS : profile.decide(data), abi + " " + call + " " + i);
                compared++;
            }
        }
        assertTrue(compared > 1500);
    }

    private static boolean isNamed(Profile profile, String call) {
        return profile.rules().stream().anyMatch(rule -> rule.names().contains(call));
    }

    /** As the kernel does: the strictest of all filters, and of equals that of the newest. */
    private static Decision decided(List<Program> filters, SeccompData data) {
        Decision strictest = Decision.of(Action.ALLOW);
        for (Program filter : filters) {
            Decision decision = Emulator.run(filter, data).decision();
            if (decision.action().compareTo(strictest.action()) <= 0) {
                strictest = decision;
            }
        }
        return strictest;
    }

    @Test
    void whatDoesNotStartIsRefused() throws Exception {
        for (String name : names()) {
            if (!starts(name)) {
                RefusalException refusal = assertThrows(RefusalException.class, () -> read(name));
                assertTrue(refusal.getMessage().contains("228/SECCOMP"), refusal.toString());
                assertTrue(refusal.toString().contains("50-seccomp.conf:"), refusal.toString());
            }
        }
        assertFalse(starts("repeated-errno"));
        assertFalse(starts("repeated-kill"));
        assertFalse(starts("large-errno"));
    }

    /** The table is that of the release whose systemd-analyze this is, else there is nothing to compare. */
    @Test
    void groupsAreThoseOfSystemdAnalyze() throws Exception {
        SystemdGroups groups = SystemdGroups.parse(
                        Outcome.text(Path.of("."), "systemd-analyze", "--no-pager", "syscall-filter"))
                .orElseThrow();
        boolean isOfTable =
                Outcome.text(Path.of("."), "systemd-analyze", "--version").startsWith("systemd 252 ");
        for (String group : SystemdGroups.builtIn().names()) {
            assertTrue(groups.names().contains(group), group);
            assertTrue(
                    !isOfTable
                            || groups.calls(group)
                                    .equals(SystemdGroups.builtIn().calls(group)),
                    group);
        }
    }
}
