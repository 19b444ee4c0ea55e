package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.format.firejail.FirejailFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.SyscallTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists under firejail itself. */
@RequiresTool(
        value = {"firejail", "gcc"},
        asRoot = true)
class FirejailIT {
    @TempDir
    static Path folder;

    @Test
    void printsTheSameUnderFirejail() throws Exception {
        Outcome outcome = run(Probe.NAMES, Probe.byNames());
        assertEquals(0, outcome.status(), outcome.text());
        Probe.NAMES.assertPrinted(outcome.text());
    }

    @Test
    void aListOfDeniedCallsDeniesThoseAlone() throws Exception {
        Profile.Builder profile = Profile.builder(Action.ALLOW)
                .architectures(Arch.X86_64)
                .rule(Rule.errno(13, "getppid"))
                .rule(Rule.errno(38, "uname", "clone3"))
                .rule(Rule.errno(1, "unshare"));
        assertEquals("""
                getpid ok
                getppid EACCES
                uname ENOSYS
                clone3 ENOSYS
                socket(1) ok
                socket(2) ok
                socket(1<<32|1) ok
                unshare(0) EPERM
                unshare(NEWUTS) EPERM
                lseek(-1,0x100000002) EBADF
                lseek(-1,2) EBADF
                getuid ok
                """, run(Probe.NAMES, profile.build()).text());
        profile.rule(Rule.builder(Action.KILL_THREAD).name("getpid").build());
        Outcome killed = run(Probe.NAMES, profile.build());
        assertNotEquals(0, killed.status());
        assertEquals("", killed.text());
    }

    /** Without seccomp.block-secondary they would not be filtered at all. */
    @Test
    void callsOfI386AreDenied() throws Exception {
        Outcome outcome = run(Probe.ARGS_32, Probe.byNames());
        assertNotEquals(0, outcome.status());
        assertEquals("", outcome.text());
    }

    /** Names and errors as firejail itself lists them; what is newer stands in lists by number. */
    @Test
    void namesMeanWhatFirejailTakesThemFor() throws Exception {
        Map<String, Integer> calls = listed("--debug-syscalls");
        Profile all = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.allow(SyscallTable.of(Arch.X86_64).numbers().keySet().toArray(String[]::new)))
                .build();
        String text = new String(FirejailFormat.FIREJAIL.write(all), StandardCharsets.UTF_8);
        String list = text.substring(text.lastIndexOf(" ") + 1).strip();
        int names = 0;
        for (String entry : list.split(",")) {
            if (!entry.startsWith("$")) {
                names++;
                assertEquals(SyscallTable.of(Arch.X86_64).number(entry).orElseThrow(), calls.get(entry), entry);
            }
        }
        assertTrue(names > 300, list);
        Map<String, Integer> errors = listed("--debug-errnos");
        for (int errno = 1; errno < 134; errno++) {
            int number = errno;
            Errno.name(errno, Arch.X86_64).ifPresent(name -> assertEquals(number, errors.get(name), name));
        }
    }

    /** Lines of {@code NUMBER - NAME}. */
    private static Map<String, Integer> listed(String option) throws Exception {
        Map<String, Integer> numbers = new TreeMap<>();
        Outcome.text(folder, "firejail", option).lines().forEach(line -> {
            String[] words = line.strip().split("\\s+-\\s+");
            if (words.length == 2) {
                numbers.put(words[1], Integer.valueOf(words[0]));
            }
        });
        return numbers;
    }

    private static Outcome run(Probe probe, Profile profile) throws Exception {
        Path file = Files.write(folder.resolve("app.profile"), FirejailFormat.FIREJAIL.write(profile));
        return Outcome.of(
                folder,
                List.of(
                        "timeout",
                        "30",
                        "firejail",
                        "--quiet",
                        "--profile=" + file,
                        probe.program().toString()));
    }
}
