package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every option of every command changes what the command says or writes for some input, or is excused with a reason. */
class OptionEffectTest {
    /** Options that a command takes for another reason. */
    private static final ImmutableMap<String, String> EXCUSED = ImmutableMap.of(
            ".* --(color|quiet|verbose)", "every command takes them; UsageTest shows what they do",
            ".* --(binary|root)", "reads programs: ImportsTest",
            "record --.*", "starts or attaches to a program: the live tests of package record",
            "run --.*", "starts a program: RunIT",
            "heal --.*", "starts a program: HealIT",
            "explain --args", "says what became of values, which these traces lack");

    /** How options of a group are tried: the commands, and the line with $ for the evidence or the profile. */
    private static final ImmutableMap<String, String> EVIDENCE = ImmutableMap.of(
            "generate", "generate $",
            "summarize", "summarize $",
            "explain", "explain $",
            "check", "check $ --profile @one.json",
            "verify", "verify @one.json $",
            "diff", "diff @one.json $",
            "merge", "merge $ @one.strace",
            "report", "report $ --format json");

    private static final ImmutableMap<String, String> DERIVATION = ImmutableMap.of(
            "generate", "generate $",
            "explain", "explain $ --deny write",
            "report", "report $ --format json",
            "check", "check $ --profile @one.json");

    private static final ImmutableMap<String, String> START = ImmutableMap.of(
            "generate", "generate @one.strace",
            "explain", "explain @one.strace",
            "report", "report @one.strace --format json",
            "check", "check @one.strace --profile @one.json",
            "verify", "verify @bare.json @one.strace",
            "lint", "lint @bare.json");

    private static final ImmutableMap<String, String> MACHINE = ImmutableMap.of(
            "verify", "verify @scoped.json @one.strace",
            "diff", "diff @scoped.json @one.json",
            "merge", "merge @scoped.json @one.json",
            "convert", "convert @scoped.json --format names",
            "lint", "lint @start.json");

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        Traces.write(directory, "one.strace", Traces.X86_64);
        Traces.write(directory, "both.strace", Traces.X86_64 + Traces.X86);
        Traces.write(directory, "flawed.strace", Traces.FLAWED);
        Traces.write(directory, "unproven.strace", Traces.X86_64.replaceAll("\\[ *[0-9]+\\] ", ""));
        Traces.write(directory, "programs.strace", Traces.X86_64.replaceFirst("(?=10 \\[ 231)", """
                        10 [  59] execve("/srv/app", ["app"], 0x7ffd /* 3 vars */) = 0
                        10 [  83] mkdir("/run/app", 0755) = 0
                        """));
        Traces.write(
                directory,
                "probe.strace",
                Traces.X86_64.replaceFirst(
                        "(?=10 \\[ 231)",
                        "10 [ 425] io_uring_setup(8, 0x7ffd) = -1 ENOSYS (Function not implemented)\n"));
        Traces.write(
                directory,
                "values.strace",
                Traces.X86_64.replaceFirst("(?=10 \\[ 231)", "10 [ 135] personality(0xffffffff) = 0 (PER_LINUX)\n"));
        Traces.write(directory, "audit.log", """
                type=SECCOMP msg=audit(1700000000.123:45): auid=4294967295 uid=0 gid=0 ses=4294967295 pid=7 comm="app" exe="/app" sig=0 arch=c000003e syscall=257 compat=0 ip=0x7f0f58fc6829 code=0x7ffc0000
                type=SECCOMP msg=audit(1700000000.124:46): auid=4294967295 uid=0 gid=0 ses=4294967295 pid=8 comm="other" exe="/other" sig=0 arch=c000003e syscall=321 compat=0 ip=0x7f0f58fc6829 code=0x7ffc0000
                """);
        Traces.write(directory, "scoped.json", """
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
                    {"names": ["read", "execve"], "action": "SCMP_ACT_ALLOW"},
                    {"names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "4.8"}},
                    {"names": ["mount"], "action": "SCMP_ACT_ALLOW", "comment": "a comment", "includes": {"caps": ["CAP_SYS_ADMIN"]}}]}
                """);
        Traces.write(directory, "start.json", """
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
                    {"names": ["read", "exit_group"], "action": "SCMP_ACT_ALLOW"},
                    {"names": ["execve"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "4.8"}},
                    {"names": ["futex"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}}]}
                """);
        Traces.write(directory, "config.json", "{\"ociVersion\": \"1.0.2\"}");
        Traces.write(directory, "bare.json", """
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
                    {"names": ["read", "execve", "clone3", "openat", "write", "exit_group"], "action": "SCMP_ACT_ALLOW"}]}
                """);
        assertEquals(new Result(0, "", "").toString(), run("generate -q @one.strace -o @one.json", ""));
    }

    /** A line, and the option that is then added to it. */
    private static List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        add(rows, EVIDENCE, "@unproven.strace", "--arch arm");
        add(rows, EVIDENCE, "@flawed.strace", "--strict");
        add(rows, EVIDENCE, "@programs.strace", "--program app", "--from-program app");
        add(rows, EVIDENCE, "@audit.log", "--comm app", "--exe app", "--pid 7");
        add(
                rows,
                DERIVATION,
                "@one.strace",
                "--target aarch64",
                "--layer load",
                "--no-layer vdso",
                "--allow kexec_load");
        add(rows, DERIVATION, "@one.strace", "--deny read", "--errno EACCES");
        add(rows, conditional(), "@values.strace", "--default-action log");
        add(rows, explaining("mseal"), "@one.strace", "--kernel-baseline 6.12");
        add(rows, explaining("openat"), "@both.strace", "--format names");
        add(rows, DERIVATION, "@probe.strace", "--elide-failed");
        add(rows, START, "", "--runtime none", "--no-new-privs", "--init", "--exec");
        add(rows, MACHINE, "", "--caps SYS_ADMIN", "--kernel 4.0");
        for (String[] row : new String[][] {
            {"generate @one.strace --format bpf-asm", "--layout linear"},
            {"check @one.strace --profile @one.json --format bpf-asm", "--layout linear"},
            {"generate @one.strace", "--min-runs 2"},
            {"generate @one.strace", "--max-new-call-rate 20%"},
            {"check @one.strace --profile @one.json", "--min-runs 2"},
            {"check @one.strace --profile @one.json", "--max-new-call-rate 20%"},
            {"generate @one.strace", "--name web"},
            {"generate @one.strace", "--dialect compiler"},
            {"generate @one.strace --format systemd", "--hardening"},
            {"check @one.strace --profile @one.json --format systemd", "--hardening"},
            {"check @one.strace --profile @one.json", "--name web"},
            {"check @one.strace --profile @one.json", "--dialect compiler"},
            {"merge @one.json @bare.json", "--name web"},
            {"merge @one.json @bare.json", "--dialect compiler"},
            {"convert @one.json --format oci", "--name web"},
            {"verify @one.json @one.strace", "--target aarch64"},
            {"verify @one.json @one.strace --target aarch64", "--derive"},
            {"generate @one.strace --target aarch64", "--derive"},
            {"explain @one.strace --target aarch64 execve", "--derive"},
            {"check @one.strace --profile @one.json --target aarch64", "--derive"},
            {"generate @one.strace --target aarch64 --derive", "--libc debian-13"},
            {"explain @one.strace --target aarch64 --derive execve", "--libc debian-13"},
            {"check @one.strace --profile @one.json --target aarch64 --derive", "--libc debian-13"},
            {"verify @one.json @one.strace --target aarch64 --derive", "--libc debian-13"},
            {"convert @one.json --format oci", "--dialect compiler"},
            {"generate @one.strace", "--args none"},
            {"check @one.strace --profile @one.json", "--args none"},
            {"generate @probe.strace", "--libseccomp 2.3.1"},
            {"check @probe.strace --profile @one.json", "--libseccomp 2.3.1"},
            {"lint @one.json", "--libseccomp 2.3.1"},
            {"generate @one.strace", "--output @out"},
            {"generate @one.strace -q", "--summary @out"},
            {"summarize @one.strace", "--output @out"},
            {"verify @one.json @one.strace", "--output @out"},
            {"verify @one.json @one.strace", "--minimal"},
            {"verify @one.json @one.strace", "--format json"},
            {"diff @one.json @bare.json", "--format json"},
            {"diff @one.json @bare.json", "--output @out"},
            {"report @one.strace", "--format json"},
            {"report @one.strace", "--profile @bare.json"},
            {"report @one.strace", "--against @both.strace"},
            {"report @values.strace", "--args none"},
            {"report @one.strace --target aarch64", "--derive"},
            {"report @one.strace --target aarch64 --derive", "--libc debian-13"},
            {"report @one.strace", "--output @out"},
            {"merge @one.json @bare.json", "--format names"},
            {"merge @one.json @bare.json", "--output @out"},
            {"check @one.strace", "--profile @one.json"},
            {"convert @one.json", "--format names"},
            {"convert @scoped.json --format moby", "--no-comments"},
            {"convert @scoped.json --format oci", "--arch arm"},
            {"convert @one.json --format oci", "--output @out"},
            {"convert @one.json --format oci", "--into @config.json"},
            {"lint @bare.json", "--format json"},
            {"lint @bare.json", "--json"},
            {"lint @bare.json", "--fail-on never"},
            {"syscalls openat", "--arch arm"},
        }) {
            rows.add(row);
        }
        return rows;
    }

    /** The lines of options of derivation, explain being asked for a call that has conditions. */
    private static Map<String, String> conditional() {
        return explaining("personality");
    }

    /** The lines of options of derivation, explain being asked for this call. */
    private static Map<String, String> explaining(String call) {
        return Maps.transformValues(DERIVATION, line -> line.replace("--deny write", call));
    }

    private static void add(List<String[]> rows, Map<String, String> lines, String operand, String... options) {
        lines.forEach((command, line) -> {
            for (String option : options) {
                rows.add(new String[] {line.replace("$", operand), option});
            }
        });
    }

    @TestFactory
    List<DynamicTest> eachChangesSomething() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String[] row : rows()) {
            tests.add(DynamicTest.dynamicTest(
                    row[0] + " " + row[1],
                    () -> assertFalse(run(row[0], "").equals(run(row[0], row[1])), "no effect")));
        }
        return tests;
    }

    @Test
    void everyOptionIsTriedOrExcused() {
        Set<String> tried = new TreeSet<>();
        for (String[] row : rows()) {
            tried.add(word(row[0]) + " " + word(row[1]));
        }
        Set<String> declared = new TreeSet<>();
        for (Command command : Program.commands(new Console(InputStream.nullInputStream(), System.out, System.err))) {
            for (Parameter<?> parameter : command.parameters()) {
                List<String> names = parameter.names();
                String option = names.isEmpty() ? "" : command.help().name() + " " + names.get(names.size() - 1);
                if (!names.isEmpty() && EXCUSED.keySet().stream().noneMatch(option::matches)) {
                    declared.add(option);
                }
            }
        }
        assertEquals(declared, tried);
    }

    private static String word(String line) {
        return Splitter.on(' ').split(line).iterator().next();
    }

    /** What a line gave: what it said, and what it wrote to {@code @out}. Words that begin with @ are files of this test. */
    private String run(String line, String more) throws IOException {
        List<Object> words = new ArrayList<>();
        for (String word : Splitter.on(' ').omitEmptyStrings().split(line + " " + more)) {
            words.add(word.startsWith("@") ? directory.resolve(word.substring(1)) : word);
        }
        Path out = directory.resolve("out");
        Files.deleteIfExists(out);
        Result result = Strait.run(words.toArray());
        return result + (Files.exists(out) ? Files.readString(out) : "");
    }
}
