package io.github.strait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the recording runtime with scripts in the places of runc and strace that say what they were given. */
class RecordingRuntimeTest {
    private static final String ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String HEADER = "# strait-recording/1 ";

    /** Notes its words, creates a process that waits, and ends as it is told to. */
    private static final String FAKE_RUNTIME = """
            #!/bin/sh
            here=${0%/*}
            [ "$*" != --version ] || { echo "fake version 1.2.3"; exit; }
            for word; do echo "[$word]"; done >>"$here/words"
            echo end >>"$here/words"
            while :; do
                case ${1:-} in
                    --root | --log | --log-format) shift ;;
                    -*) ;;
                    *) break ;;
                esac
                shift
            done
            case ${1:-} in
                create) sleep 60 </dev/null >/dev/null 2>&1 & echo $! >"$here/pid" ;;
                state) echo "{\\"pid\\": $(cat "$here/pid"), \\"bundle\\": \\"$here/bundle\\"}" ;;
            esac
            case ${1:-} in create | other | exec) cat; echo "to stderr" >&2; exit ${STATUS:-0} ;; esac
            """;

    /** Writes a line, as strace does when it has attached, and waits for the process to end. */
    private static final String FAKE_STRACE = """
            #!/bin/sh
            while [ $# -gt 0 ]; do
                case $1 in -o) trace=$2 ;; -p) pid=$2 ;; esac
                shift
            done
            ls /proc/self/fd >"$trace.descriptors"
            echo "$pid write(1, \\"\\"..., 1) = 1" >>"$trace"
            while grep -qs '^State:.[RSD]' "/proc/$pid/status"; do sleep 0.05; done
            """;

    @TempDir
    Path folder;

    private Path runtime;
    private Path strace;
    private Path bundle;
    private Path traces;

    @BeforeEach
    void plant() throws IOException {
        runtime = script("fake", FAKE_RUNTIME);
        strace = script("strace", FAKE_STRACE);
        bundle = Files.createDirectories(folder.resolve("bundle"));
        traces = folder.resolve("traces");
        config("{\"process\": {\"args\": [\"/bin/app\", \"--serve\"], \"noNewPrivileges\": true}}");
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        if (Files.exists(folder.resolve("pid"))) {
            new ProcessBuilder("kill", Files.readString(folder.resolve("pid")).strip())
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        }
        // what runtimes note in /run goes with the container
        run(Map.of(), "--root", "/r", "delete", ID);
        run(Map.of(), "delete", ID);
        for (int i = 0; i < 100 && isRecording(); i++) {
            Thread.sleep(50);
        }
    }

    private boolean isRecording() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.anyMatch(process -> {
                try {
                    return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .contains(strace.toString());
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void passesWordsStreamsAndStatusThrough() throws Exception {
        Result result = run(Map.of("STATUS", "42"), "--root", "/r", "--log=l", "other", "--strait-dir=kept", "a b", "");
        assertEquals(new Result(42, "input", "to stderr\n"), result);
        assertEquals("[--root]\n[/r]\n[--log=l]\n[other]\n[--strait-dir=kept]\n[a b]\n[]\nend\n", words());
    }

    @Test
    void attachesBeforeCreateReturns() throws Exception {
        Result result = run(Map.of(), "--root", "/r", "create", "--bundle", bundle.toString(), ID);
        assertEquals(new Result(0, "input", "to stderr\n"), result);
        List<String> lines = Files.readAllLines(onlyTrace());
        assertEquals(2, lines.size());
        JsonNode header = header(lines.get(0));
        assertEquals("container", header.required("kind").asText());
        assertEquals(ID, header.required("id").asText());
        assertEquals("fake 1.2.3", header.required("runtime").asText());
        assertEquals("[\"/bin/app\",\"--serve\"]", header.required("command").toString());
        assertTrue(header.required("noNewPrivs").asBoolean());
        assertEquals(Files.readString(folder.resolve("pid")).strip() + " write(1, \"\"..., 1) = 1", lines.get(1));
        assertTrue(words().startsWith("[--root]\n[/r]\n[create]\n[--bundle]\n[" + bundle + "]\n[" + ID + "]\nend\n"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyTrace())));
    }

    /** What the calls of the container depend on. */
    @Test
    void namesProcessorsAndRelease() throws Exception {
        Path root = Files.createDirectories(bundle.resolve("rootfs/usr/lib")).resolve("os-release");
        Files.writeString(root, "NAME=x\nID=alpine\nVERSION_ID=\"3.20.1\"\n");
        config("{\"process\": {\"args\": [\"app\"]}, \"root\": {\"path\": \"rootfs\"},"
                + " \"linux\": {\"resources\": {\"cpu\": {\"cpus\": \"0\"}}}}");
        run(Map.of(), "create", "--bundle", bundle.toString(), ID);
        JsonNode header = header(Files.readAllLines(onlyTrace()).get(0));
        assertEquals("alpine-3.20.1", header.required("release").asText());
        assertEquals("1", header.required("processors").asText());
    }

    /** An image may have anything in that place. */
    @Test
    void readsNoReleaseByALinkOrFromAFifo() throws Exception {
        Files.createDirectories(bundle.resolve("rootfs/etc"));
        Files.createDirectories(bundle.resolve("rootfs/usr/lib"));
        Files.writeString(bundle.resolve("rootfs/other"), "ID=debian\nVERSION_ID=13\n");
        Files.createSymbolicLink(bundle.resolve("rootfs/usr/lib/os-release"), Path.of("../../other"));
        new ProcessBuilder("mkfifo", bundle.resolve("rootfs/etc/os-release").toString())
                .start()
                .waitFor();
        config("{\"process\": {\"args\": [\"app\"]}, \"root\": {\"path\": \"" + bundle + "/rootfs\"}}");
        run(Map.of(), "create", "--bundle", bundle.toString(), ID);
        JsonNode header = header(Files.readAllLines(onlyTrace()).get(0));
        assertFalse(header.has("release"));
        assertTrue(header.required("processors").asInt() > 0);
    }

    @Test
    void straceHasNoDescriptorOfTheEngine() throws Exception {
        run(Map.of(), "create", "--bundle", bundle.toString(), ID);
        // 3 is the lock, and the last one is that of ls itself
        List<String> descriptors = Files.readAllLines(Path.of(onlyTrace() + ".descriptors"));
        assertTrue(
                List.of("0", "1", "2", "3").equals(descriptors.subList(0, 4)) && descriptors.size() <= 6,
                descriptors::toString);
    }

    @Test
    void passesOnThatTheRuntimeFailed() throws Exception {
        Result result = run(Map.of("STATUS", "3"), "create", "--bundle", bundle.toString(), ID);
        assertEquals(new Result(3, "input", "to stderr\n"), result);
        assertEquals(List.of(), traces());
    }

    @Test
    void twoStartsDoNotOverwriteEachOther() throws Exception {
        run(Map.of(), "create", "--bundle", bundle.toString(), ID);
        end();
        run(Map.of(), "create", "--bundle", bundle.toString(), ID);
        assertEquals(
                List.of("0123456789ab-1.strace", "0123456789ab-2.strace"),
                traces().stream().map(trace -> trace.getFileName().toString()).toList());
    }

    @Test
    void hostileNamesStayInsideTheFolder() throws Exception {
        config("{\"process\": {\"args\": [\"\\u001b[31m\\ud83d\\ude00\\\"\", \"\\u0000\"]}, \"annotations\": {"
                + "\"io.kubernetes.cri.container-type\": \"container\","
                + "\"io.kubernetes.cri.sandbox-name\": \"../../etc\\u001b/\","
                + "\"io.kubernetes.cri.container-name\": \"..\"}}");
        run(Map.of(), "create", "--bundle", bundle.toString(), ID);
        Path trace = onlyTrace();
        assertEquals(traces.resolve("_._.._etc___.."), trace.getParent());
        assertTrue(trace.getParent().getFileName().toString().matches("[A-Za-z0-9_][A-Za-z0-9_.-]*"), trace::toString);
        String line = Files.readAllLines(trace).get(0);
        assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
        JsonNode header = header(line);
        assertEquals(
                "\u001b[31m\ud83d\ude00\"", header.required("command").get(0).asText());
        assertEquals("../../etc\u001b/_..", header.required("name").asText());
    }

    @Test
    void aLongCommandIsCut() throws Exception {
        config("{\"process\": {\"args\": [\"app\"" + ", \"word word word word\"".repeat(2000) + "]}}");
        run(Map.of(), "create", "--bundle", bundle.toString(), ID);
        String line = Files.readAllLines(onlyTrace()).get(0);
        assertTrue(line.length() < 8192 && line.length() > 7000, "" + line.length());
        assertEquals("app", header(line).required("command").get(0).asText());
    }

    @Test
    void startsUnrecordedWhereStraceIsMissing() throws Exception {
        assertUnrecorded(Map.of("STRAIT_STRACE", "/nowhere/strace"), "no strace on PATH; install strace 5.9 or later");
    }

    @Test
    void startsUnrecordedWhereStraceIsOld() throws Exception {
        script("strace", "#!/bin/sh\necho \"strace: invalid option -- 'n'\" >&2; exit 1\n");
        assertUnrecorded(Map.of(), "strace is older than 5.9; install a newer one");
    }

    @Test
    void startsUnrecordedWherePtraceIsForbidden() throws Exception {
        script("strace", "#!/bin/sh\necho 'attach: ptrace(PTRACE_SEIZE, 1): Operation not permitted' >&2; exit 1\n");
        assertUnrecorded(
                Map.of(),
                "strace may not trace it (attach: ptrace(PTRACE_SEIZE, 1): Operation not permitted);"
                        + " give the runtime CAP_SYS_PTRACE, and look at kernel.yama.ptrace_scope and AppArmor");
    }

    @Test
    void startsUnrecordedWhereTheFolderIsNoFolder() throws Exception {
        Files.writeString(traces, "a file");
        Result result = run(Map.of(), "create", "--bundle", bundle.toString(), ID);
        assertEquals(0, result.status());
        String line = "warning: container 0123456789ab starts unrecorded: cannot make " + traces + ": ";
        assertTrue(result.err().contains("strait-oci: " + line), result.err());
        // of root, or of another user
        StringBuilder logs = new StringBuilder();
        for (Path place : List.of(Path.of("/run/strait-oci"), folder.resolve("strait-oci"))) {
            if (Files.isReadable(place.resolve("strait-oci.log"))) {
                logs.append(Files.readString(place.resolve("strait-oci.log")));
            }
        }
        assertTrue(logs.toString().contains(line), logs::toString);
    }

    @Test
    void startsUnrecordedWhatEndedBefore() throws Exception {
        // a parent that does not wait for it
        script(
                "fake",
                FAKE_RUNTIME
                        .replace("sleep 60 <", "sh -c 'sleep 60 & echo $! >\"$0/pid\"; exec sleep 3' \"$here\" <")
                        .replace(
                                "& echo $! >\"$here/pid\" ;;", "& until [ -s \"$here/pid\" ]; do sleep 0.02; done ;;"));
        script(
                "strace",
                "#!/bin/sh\nfor pid; do :; done; kill -9 $pid; sleep 0.1\n"
                        + "echo 'attach: ptrace(PTRACE_SEIZE, 1): Operation not permitted' >&2; exit 1\n");
        assertUnrecorded(Map.of(), "it ended before strace was attached");
    }

    @Test
    void oneOfTwoInARowRecords() throws Exception {
        String self = Path.of("strait-oci").toAbsolutePath().toString();
        Path inner = script(
                "inner", "#!/bin/sh\nexec " + self + " --strait-dir=${0%/*}/in --strait-runtime=${0%/*}/fake \"$@\"\n");
        Map<String, String> environment = Map.of("STRAIT_OCI_RUNTIME", inner.toString());
        Result result = run(environment, "create", "--bundle", bundle.toString(), ID);
        assertEquals(
                new Result(
                        0,
                        "input",
                        "strait-oci: warning: container 0123456789ab: another strait-oci in front of this one records it;"
                                + " name one of them only\nto stderr\n"),
                result);
        assertEquals(traces, onlyTrace().getParent().getParent());
        // each with the notes that create left
        assertEquals(0, run(environment, "start", ID).status());
        assertTrue(words().endsWith("[start]\n[" + ID + "]\nend\n"), words());
    }

    @Test
    void followsNoLinkInItsFolder() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createDirectories(traces);
        Files.createSymbolicLink(traces.resolve("0123456789ab"), elsewhere);
        assertUnrecorded(
                Map.of(), traces.resolve("0123456789ab") + " is not a folder of this user alone; move it away");
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aTraceThatIsCutIsSaidWhenTheContainerIsDeleted() throws Exception {
        script("strace", FAKE_STRACE.replace("0.05; done", "0.05; done; printf 'read(' >>\"$trace\""));
        run(Map.of(), "create", "--bundle", bundle.toString(), ID);
        new ProcessBuilder("kill", Files.readString(folder.resolve("pid")).strip())
                .start()
                .waitFor();
        Result result = run(Map.of(), "delete", ID);
        assertEquals(
                new Result(
                        0,
                        "",
                        "strait-oci: warning: container 0123456789ab: its trace is cut; make room, or name another folder with"
                                + " --strait-dir\n"),
                result);
    }

    @Test
    void saysThatTheProcessEndedBefore() throws Exception {
        script("fake", FAKE_RUNTIME.replace("sleep 60 </dev/null", "true </dev/null"));
        script("strace", "#!/bin/sh\nsleep 1\n");
        assertUnrecorded(Map.of(), "it ended before strace was attached");
    }

    @Test
    void strictDeletesWhatItCannotRecord() throws Exception {
        Path log = folder.resolve("log");
        Result result = run(
                Map.of("STRAIT_STRACE", "/nowhere/strace", "STRAIT_OCI_STRICT", "1"),
                "--log",
                log.toString(),
                "--log-format",
                "json",
                "create",
                "--bundle",
                bundle.toString(),
                ID);
        assertEquals(new Result(1, "input", "to stderr\n"), result);
        assertTrue(words().endsWith("[delete]\n[--force]\n[" + ID + "]\nend\n"), words());
        JsonNode said = new ObjectMapper().readTree(Files.readString(log));
        assertEquals("error", said.required("level").asText());
        assertEquals(
                "strait-oci: container 0123456789ab is not started: no strace on PATH; install strace 5.9 or later",
                said.required("msg").asText());
    }

    /** A container starts all the same, and one line says why it is not recorded. */
    private void assertUnrecorded(Map<String, String> environment, String why) throws Exception {
        Result result = run(environment, "create", "--bundle", bundle.toString(), ID);
        String line = "warning: container 0123456789ab starts unrecorded: " + why + "\n";
        assertEquals(new Result(0, "input", "to stderr\nstrait-oci: " + line), result);
        String log = Files.readString(traces.resolve("strait-oci.log"));
        assertTrue(log.matches("\\S{20} .*\\n") && log.endsWith(line), log);
        assertEquals(List.of(), traces());
        assertFalse(words().contains("delete"));
    }

    private void config(String text) throws IOException {
        Files.writeString(bundle.resolve("config.json"), text);
    }

    private static JsonNode header(String line) throws IOException {
        assertTrue(line.startsWith(HEADER), line);
        return new ObjectMapper().readTree(line.substring(HEADER.length()));
    }

    private String words() throws IOException {
        return Files.readString(folder.resolve("words"));
    }

    private Path onlyTrace() throws IOException {
        List<Path> all = traces();
        assertEquals(1, all.size(), all.toString());
        return all.get(0);
    }

    private List<Path> traces() throws IOException {
        try (Stream<Path> files = Files.walk(traces)) {
            return files.filter(file -> file.toString().endsWith(".strace"))
                    .sorted()
                    .toList();
        }
    }

    private Path script(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /** How the runtime ended, and what it wrote. */
    private record Result(int status, String out, String err) {}

    private Result run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(List.of(Path.of("strait-oci").toAbsolutePath().toString()));
        line.addAll(List.of(words));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(Files.writeString(folder.resolve("in"), "input").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .putAll(Map.of(
                        "XDG_RUNTIME_DIR", folder.toString(),
                        "STRAIT_OCI_DIR", traces.toString(),
                        "STRAIT_OCI_RUNTIME", runtime.toString(),
                        "STRAIT_STRACE", strace.toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running: " + line);
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
