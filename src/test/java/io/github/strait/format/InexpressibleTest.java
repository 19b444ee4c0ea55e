package io.github.strait.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.names.NamesFormat;
import io.github.strait.format.oci.MobyFormat;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each format refuses to write. */
class InexpressibleTest {
    private static final Rule COMMENTED =
            Rule.builder(Action.ALLOW).name("read").comment("why").build();
    private static final Rule CONDITIONAL = Rule.builder(Action.ALLOW)
            .name("socket")
            .name("socketpair")
            .condition(Condition.of(0, Operator.EQ, 1))
            .build();
    private static final Rule SCOPED = Rule.builder(Action.ALLOW)
            .name("bpf")
            .scope(new Scope(
                    new Scope.Clause(ImmutableSortedSet.of(), ImmutableSortedSet.of("CAP_BPF"), Optional.empty()),
                    Scope.Clause.NONE))
            .build();

    @Test
    void plainOciHasNeitherScopesNorComments() {
        assertRefused(
                "format 'oci' has no includes or excludes, which the rule for 'bpf' needs; use moby",
                OciFormat.OCI,
                onX86().rule(SCOPED));
        assertRefused(
                "format 'oci' has no comments, and the rule for 'read' has one; leave them out with --no-comments, or use moby",
                OciFormat.OCI,
                onX86().rule(COMMENTED));
    }

    @Test
    void oneFilterHasOneByteOrder() {
        Profile.Builder mixed = onX86().architectures(Arch.S390X);
        assertRefused(
                "format 'oci' cannot list architectures of both byte orders, [X86_64, S390X], for runtimes refuse them;"
                        + " write a profile for each",
                OciFormat.OCI,
                mixed);
        assertEquals(
                mixed.build(),
                MobyFormat.MOBY.read("f", MobyFormat.MOBY.write(mixed.build())).profile());
        assertRefused(
                "format 'moby' cannot list architectures of both byte orders, [X86_64, S390X, PPC], for runtimes refuse"
                        + " them; write a profile for each",
                MobyFormat.MOBY,
                mixed.architectures(Arch.PPC));
    }

    @Test
    void namesListWhatIsAllowed() {
        assertRefused(
                "format 'names' has no conditions, and the rule for 'socket' and others has one: arg0 EQ 1; strait generate"
                        + " --format names derives a profile without",
                NamesFormat.NAMES,
                onX86().rule(CONDITIONAL));
        assertRefused(
                "format 'names' cannot say SCMP_ACT_LOG, the action of the rule for 'read'",
                NamesFormat.NAMES,
                onX86().rule(Rule.builder(Action.LOG).name("read").build()));
        assertRefused(
                "format 'names' lists what is allowed and needs a default that denies, not SCMP_ACT_ALLOW",
                NamesFormat.NAMES,
                Profile.builder(Action.ALLOW).architectures(Arch.X86_64));
        assertRefused(
                "format 'names' names an architecture with each call, and the profile has none",
                NamesFormat.NAMES,
                Profile.builder(Action.ERRNO).rule(Rule.allow("read")));
        assertRefused("format 'names' has no line for x86_64, which allows nothing", NamesFormat.NAMES, onX86());
        assertRefused(
                "format 'names' has no flags and no listener; use oci", NamesFormat.NAMES, onX86().flag(Flag.LOG));
        assertRefused(
                "format 'names' has no comments, and the rule for 'read' has one; leave them out with --no-comments, or use moby",
                NamesFormat.NAMES,
                onX86().rule(COMMENTED));
    }

    @Test
    void namesLeaveOutWhatIsDenied() {
        Profile profile = onX86().architectures(Arch.AARCH64)
                .rule(Rule.errno(38, "clone3"))
                .rule(Rule.errno(1, "write"))
                .rule(Rule.allow("clone3", "write", "open", "read", "no_such_call"))
                .build();
        assertEquals("""
                x86_64\tno_such_call
                x86_64\topen
                x86_64\tread
                x86_64\twrite
                aarch64\tno_such_call
                aarch64\tread
                aarch64\twrite
                """, new String(NamesFormat.NAMES.write(profile), StandardCharsets.UTF_8));
    }

    private static Profile.Builder onX86() {
        return Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
    }

    private static void assertRefused(String message, ProfileFormat format, Profile.Builder profile) {
        assertEquals(
                message,
                assertThrows(RefusalException.class, () -> format.write(profile.build()))
                        .getMessage());
    }
}
