package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Merge.Merged;
import io.github.strait.profile.Merge.Source;
import io.github.strait.syscall.Arch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Unions by example, and what is said about them. */
class MergeTest {
    private static Profile.Builder on(Arch... arches) {
        return Profile.builder(Action.ERRNO).defaultErrnoRet(1).architectures(arches);
    }

    private static Rule allow(String name, Condition... conditions) {
        return Rule.builder(Action.ALLOW)
                .name(name)
                .conditions(ImmutableList.copyOf(conditions))
                .build();
    }

    private static Merged merge(Profile.Builder... profiles) {
        List<Source> sources = new ArrayList<>();
        for (Profile.Builder profile : profiles) {
            sources.add(new Source(String.valueOf((char) ('a' + sources.size())), profile.build()));
        }
        return Merge.of(sources);
    }

    private static List<String> said(Merged merged) {
        return merged.diagnostics().stream().map(Diagnostic::message).toList();
    }

    private static void assertRefused(String message, Profile.Builder... profiles) {
        assertEquals(
                message,
                assertThrows(RefusalException.class, () -> merge(profiles)).getMessage());
    }

    @Test
    void allowedCallsAreUnitedInOneRule() {
        Merged merged = merge(
                on(Arch.X86_64).rule(Rule.allow("read", "write")),
                on(Arch.X86_64).rule(Rule.allow("openat")).rule(Rule.allow("read")));
        assertEquals(on(Arch.X86_64).rule(Rule.allow("openat", "read", "write")).build(), merged.profile());
        assertEquals(List.of(), said(merged));
    }

    @Test
    void conditionsAreKept() {
        Condition local = Condition.of(0, Operator.EQ, 1);
        Condition inet = Condition.of(0, Operator.EQ, 2);
        Condition flags = Condition.maskedEqual(0, 0x7e020000, 0);
        Merged merged = merge(
                on(Arch.X86_64).rule(allow("socket", inet)).rule(allow("clone", flags)),
                on(Arch.X86_64).rule(allow("socket", local)).rule(allow("clone", flags)));
        assertEquals(
                on(Arch.X86_64)
                        .rule(allow("clone", flags))
                        .rule(allow("socket", local))
                        .rule(allow("socket", inet))
                        .build(),
                merged.profile());
        assertEquals(List.of(), said(merged));
    }

    @Test
    void aConditionFallsOnlyWhereAnotherAllowsTheCallWithoutAndThatIsSaid() {
        Merged merged = merge(
                on(Arch.X86_64).rule(allow("socket", Condition.of(0, Operator.EQ, 1))),
                on(Arch.X86_64).rule(Rule.allow("socket")));
        assertEquals(on(Arch.X86_64).rule(Rule.allow("socket")).build(), merged.profile());
        assertEquals(
                List.of("the conditions on 'socket' in a are dropped, because b allows the same without"),
                said(merged));
        assertEquals(
                List.of(
                        "the conditions on 'socket' in a are dropped, because the profiles together allow all arguments",
                        "the conditions on 'socket' in b are dropped, because the profiles together allow all arguments"),
                said(merge(
                        on(Arch.X86_64).rule(allow("socket", Condition.of(0, Operator.NE, 1))),
                        on(Arch.X86_64).rule(allow("socket", Condition.of(0, Operator.EQ, 1))))));
    }

    @Test
    void denialsKeepTheirAnswers() {
        Merged merged = merge(
                on(Arch.X86_64).rule(Rule.allow("read")).rule(Rule.errno(38, "clone3")),
                on(Arch.X86_64).rule(Rule.allow("write")).rule(Rule.errno(38, "statx")));
        assertEquals(
                on(Arch.X86_64)
                        .rule(Rule.builder(Action.ALLOW)
                                .names(List.of("read", "write"))
                                .build())
                        .rule(Rule.errno(38, "clone3", "statx"))
                        .build(),
                merged.profile());
        assertEquals(List.of(), said(merged));
    }

    @Test
    void ofTwoAnswersTheMoreLenientOneWinsAndThatIsSaid() {
        Merged merged = merge(
                on(Arch.X86_64).rule(Rule.errno(38, "clone3")),
                on(Arch.X86_64).rule(Rule.errno(22, "clone3")),
                Profile.builder(Action.KILL_PROCESS).architectures(Arch.X86_64));
        assertEquals(on(Arch.X86_64).rule(Rule.errno(38, "clone3")).build(), merged.profile());
        assertEquals(
                List.of(
                        "the default of c, KILL_PROCESS, gives way to the more lenient ERRNO 1",
                        "'clone3': b returns ERRNO 22, overridden by the more lenient ERRNO 38"),
                said(merged));
    }

    @Test
    void aDenialThatIsPartlyAllowedIsStillAnswered() {
        Condition threads = Condition.of(0, Operator.EQ, 0);
        Profile union = merge(
                        on(Arch.X86_64).rule(allow("clone", threads)),
                        on(Arch.X86_64).rule(Rule.errno(38, "clone")))
                .profile();
        assertEquals(
                List.of(
                        allow("clone", threads),
                        Rule.builder(Action.ERRNO)
                                .errnoRet(38)
                                .name("clone")
                                .condition(Condition.of(0, Operator.GT, 0))
                                .build()),
                union.rules());
    }

    @Test
    void denylistsKeepWhatBothDeny() {
        Profile.Builder first =
                Profile.builder(Action.ALLOW).architectures(Arch.X86_64).rule(Rule.errno(1, "mount", "ptrace"));
        Profile.Builder second =
                Profile.builder(Action.ALLOW).architectures(Arch.X86_64).rule(Rule.errno(1, "ptrace", "bpf"));
        assertEquals(
                List.of(Rule.errno(1, "ptrace")), merge(first, second).profile().rules());
        Profile mixed = merge(first, on(Arch.X86_64).rule(Rule.allow("mount"))).profile();
        assertEquals(Action.ALLOW, mixed.defaultAction());
        assertEquals(List.of(Rule.errno(1, "ptrace")), mixed.rules());
    }

    @Test
    void whatADocumentForSeveralArchitecturesAddsIsSaid() {
        Merged merged = merge(
                on(Arch.X86_64).rule(Rule.allow("read", "arch_prctl")),
                on(Arch.X86).rule(Rule.allow("write")));
        assertEquals(
                ImmutableSortedSet.of(Arch.X86_64, Arch.X86), merged.profile().architectures());
        assertEquals(
                List.of(
                        "a document names calls for all its architectures at once: x86_64 is allowed 1 call more than its"
                                + " own profiles say: 'write'",
                        "a document names calls for all its architectures at once: x86 is allowed 2 calls more than its"
                                + " own profiles say: 'arch_prctl', 'read'"),
                said(merged));
    }

    @Test
    void namesThatDoNothingAreLeftOut() {
        Merged merged = merge(on(Arch.X86_64).rule(Rule.allow("read", "socketcall", "call_of_tomorrow")), on(Arch.X86));
        assertEquals(
                List.of(Rule.allow("call_of_tomorrow", "read")),
                merged.profile().rules());
        assertTrue(said(merged).contains("a lists 'socketcall', which none of its architectures has; dropped"));
    }

    @Test
    void flagsAndTheListenerAreUnited() {
        Merged merged = merge(
                on(Arch.X86_64).flag(Flag.LOG).listenerPath("/run/l"),
                on(Arch.X86_64).listenerMetadata("m").listenerPath("/run/l"));
        assertEquals(ImmutableSortedSet.of(Flag.LOG), merged.profile().flags());
        assertEquals(Optional.of("/run/l"), merged.profile().listenerPath());
        assertEquals(Optional.of("m"), merged.profile().listenerMetadata());
        assertEquals(List.of("b does not have the flags SECCOMP_FILTER_FLAG_LOG"), said(merged));
        assertRefused(
                "the profiles have different values of 'listenerPath', and a profile has one",
                on(Arch.X86_64).listenerPath("/run/l"),
                on(Arch.X86_64).listenerPath("/run/m"));
    }

    @Test
    void commentsAreLostAndThatIsSaid() {
        Rule commented = Rule.builder(Action.ALLOW).name("read").comment("why").build();
        assertEquals(
                List.of("the rules are rewritten without the 1 comments of a"),
                said(merge(on(Arch.X86_64).rule(commented))));
    }

    @Test
    void whatHasNoUnionIsRefused() {
        assertRefused(
                "a profile that permits by default (SCMP_ACT_ALLOW) has no union with one for other architectures,"
                        + " because the default would hold on those too; merge profiles for the same architectures",
                Profile.builder(Action.ALLOW).architectures(Arch.X86_64),
                on(Arch.X86));
        assertRefused("one profile lists architectures and another one lists none; name them", on(Arch.X86_64), on());
        assertRefused(
                "the conditions on 'read' mean different things on 64-bit and 32-bit architectures, and no rule says both;"
                        + " merge profiles for one architecture",
                on(Arch.X86_64, Arch.X86).rule(allow("read", Condition.maskedEqual(0, 1L << 32 | 1, 1))),
                on(Arch.X86_64, Arch.X86).rule(Rule.errno(38, "read")));
        Scope machine = new Scope(
                new Scope.Clause(ImmutableSortedSet.of(Arch.X86_64), ImmutableSortedSet.of(), Optional.empty()),
                Scope.Clause.NONE);
        assertRefused(
                "a has rules for some machines only; resolve them first",
                on(Arch.X86_64)
                        .rule(Rule.builder(Action.ALLOW)
                                .name("read")
                                .scope(machine)
                                .build()));
    }

    /** Many rules on many arguments have no short form; they are refused and take no time. */
    @Test
    void whatCannotBeWrittenDownIsRefused() {
        Profile.Builder wild = on(Arch.X86_64);
        for (int i = 0; i < 40; i++) {
            wild.rule(allow(
                    "read",
                    Condition.maskedEqual(0, 0x9e3779b97f4a7c15L * (i + 1), i),
                    Condition.maskedEqual(1, 0xc2b2ae3d27d4eb4fL * (i + 3), i),
                    Condition.maskedEqual(2, 0x165667b19e3779f9L * (i + 5), i)));
        }
        RefusalException refusal = assertThrows(RefusalException.class, () -> merge(wild, on(Arch.X86_64)));
        assertEquals(
                "the conditions on the arguments of 'read' are too many to be compared; give it fewer rules with"
                        + " conditions, or one without",
                refusal.getMessage());
    }

    /** As long as the document is large, and no square of it. */
    @Test
    void manyRulesTakeNoTime() {
        Profile.Builder many = on(Arch.X86_64, Arch.X86);
        for (int i = 0; i < 30_000; i++) {
            many.rule(Rule.allow("call_" + i));
        }
        Profile profile = many.build();
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertEquals(1, merge(many, many).profile().rules().size());
            assertTrue(Difference.of(Difference.Side.of(profile), Difference.Side.of(profile))
                    .isEmpty());
        });
    }
}
