package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program says about how it was called. */
class UsageTest {
    @TempDir
    Path directory;

    /** Write the help texts anew with {@code -Dstrait.regenerate=true}, and read the diff. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "strait",
                "record",
                "generate",
                "summarize",
                "check",
                "explain",
                "report",
                "lint",
                "verify",
                "run",
                "heal",
                "diff",
                "merge",
                "convert",
                "syscalls",
                "completion"
            })
    void helpIsGolden(String command) throws IOException {
        Result result = command.equals("strait") ? Strait.run("--help") : Strait.run(command, "--help");
        Path golden = Path.of("src/test/resources/io/github/strait/cli/help", command + ".txt");
        if (Boolean.getBoolean("strait.regenerate")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, result.out());
        }
        assertEquals(Files.readString(golden), result.out());
        assertEquals(0, result.status());
        assertEquals("", result.err());
    }

    @Test
    void everyCommandHasAGoldenHelpText() {
        for (String command : Program.COMMANDS) {
            assertTrue(
                    UsageTest.class.getResource("help/" + command + ".txt") != null,
                    command + " has no help text among the tests");
        }
    }

    @Test
    void theHelpOfEachCommandIsNamedByTheHelpOfAll() {
        String help = Strait.run("--help").out();
        Program.COMMANDS.forEach(name -> assertTrue(help.contains("\n  " + name + " "), name));
    }

    @Test
    void printsItsVersionOnStdout() {
        for (Object[] args : new Object[][] {{"--version"}, {"-V"}, {"generate", "--version"}}) {
            Result result = Strait.run(args);
            assertEquals(0, result.status());
            assertTrue(result.out().startsWith("strait "), result.out());
            assertEquals("", result.err());
        }
    }

    /** Bad usage is trouble: nothing on stdout, one line on stderr that points to the right help. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "help xyzzy                        | unknown command 'xyzzy'; see strait --help",
                "generat                           | unknown command 'generat'; did you mean generate?; see strait --help",
                "xyzzy                             | unknown command 'xyzzy'; see strait --help",
                "--no-such-option                  | Unknown option: '--no-such-option'; see strait --help",
                "generate                          | Missing required parameter: 'EVIDENCE'; see strait generate --help",
                "generate A --frob                 | Unknown option: '--frob'; see strait generate --help",
                "generate A --runtme runc          | Unknown option: '--runtme'; did you mean --runtime?; see strait generate --help",
                "generate A --no-new-priv          | Unknown option: '--no-new-priv'; did you mean --no-new-privs?; see strait generate",
                "lint A --fail-no=error            | Unknown option: '--fail-no=error'; did you mean --fail-on?; see strait lint --help",
                "generate A --format xml           | unknown format 'xml'; known are: oci moby names",
                "generate A --format               | Missing required parameter for option '--format'",
                "generate A --layer vdsO           | unknown layer 'vdsO'; did you mean 'vdso'?; known are: essential vdso runtime",
                "generate A --no-layer x           | unknown layer 'x'; known are: essential vdso runtime",
                "generate A --arch sparc           | unknown architecture 'sparc'; known are: x86_64 x86 x32 aarch64 arm",
                "generate A --target x86,vax       | unknown architecture 'vax'; known are: x86_64",
                "generate A --color purple         | invalid value 'purple': expected auto, always or never",
                "generate A --arch x86 --arch arm  | should be specified only once",
                "check A                           | Missing required option: '--profile=FILE'; see strait check --help",
                "summarize                         | Missing required parameter: 'EVIDENCE'; see strait summarize --help",
                "explain                           | Missing required parameter: 'EVIDENCE|SYSCALL'",
                "explain read                      | explain needs evidence to explain from; name a trace",
                "syscalls --arch x                 | unknown architecture 'x'",
                "syscalls frobnicate               | unknown call 'frobnicate', and not a number",
                "syscalls 0xfffffffff              | unknown call '0xfffffffff', and not a number",
                "syscalls frobnicate               | and not a number; list them with: strait syscalls [",
                "explain A --format bpf --format names | --format takes one format of the profile and one of the report [",
                "lint A --fail-on bad              | invalid value 'bad': expected error, warning, note or never; see strait lint",
                "diff A                            | Missing required parameter: 'B'; see strait diff --help",
                "diff A B --format xml             | Invalid value for option '--format'",
                "diff - -                          | standard input can be one argument only",
                "merge                             | Missing required parameter: 'FILE'; see strait merge --help",
                "convert A                         | Missing required option: '--format=FORMAT'",
                "convert A --format xml            | unknown format 'xml'; known are: oci moby names gvisor",
                "generate A --libseccomp 9         | unknown libseccomp version '9'; known are 2.3.1",
                "completion now                    | invalid value 'now': expected bash, zsh or fish; see strait completion --help",
                "completion zsh now                | Unmatched argument at index 2: 'now'; see strait completion --help",
            })
    void badUsageIsOneLineAndTrouble(String line, String what) {
        Object[] args = line == null ? new Object[0] : line.split(" ");
        Result result = Strait.run(args);
        assertEquals(2, result.status(), result.err());
        assertEquals("", result.out());
        assertEquals(1, result.errors().size(), result.err());
        assertTrue(result.err().startsWith("strait: error: "), result.err());
        assertTrue(result.err().contains(what), result.err());
    }

    @Test
    void aNameIsNoProcess() {
        Result result = Strait.run("record", "--attach", "nginx");
        assertEquals(125, result.status());
        assertEquals(
                "strait: error: Invalid value for option '--attach' (PID): 'nginx' is not a whole number; see strait record"
                        + " --help [usage]\n",
                result.err());
    }

    @ParameterizedTest
    @CsvSource({
        "record, 'record takes one of a command (after --), --attach PID, --container NAME, --unit NAME and --image IMAGE; see strait record --help'",
        "record --container web -- true, 'and --image IMAGE, and not a command (after --) with --container NAME; see'",
        "record --container web --attach 1, 'and not --attach PID with --container NAME; see'",
        "record --container web --unit nginx, 'and not --container NAME with --unit NAME; see'",
        "record --unit nginx --under app.json, a running program cannot be put under a filter; start it again",
        "record --container web --under app.json, a running program cannot be put under a filter; start it again",
        "record --container web --known app.json, --known needs CMD",
        "record --engine podman -- true, --engine is for --container NAME",
        "record --engine lxc --container web, 'invalid value ''lxc'': expected podman, docker, crictl or ctr'",
        "record --image nginx --container web, --image IMAGE does not go with --container",
        "record --image nginx echo hi, 'put -- before the command: strait record --image nginx -- echo'",
        "record --image nginx -d -- x, leave out --detach",
        "record --engine crictl --image nginx -- x, --image is for podman and docker",
        "record --unit -x, not a name of a unit: '-x'",
        "record --container=, not a name or an id of a container: ''",
        "heal --profile app.json, 'heal takes a command (after --), --image IMAGE, or both; see strait heal --help'",
        "heal --profile app.json --engine podman -- true, --engine is for --image IMAGE",
        "heal --profile app.json --no-new-privs -- true, --no-new-privs is for --image IMAGE",
        "heal --profile app.json --keep-env --image nginx, --image IMAGE does not go with --keep-env; see strait heal --help",
        "heal --profile app.json --image nginx echo hi, 'put -- before the command: strait heal --image nginx -- echo'",
        "heal --profile app.json --image nginx --privileged, under the profile of --profile; leave out '--privileged'",
        "heal --profile app.json --image nginx --security-opt seccomp=x.json, leave out 'seccomp=x.json'",
        "heal --profile app.json --image nginx --security-opt=seccomp:unconfined -- x, leave out '--security-opt=seccomp:",
        "heal --profile app.json --image nginx --rounds 0, --rounds takes a number from 1",
        "heal --profile - --image nginx, name a file for the profile",
        "heal --profile none.json --image nginx, does not exist",
        "heal --image nginx, Missing required option"
    })
    void whatIsRecordedIsNamedOnce(String line, String what) {
        Result result = Strait.run((Object[]) line.split(" "));
        assertEquals(125, result.status(), result.err());
        assertEquals(1, result.errors().size(), result.err());
        assertTrue(result.err().contains(what), result.err());
    }

    /** Before any engine is asked. */
    @Test
    void whatAnEngineCannotRunIsRefused(@TempDir Path folder) throws IOException {
        Path names = Files.writeString(folder.resolve("names"), "x86_64\tread\nx86_64\texecve\n");
        Path profile = Files.writeString(
                folder.resolve("app.json"), "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": []}");
        Result result = Strait.run("heal", "--profile", names, "--image", "nginx");
        assertEquals(125, result.status(), result.err());
        assertTrue(result.err().contains("engines do not read this profile; make one"), result.err());
        result = Strait.run("heal", "--profile", profile, "--image", "nginx", "--engine", "crictl");
        assertTrue(result.err().contains("--image is for podman and docker"), result.err());
        result = Strait.run("heal", "--profile", profile, "--image", "nginx", "-d", "--", "x");
        assertTrue(result.err().contains("strait waits for the container; leave out --detach"), result.err());
    }

    @Test
    void helpOfACommandIsItsHelp() {
        assertEquals(Strait.run("--help"), Strait.run("help"));
        Program.COMMANDS.forEach(name -> assertEquals(Strait.run(name, "--help"), Strait.run("help", name), name));
    }

    @Test
    void withoutAWordTheHelpIsOnStandardError() {
        assertEquals(new Result(2, "", Strait.run("--help").out()), Strait.run());
    }

    @Test
    void anEmptyArgumentIsNotTheWorkingDirectory() throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        assertEquals(
                new Result(2, "", "strait: error: an empty argument names no evidence; is a variable unset? [usage]\n"),
                Strait.run("generate", trace, ""));
        assertEquals(
                new Result(2, "", "strait: error: -o names no file; leave it out for standard output [usage]\n"),
                Strait.run("generate", "-q", trace, "-o", ""));
    }

    @Test
    void anArgumentThatBeginsWithAtIsAName() throws IOException {
        Traces.write(directory, "a.strace", Traces.X86_64);
        Path listed = Traces.write(directory, "list", "--no-such-option\n");
        Result result = Strait.run("generate", "@" + listed);
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("@" + listed + ": error: does not exist"), result.err());
    }

    @Test
    void quietSilencesAllButErrorsBeforeAndAfterTheCommand() throws IOException {
        Path flawed = Traces.write(directory, "a.strace", Traces.FLAWED);
        assertTrue(Strait.run("generate", flawed).err().contains("[unparsed-line]"));
        assertEquals("", Strait.run("generate", "-q", flawed).err());
        assertEquals("", Strait.run("-q", "generate", flawed).err());
        assertEquals(1, Strait.run("-q", "generate", flawed, "nowhere").errors().size());
    }

    @Test
    void colourIsForDiagnosticsAndOnlyWhenAskedFor() throws IOException {
        Path flawed = Traces.write(directory, "a.strace", Traces.FLAWED);
        String place = flawed + ":8: ";
        String message = " not understood, so not counted [unparsed-line]\n";
        for (Object[] args : new Object[][] {
            {"generate", "--color=always", flawed}, {"--color=always", "generate", flawed},
        }) {
            Result coloured = Strait.run(args);
            assertTrue(coloured.err().startsWith(place + "\u001b[33mwarning:\u001b[0m" + message), coloured.err());
            assertEquals(-1, coloured.out().indexOf('\u001b'));
        }
        for (String when : List.of("never", "auto")) {
            assertTrue(
                    Strait.run("generate", "--color", when, flawed).err().startsWith(place + "warning:" + message),
                    when);
        }
        assertTrue(Strait.run("--color=always", "generate", "--color=never", flawed)
                .err()
                .startsWith(place + "warning:"));
        assertTrue(Strait.run("generate", "--color=always", "nowhere").err().contains("\u001b[31merror:\u001b[0m "));
    }
}
