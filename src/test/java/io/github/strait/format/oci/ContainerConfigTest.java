package io.github.strait.format.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Engine;
import io.github.strait.format.Formats;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code linux.seccomp} in the configuration of a container. */
class ContainerConfigTest {
    private static final List<String> PATH = List.of("linux", "seccomp");

    private static final String CONFIG = """
            {
              "ociVersion": "1.0.2",
              "hooks": {"defaultAction": "none"},
              "linux": {
                "seccomp": %s
              }
            }
            """;

    private static Reading read(String text) {
        return Formats.read("f", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String text) {
        return assertThrows(RefusalException.class, () -> read(text).profile())
                .diagnostic()
                .toString();
    }

    private static String with(String config, String value) {
        return new String(
                ContainerConfig.with("f", config.getBytes(StandardCharsets.UTF_8), PATH, value),
                StandardCharsets.UTF_8);
    }

    @Test
    void theProfileOfAConfigurationIsRead() {
        Profile profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(1)
                .architectures(Arch.X86_64)
                .rule(Rule.allow("read"))
                .build();
        String document = new String(OciFormat.OCI.write(profile), StandardCharsets.UTF_8);
        Reading reading = read(CONFIG.formatted(document));
        assertEquals(profile, reading.profile());
        assertEquals(ImmutableList.of(), reading.diagnostics());
    }

    @Test
    void placesAreThoseInTheConfiguration() {
        Reading reading = read(CONFIG.formatted("""
                {"defaultAction": "SCMP_ACT_ERRNO",
                 "flagz": [], "syscalls": []}"""));
        assertEquals(
                List.of("f:6: warning: key 'flagz' of the profile is unknown, and runtimes ignore it; write 'flags' or"
                        + " remove it [unknown-key]"),
                reading.diagnostics().stream().map(Diagnostic::toString).toList());
        assertEquals(
                "f:5: error: 'SCMP_ACT_NO' in 'defaultAction' is unknown, and no container starts with it; write one of"
                        + " SCMP_ACT_KILL_PROCESS SCMP_ACT_KILL_THREAD SCMP_ACT_TRAP SCMP_ACT_ERRNO SCMP_ACT_NOTIFY"
                        + " SCMP_ACT_TRACE SCMP_ACT_LOG SCMP_ACT_ALLOW [unreadable-profile]",
                refusal(CONFIG.formatted("{\"defaultAction\": \"SCMP_ACT_NO\"}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"ociVersion\": \"1\"} | 1",
                "{\"ociVersion\": \"1\", @\"linux\": {}} | 2",
                "{\"ociVersion\": \"1\", @@\"linux\": {\"seccomp\": null}} | 3",
                "{\"ociVersion\": \"1\", \"linux\": null} | 1",
            })
    void aConfigurationWithoutAFilterIsRefused(String text, int line) {
        assertEquals(
                "f:" + line
                        + ": error: the configuration has no 'linux.seccomp', and its container runs without a filter:"
                        + " every call is allowed; write a profile into it with: strait convert PROFILE --into FILE"
                        + " [unreadable-profile]",
                refusal(text.replace('@', '\n')));
    }

    /** Runtimes do not know what Docker adds, whoever is asked to read a configuration. */
    @Test
    void aConfigurationIsReadAsARuntimeDoes() {
        String moby = CONFIG.formatted("""
                {"defaultAction": "SCMP_ACT_ERRNO", "archMap": [{"architecture": "SCMP_ARCH_X86_64"}], "syscalls": []}""");
        assertEquals(
                "f:5: error: 'archMap' is Moby's, and runtimes of plain OCI ignore it; write the profile as oci"
                        + " [unreadable-profile]",
                refusal(moby));
        String twice = "{\"ociVersion\": \"1\", \"linux\": {\"seccomp\": {\"defaultAction\": \"SCMP_ACT_TRAP\"}},"
                + "\"linux\": {\"seccomp\": {\"defaultAction\": \"SCMP_ACT_LOG\"}}}";
        assertEquals(Action.LOG, read(twice).profile().defaultAction());
        Reader crun = new Reader(Engine.CRUN, Arch.X86_64);
        assertEquals(
                Action.TRAP,
                Formats.read("f", twice.getBytes(StandardCharsets.UTF_8), crun)
                        .profile()
                        .defaultAction());
    }

    @Test
    void aFilterInAnAnnotationAloneSaysHowToReadIt() {
        RefusalException refusal =
                assertThrows(RefusalException.class, () -> read("""
                {"ociVersion": "1",
                 "annotations": {"run.oci.seccomp_bpf_data": "BgAAAAAA/38="}}""").profile());
        assertEquals(
                "f:2: error: the filter is in the annotation run.oci.seccomp_bpf_data, which crun runs and runc ignores,"
                        + " and not in 'linux.seccomp'; read it as a compiled filter, from: jq -r"
                        + " '.annotations[\"run.oci.seccomp_bpf_data\"]' config.json | base64 -d [unreadable-profile]",
                refusal.diagnostic().toString());
    }

    @Test
    void aFilterInAnAnnotationIsNamed() {
        Reading reading = read("""
                {"ociVersion": "1", "linux": {"seccomp": {"defaultAction": "SCMP_ACT_TRAP"}},
                 "annotations": {"run.oci.seccomp_bpf_data": "BgAAAAAA/38="}}""");
        assertEquals(
                List.of("f:2: warning: crun takes the filter of the annotation run.oci.seccomp_bpf_data instead of"
                        + " 'linux.seccomp'; remove one of the two [unread-entry]"),
                reading.diagnostics().stream().map(Diagnostic::toString).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{\"ociVersion\":\"1\"}|{\"ociVersion\":\"1\",\"linux\":{\"seccomp\":{\"a\": [1]}}}",
                "{\"ociVersion\":\"1\",\"linux\":{}} |{\"ociVersion\":\"1\",\"linux\":{\"seccomp\":{\"a\": [1]}}} ",
                "{\"linux\":null,\"ociVersion\":\"1\"}|{\"linux\":{\"seccomp\":{\"a\": [1]}},\"ociVersion\":\"1\"}",
                "{\"linux\":{\"seccomp\" : 1.50e3, \"x\":[]},\"ociVersion\":\"1\"}"
                        + "|{\"linux\":{\"seccomp\" : {\"a\": [1]}, \"x\":[]},\"ociVersion\":\"1\"}",
                "{\"a\":1,\"a\":1E400,\"linux\":{\"seccomp\":\"}\\\"\"},\"ociVersion\":\"1\"}"
                        + "|{\"a\":1,\"a\":1E400,\"linux\":{\"seccomp\":{\"a\": [1]}},\"ociVersion\":\"1\"}",
            })
    void theRestStays(String before, String after) {
        assertEquals(after, with(before, "{\n  \"a\": [1]\n}\n"));
    }

    @Test
    void theValueIsIndentedAsTheRest() {
        String value = "{\n  \"a\": [\n    1\n  ]\n}\n";
        assertEquals(
                "{\r\n\t\"ociVersion\": \"1\",\r\n\t\"linux\": {\r\n\t\t\"x\": 1,\r\n\t\t\"seccomp\": {\r\n\t\t\t\"a\": [\r\n"
                        + "\t\t\t\t1\r\n\t\t\t]\r\n\t\t}\r\n\t}\r\n}",
                with("{\r\n\t\"ociVersion\": \"1\",\r\n\t\"linux\": {\r\n\t\t\"x\": 1\r\n\t}\r\n}", value));
        assertEquals(
                "{\n    \"ociVersion\": \"1\",\n    \"linux\": {\n        \"seccomp\": {\n            \"a\": [\n"
                        + "                1\n            ]\n        }\n    }\n}\n",
                with("{\n    \"ociVersion\": \"1\"\n}\n", value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"linux\": {}}|f: error: not the configuration of a container, which has an 'ociVersion'; name the"
                        + " config.json of a bundle [unreadable-profile]",
                "[1]|f: error: not the configuration of a container, which has an 'ociVersion'; name the config.json of"
                        + " a bundle [unreadable-profile]",
                "{\"ociVersion\":\"1\",\"linux\":{},@\"linux\":{}}|f:2: error: key 'linux' comes twice, and runc and"
                        + " crun read it differently; remove one [unreadable-profile]",
                "{\"ociVersion\":\"1\",\"linux\":{\"seccomp\":{},@@\"Seccomp\":{}}}|f:3: error: key 'linux.seccomp'"
                        + " comes twice, and runc and crun read it differently; remove one [unreadable-profile]",
                "{\"ociVersion\":\"1\",\"Linux\":{}}|f:1: error: key 'Linux' is read by runc but not by crun; write"
                        + " 'linux' [unreadable-profile]",
                "{\"ociVersion\":\"1\",\"linux\":[]}|f:1: error: 'linux' is not an object; correct it first"
                        + " [unreadable-profile]",
                "{\"ociVersion\":\"1\"} {}|f:1: error: column 20: something follows the end of the document; remove it"
                        + " [unreadable-profile]",
                "{\"ociVersion\":\"1\"|f:1: error: column 18: the document ends in the middle; is the file complete?"
                        + " [unreadable-profile]",
            })
    void whatIsUnclearIsRefused(String config, String message) {
        assertEquals(
                message,
                assertThrows(RefusalException.class, () -> with(config.replace('@', '\n'), "{}"))
                        .diagnostic()
                        .toString());
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        byte[] config = "{\"ociVersion\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                "some bytes are not UTF-8, and crun refuses it; save it as UTF-8",
                assertThrows(RefusalException.class, () -> ContainerConfig.with("f", config, PATH, "{}"))
                        .getMessage());
    }
}
