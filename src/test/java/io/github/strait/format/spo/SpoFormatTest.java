package io.github.strait.format.spo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Blocks;
import io.github.strait.format.Formats;
import io.github.strait.format.Reading;
import io.github.strait.format.Settings;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpoFormatTest {
    private static final String HEAD = """
            apiVersion: security-profiles-operator.x-k8s.io/v1beta1
            kind: SeccompProfile
            metadata: {name: web}
            spec:
              defaultAction: SCMP_ACT_ERRNO
            """;

    private static Profile.Builder profile() {
        return Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
    }

    private static void assertInexpressible(String message, Profile.Builder profile) {
        assertEquals(
                "format 'spo' " + message,
                assertThrows(RefusalException.class, () -> SpoFormat.SPO.write(profile.build()))
                        .getMessage());
    }

    private static Reading read(String text) {
        return Formats.read("f", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String text) {
        return assertThrows(RefusalException.class, () -> read(text))
                .diagnostic()
                .toString()
                .replace(" [unreadable-profile]", "");
    }

    @Test
    void aDocumentIsWrittenByteForByte() {
        Reading reading = SpoFormat.SPO.read("spo.yaml", Blocks.bytes("spo.yaml"));
        assertEquals(List.of(), reading.diagnostics());
        assertEquals(
                Blocks.text("spo.yaml"),
                new String(
                        SpoFormat.SPO.with(reading.settings().orElseThrow()).write(reading.profile()),
                        StandardCharsets.UTF_8));
    }

    @Test
    void whatTheServerOrTheOperatorWouldDropIsNotWritten() {
        assertInexpressible(
                "returns EPERM (1) for every call that no rule lists, and the default names 38; the resource has no"
                        + " defaultErrnoRet: generate with --errno EPERM, or use oci",
                profile().defaultErrnoRet(38));
        assertInexpressible(
                "has no SCMP_ARCH_LOONGARCH64, which the resource's schema does not list; use oci",
                Profile.builder(Action.ERRNO).architectures(Arch.LOONGARCH64));
        assertInexpressible(
                "cannot return 0, as the rule for 'read' does: the operator drops the number, and the call would return"
                        + " EPERM",
                profile().rule(Rule.errno(0, "read")));
        assertInexpressible(
                "has no values beyond 2^63-1, and the rule for 'lseek' has one: arg1 EQ 18446744073709551615; the API"
                        + " server refuses them; use oci",
                profile()
                        .rule(Rule.builder(Action.ALLOW)
                                .name("lseek")
                                .condition(Condition.of(1, Operator.EQ, -1))
                                .build()));
        assertInexpressible(
                "takes a listenerPath in /var/run/security-profiles-operator/ alone, with a name of letters, digits, dots,"
                        + " underscores and hyphens",
                profile().listenerPath("/run/agent.sock"));
        assertInexpressible(
                "cannot have SCMP_ACT_NOTIFY as the default, which the API server refuses",
                Profile.builder(Action.NOTIFY));
        assertInexpressible(
                "has no comments, and the rule for 'read' has one; leave them out with --no-comments, or use moby",
                profile()
                        .rule(Rule.builder(Action.ALLOW)
                                .name("read")
                                .comment("why")
                                .build()));
        assertEquals(
                "format 'spo' takes a name of lower-case letters, digits, hyphens and dots, not 'My_App'; use --name my-app",
                assertThrows(
                                RefusalException.class,
                                () -> SpoFormat.SPO
                                        .with(new Settings("My_App"))
                                        .write(profile().build()))
                        .getMessage());
    }

    @Test
    void bothVersionsAreReadAsYamlAndAsJson() {
        Profile expected = profile().defaultErrnoRet(1).rule(Rule.allow("read")).build();
        String rules = "  architectures: [SCMP_ARCH_X86_64]\n  syscalls: [{names: [read], action: SCMP_ACT_ALLOW}]\n";
        assertEquals(expected, read(HEAD + rules).profile());
        assertEquals(
                expected,
                read(HEAD.replace("v1beta1", "v1") + "  disabled: false\n" + rules)
                        .profile());
        Reading json = read("""
                {"apiVersion": "security-profiles-operator.x-k8s.io/v1", "kind": "SeccompProfile",
                 "metadata": {"name": "web", "uid": "1"}, "spec": {"defaultAction": "SCMP_ACT_ERRNO",
                 "architectures": ["SCMP_ARCH_X86_64"],
                 "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]}, "status": {"status": "Installed"}}
                """);
        assertEquals(expected, json.profile());
        assertEquals(Optional.of(new Settings("web")), json.settings());
        assertEquals(
                refusal(HEAD.replace("v1beta1", "v1alpha1")),
                "f:1: error: apiVersion 'security-profiles-operator.x-k8s.io/v1alpha1' is not one that the operator serves;"
                        + " write security-profiles-operator.x-k8s.io/v1beta1");
    }

    /** The lines that follow those of a good object; the message begins with the number of the line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'  defaultErrnoRet: 1' | 6: error: key 'defaultErrnoRet' of spec is dropped by the API server without a word; remove it",
                "'  sycalls: []' | 6: error: key 'sycalls' of spec is dropped by the API server without a word; write 'syscalls' or remove it",
                "'  syscalls: [{names: [read], action: SCMP_ACT_ALLOW, comment: x}]' | 6: error: key 'comment' of a rule is dropped by the API server without a word; remove it",
                "'  syscalls: [{names: [read], action: SCMP_ACT_ERRNO, errnoRet: 0}]' | 6: error: errnoRet 0 is dropped by the operator, and the call returns EPERM; write 1, or another number",
                "'  syscalls: [{names: [read], action: SCMP_ACT_ERRNO, errnoRet: \"1\"}]' | 6: error: 'errnoRet' takes a whole number from 0 to 4095, not text",
                "'  syscalls: [{names: [read], action: SCMP_ACT_ERRNO, errnoRet: 4096}]' | 6: error: 'errnoRet' takes a whole number from 0 to 4095, not the number 4096",
                "'  syscalls: [{names: [], action: SCMP_ACT_ALLOW}]' | 6: error: a rule without 'names' is refused by the API server; name the calls that it is for",
                "'  syscalls: [{names: [read, read], action: SCMP_ACT_ALLOW}]' | 6: error: 'read' comes twice in 'names', which the API server refuses; remove one",
                "'  syscalls: [{names: [read]}]' | 6: error: 'action' of a rule is missing; add it",
                "'  syscalls: [{names: [read], action: SCMP_ACT_ALLOW, args: [{index: 6, op: SCMP_CMP_EQ}]}]' | 6: error: 'index' takes a whole number from 0 to 5, not the number 6",
                "'  syscalls: [{names: [read], action: SCMP_ACT_ALLOW, args: [{op: SCMP_CMP_EQ}]}]' | 6: error: 'index' of a condition is missing; add it",
                "'  syscalls: [{names: [read], action: SCMP_ACT_ALLOW, args: [{index: 0, op: SCMP_CMP_EQ, value: 9223372036854775808}]}]' | 6: error: 'value' takes a whole number from 0 to 9223372036854775807, not the number 9223372036854775808",
                "'  syscalls: [{names: [read], action: SCMP_ACT_ALLOW, args: [{index: 0, op: SCMP_CMP_EQ, value: 010}]}]' | 6: error: '010' is a number in base 8 in YAML 1.1, which Kubernetes reads, and a decimal number in YAML 1.2; write a decimal number, or text in quotes",
                "'  syscalls: [{names: [on], action: SCMP_ACT_ALLOW}]' | 6: error: 'on' is true in YAML 1.1, which Kubernetes reads, and text in YAML 1.2; write a decimal number, or text in quotes",
                "'  syscalls:' | 6: error: key 'syscalls' has no value; remove it",
                "'  syscalls: {}' | 6: error: 'syscalls' is a list, not an object",
                "'  architectures: [SCMP_ARCH_LOONGARCH64]' | 6: error: 'SCMP_ARCH_LOONGARCH64' in 'architectures' is not one that the resource's schema and runtimes know; write one of SCMP_ARCH_X86 SCMP_ARCH_X86_64 SCMP_ARCH_X32 SCMP_ARCH_ARM SCMP_ARCH_AARCH64 SCMP_ARCH_MIPS SCMP_ARCH_MIPS64 SCMP_ARCH_MIPS64N32 SCMP_ARCH_MIPSEL SCMP_ARCH_MIPSEL64 SCMP_ARCH_MIPSEL64N32 SCMP_ARCH_PPC SCMP_ARCH_PPC64 SCMP_ARCH_PPC64LE SCMP_ARCH_S390 SCMP_ARCH_S390X SCMP_ARCH_PARISC SCMP_ARCH_PARISC64 SCMP_ARCH_RISCV64",
                "'  flags: [SECCOMP_FILTER_FLAG_NEW_LISTENER]' | 6: error: 'SECCOMP_FILTER_FLAG_NEW_LISTENER' in 'flags' is unknown",
                "'  listenerPath: /run/agent.sock' | 6: error: the API server takes a listenerPath in /var/run/security-profiles-operator/ alone",
                "'  disabled: true' | 6: error: the operator installs no profile with 'disabled'; remove the key",
                "'  baseProfileName: runc-v1.1.12' | 6: error: baseProfileName: the operator unites this profile with another one, which is not in the file; merge both with: strait merge, and remove the key",
                "'  defaultAction: SCMP_ACT_ALLOW' | 6: error: key 'defaultAction' comes twice; remove one",
            })
    void whatTheServerOrTheOperatorWouldDropIsNotRead(String lines, String message) {
        String refused = refusal(HEAD + lines + "\n");
        assertTrue(refused.startsWith("f:" + message), refused);
    }

    @Test
    void aFileHasOneProfile() {
        String other = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n";
        Reading reading = read(other + "---\n" + HEAD);
        assertEquals(Optional.of(new Settings("web")), reading.settings());
        assertEquals(
                List.of("f:6: warning: only this object of the file is read; a document that is written has it alone"
                        + " [other-objects]"),
                reading.diagnostics().stream().map(Diagnostic::toString).toList());
        assertEquals(
                "f:7: error: the file has 2 profiles: SeccompProfile 'web' (line 1), SeccompProfile 'web' (line 7); split it,"
                        + " one profile a file",
                refusal(HEAD + "---\n" + HEAD));
        assertEquals(
                "f:4: error: the file has 2 profiles: SeccompProfile 'a' (line 3), SeccompProfile 'b' (line 4); split it, one"
                        + " profile a file",
                refusal("""
                        apiVersion: v1
                        items:
                        - {kind: SeccompProfile, metadata: {name: a}}
                        - {kind: SeccompProfile, metadata: {name: b}}
                        kind: List
                        """));
    }

    @Test
    void aBombIsOneLine() {
        StringBuilder bomb = new StringBuilder(HEAD + "  syscalls: &a0 [a, b]\nx:\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("- &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        assertTrue(refusal(bomb.toString()).contains("larger than any profile"), refusal(bomb.toString()));
    }
}
