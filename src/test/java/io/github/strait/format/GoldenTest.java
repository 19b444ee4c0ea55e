package io.github.strait.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.names.NamesFormat;
import io.github.strait.format.oci.MobyFormat;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents byte for byte. */
class GoldenTest {
    @ParameterizedTest
    @CsvSource({
        "oci, plain.json, plain.json",
        "oci, empty.json, empty.json",
        "moby, empty.json, empty.json",
        "moby, moby.json, moby.json",
        "moby, loose.json, loose-written.json",
        "moby, loose-written.json, loose-written.json",
        "names, calls.names, calls.names",
    })
    void readAndWritten(String name, String document, String expected) {
        ReadableFormat format = (ReadableFormat) Formats.find(name).orElseThrow();
        Reading reading = format.read(document, Blocks.bytes(document));
        assertEquals(
                document.equals("loose.json") ? "[singular-name]" : "[]",
                reading.diagnostics().stream().map(Diagnostic::code).toList().toString());
        assertEquals(Blocks.text(expected), new String(format.write(reading.profile()), StandardCharsets.UTF_8));
    }

    @Test
    void aPlainProfileIsWritten() {
        Profile profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(1)
                .architectures(Arch.X32, Arch.X86, Arch.X86_64)
                .flag(Flag.SPEC_ALLOW)
                .flag(Flag.LOG)
                .listenerPath("/run/seccomp-agent.socket")
                .listenerMetadata("one \"two\" \\ drei€")
                .rule(Rule.allow("write", "read", "exit_group"))
                .rule(Rule.builder(Action.ALLOW)
                        .name("clone")
                        .condition(Condition.maskedEqual(0, 0x7e020000, 0))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("personality")
                        .condition(Condition.of(0, Operator.EQ, -1))
                        .condition(Condition.maskedEqual(1, 0xffffffff00000000L, Long.MIN_VALUE))
                        .build())
                .rule(Rule.errno(38, "clone3"))
                .rule(Rule.builder(Action.NOTIFY).name("mount").build())
                .rule(Rule.builder(Action.TRACE).name("ptrace").errnoRet(0).build())
                .build();
        assertEquals(Blocks.text("plain.json"), new String(OciFormat.OCI.write(profile), StandardCharsets.UTF_8));
        assertEquals(
                profile, OciFormat.OCI.read("f", Blocks.bytes("plain.json")).profile());
        assertEquals(
                profile, MobyFormat.MOBY.read("f", Blocks.bytes("plain.json")).profile());
    }

    @Test
    void theNamesOfTwoAbisAreOneProfile() {
        Profile profile =
                NamesFormat.NAMES.read("f", Blocks.bytes("calls.names")).profile();
        assertEquals(ImmutableSortedSet.of(Arch.X86_64, Arch.X86), profile.architectures());
        assertEquals(ImmutableList.of(Rule.allow("open", "openat", "read", "socketcall")), profile.rules());
        assertEquals(Decision.of(Action.ERRNO), profile.defaultDecision());
    }

    /** Docker's own way with clone: free with a capability, masked without, other argument on s390x. */
    @Test
    void mobyScopesAreResolvedBeforeDeciding() {
        Profile profile = MobyFormat.MOBY.read("f", Blocks.bytes("moby.json")).profile();
        KernelVersion kernel = new KernelVersion(6, 1);
        Profile plain = profile.resolve(Arch.X86_64, Set.of(), kernel);
        Profile admin = profile.resolve(Arch.X86_64, Set.of("CAP_SYS_ADMIN"), kernel);
        Profile big = profile.resolve(Arch.S390X, Set.of(), kernel);

        assertEquals(Decision.of(Action.ERRNO), plain.decide(SeccompData.of(Arch.X86_64, 56, 0x20000)));
        assertEquals(Decision.of(Action.ALLOW), plain.decide(SeccompData.of(Arch.X86_64, 56, 17)));
        assertEquals("ERRNO 38", plain.decide(SeccompData.of(Arch.X86_64, 435)).toString());
        assertEquals(Decision.of(Action.ALLOW), admin.decide(SeccompData.of(Arch.X86_64, 56, 0x20000)));
        assertEquals(Decision.of(Action.ALLOW), admin.decide(SeccompData.of(Arch.X86_64, 435)));
        assertEquals(Decision.of(Action.ALLOW), big.decide(SeccompData.of(Arch.S390X, 120, 0x20000, 17)));
        assertEquals(Decision.of(Action.ERRNO), big.decide(SeccompData.of(Arch.S390X, 120, 17, 0x20000)));
        assertEquals(ImmutableSortedSet.of(Arch.X86_64, Arch.X86, Arch.X32), plain.architectures());
    }

    @Test
    void aRuleForNoMachineAllowsNothing() {
        Profile profile =
                MobyFormat.MOBY.read("f", """
                        {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
                         {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": ["vax"]}},
                         {"names": ["read"], "action": "SCMP_ACT_ALLOW", "excludes": {"arches": ["vax"]}}]}""".getBytes(StandardCharsets.UTF_8)).profile();
        assertEquals(
                ImmutableList.of("read"),
                profile.rules().stream()
                        .flatMap(rule -> rule.names().stream())
                        .collect(ImmutableList.toImmutableList()));
    }
}
