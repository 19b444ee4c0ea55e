package io.github.strait.format.talos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Blocks;
import io.github.strait.format.Formats;
import io.github.strait.format.Reading;
import io.github.strait.format.Settings;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TalosFormatTest {
    private static final Profile SMALL = Profile.builder(Action.ERRNO)
            .defaultErrnoRet(1)
            .architectures(Arch.X86_64)
            .rule(Rule.allow("execve", "exit_group", "getpid", "write"))
            .build();

    private static Reading read(String text) {
        return Formats.read("f", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDocumentIsWrittenByteForByte() {
        Reading reading = TalosFormat.TALOS.read("talos.yaml", Blocks.bytes("talos.yaml"));
        assertEquals(List.of(), reading.diagnostics());
        assertEquals(Optional.of(new Settings("web.app")), reading.settings());
        assertEquals(
                Blocks.text("talos.yaml"),
                new String(
                        TalosFormat.TALOS.with(reading.settings().orElseThrow()).write(reading.profile()),
                        StandardCharsets.UTF_8));
    }

    @Test
    void aDocumentOfItsOwnIsRead() {
        Reading reading = read("""
                apiVersion: v1alpha1
                kind: SeccompProfileConfig
                name: app.json
                profile:
                  defaultAction: SCMP_ACT_ERRNO
                  defaultErrnoRet: 1
                  architectures: [SCMP_ARCH_X86_64]
                  syscalls:
                  - names: [execve, exit_group, getpid, write]
                    action: SCMP_ACT_ALLOW
                """);
        assertEquals(SMALL, reading.profile());
        assertEquals(Optional.of(new Settings("app")), reading.settings());
        assertEquals(List.of(), reading.diagnostics());
    }

    @Test
    void theListOfOlderReleasesIsRead() {
        Reading reading = read("""
                version: v1alpha1
                machine:
                  install: {disk: /dev/sda, wipe: no}
                  seccompProfiles:
                  - name: audit
                    value:
                      defaultAction: SCMP_ACT_ERRNO
                      defaultErrnoRet: 1
                      architectures: [SCMP_ARCH_X86_64]
                      syscalls: [{names: [execve, exit_group, getpid, write], action: SCMP_ACT_ALLOW}]
                """);
        assertEquals(SMALL, reading.profile());
        assertEquals(Optional.of(new Settings("audit")), reading.settings());
        assertEquals(
                List.of(
                        "f:5: warning: only the profile of the configuration is read; a document that is written has it"
                                + " alone, as a SeccompProfileConfig [other-objects]",
                        "f:5: warning: the name has no .json; a document that is written adds it, and pods name it"
                                + " [talos-name]"),
                reading.diagnostics().stream().map(Diagnostic::toString).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'name: a.json' | 1: error: the entry has no profile; add it",
                "'profile: {defaultAction: SCMP_ACT_LOG}' | 1: error: name: '' cannot name a profile; a name is a letter or digit and at most 62 more letters, digits, dots, underscores and hyphens",
                "'name: ../x\nprofile: {defaultAction: SCMP_ACT_LOG}' | 1: error: name: '../x' cannot name a profile; a name is a letter or digit and at most 62 more letters, digits, dots, underscores and hyphens",
                "'name: a.json\nvalue: {}' | 4: error: key 'value' of SeccompProfileConfig is unknown, and Talos refuses the document; remove it",
                "'name: a.json\nprofile: {syscalls: []}' | 4: error: 'defaultAction' is missing, which Talos requires; add it",
                "'name: a.json\nprofile: {defaultAction: SCMP_ACT_ERRNO, defaultErrnoRet: 0_1}' | 4: error: '0_1' is a number in base 8 in YAML 1.1, which Kubernetes reads, and text in YAML 1.2; write a decimal number, or text in quotes",
                "'name: a.json\nprofile: {defaultAction: SCMP_ACT_ERRNO, syscalls: [{names: [bpf], action: SCMP_ACT_ALLOW, includes: {caps: [CAP_BPF]}}]}' | 4: error: 'includes' is Moby's, and runtimes of plain OCI ignore it; read the document as moby",
                "'---\nkind: SeccompProfileConfig\nname: b.json' | 4: error: the configuration has 2 profiles; split it, one profile a file",
                "'---\nmachine: {}' | 1: error: the entry has no profile; add it",
            })
    void otherDocumentsAreRefused(String lines, String message) {
        assertEquals(
                "f:" + message + " [unreadable-profile]",
                assertThrows(
                                RefusalException.class,
                                () -> read("apiVersion: v1alpha1\nkind: SeccompProfileConfig\n" + lines + "\n"))
                        .diagnostic()
                        .toString());
    }

    @Test
    void aConfigurationWithoutOneIsRefused() {
        assertEquals(
                "f: error: neither a SeccompProfileConfig nor an entry of machine.seccompProfiles is in the configuration"
                        + " [unreadable-profile]",
                assertThrows(RefusalException.class, () -> read("version: v1alpha1\nmachine: {type: worker}\n"))
                        .diagnostic()
                        .toString());
    }
}
