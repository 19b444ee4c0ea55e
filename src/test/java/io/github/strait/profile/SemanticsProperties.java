package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of the reference semantics. */
class SemanticsProperties {
    @Provide
    Arbitrary<Profile> plain() {
        return Profiles.plain();
    }

    @Provide
    Arbitrary<Profile> any() {
        return Profiles.any();
    }

    @Provide
    Arbitrary<Rule> unconditional() {
        return Profiles.unconditional();
    }

    @Provide
    Arbitrary<SeccompData> calls() {
        return Profiles.calls();
    }

    /** However many conditional rules surround it. */
    @Property
    void anUnconditionalAllowWins(
            @ForAll("plain") Profile profile, @ForAll("calls") SeccompData call, @ForAll boolean front) {
        Assume.that(SyscallTable.of(call.abi()).name(call.number()).isPresent());
        String name = SyscallTable.of(call.abi()).name(call.number()).orElseThrow();
        List<Rule> conditional = profile.rules().stream()
                .filter(Rule::isConditional)
                .filter(rule -> rule.conditions().stream().noneMatch(condition -> condition.isVacuous(call.abi())))
                .toList();
        Rule allow = Rule.allow(name);
        Profile.Builder builder = Profile.builder(profile.defaultAction()).architectures(call.abi());
        builder.rules(front ? ImmutableList.of(allow) : conditional);
        builder.rules(front ? conditional : ImmutableList.of(allow));

        boolean skipped = profile.defaultAction() == Action.ALLOW && !conditional.isEmpty();
        Assume.that(!skipped);
        assertEquals(Action.ALLOW, builder.build().decide(call).action());
    }

    /** Rules of one action cannot get into each other's way. */
    @Property
    void theOrderOfRulesThatAllowDoesNotMatter(@ForAll("plain") Profile profile, @ForAll("calls") SeccompData call) {
        Profile.Builder forwards = Profile.builder(Action.ERRNO).architectures(call.abi());
        Profile.Builder backwards = Profile.builder(Action.ERRNO).architectures(call.abi());
        List<Rule> rules = Lists.transform(profile.rules(), SemanticsProperties::allowing);
        assertEquals(
                forwards.rules(rules).build().decide(call),
                backwards.rules(Lists.reverse(rules)).build().decide(call));
    }

    /** In an allowlist, a further rule that allows never takes a permission away. */
    @Property
    void allowingMoreNeverDeniesMore(
            @ForAll("plain") Profile profile, @ForAll("plain") Profile more, @ForAll("calls") SeccompData call) {
        Profile.Builder few = Profile.builder(Action.ERRNO)
                .architectures(call.abi())
                .rules(Lists.transform(profile.rules(), SemanticsProperties::allowing));
        Decision before = few.build().decide(call);
        Decision after = few.rules(Lists.transform(more.rules(), SemanticsProperties::allowing))
                .build()
                .decide(call);
        assertEquals(after, before.action() == Action.ALLOW ? before : after);
    }

    @Property
    void laterUnconditionalRulesAreDropped(
            @ForAll("unconditional") Rule first, @ForAll("unconditional") Rule later, @ForAll Arch arch) {
        Assume.that(first.action() != Action.KILL_PROCESS);
        Profile profile = Profile.builder(Action.KILL_PROCESS)
                .architectures(arch)
                .rule(first)
                .rule(later)
                .build();
        for (String name : first.names()) {
            SyscallTable.of(arch)
                    .number(name)
                    .ifPresent(number -> assertEquals(first.decision(), profile.decide(SeccompData.of(arch, number))));
        }
    }

    @Property
    void aForeignAbiIsKilledWhateverTheRules(@ForAll("plain") Profile profile, @ForAll("calls") SeccompData call) {
        Assume.that(call.number() != SeccompData.SKIPPED);
        Assume.that(!profile.architectures().contains(call.abi()));
        assertEquals(Decision.of(Action.KILL_THREAD), profile.decide(call));
    }

    @Property
    void anUnknownNumberGetsTheDefault(@ForAll("plain") Profile profile) {
        for (Arch arch : profile.architectures()) {
            int number = arch == Arch.X32 ? SeccompData.X32_BIT + 99999 : 99999;
            assertEquals(profile.defaultDecision(), profile.decide(SeccompData.of(arch, number)));
        }
    }

    /** What {@code resolve} makes has no scopes left, and resolving again changes nothing. */
    @Property
    void resolvingTwiceIsResolvingOnce(@ForAll("any") Profile profile, @ForAll Arch arch, @ForAll boolean capable) {
        Set<String> caps = capable ? Set.of("CAP_SYS_ADMIN") : Set.of();
        KernelVersion kernel = new KernelVersion(5, 10);
        Profile once = profile.resolve(arch, caps, kernel);
        assertEquals(once, once.resolve(arch, caps, kernel));
        assertEquals(true, Iterables.all(once.rules(), rule -> rule.scope().isEverywhere()));
        assertEquals(true, once.architectures().contains(arch));
    }

    private static Rule allowing(Rule rule) {
        return Rule.builder(Action.ALLOW)
                .names(rule.names())
                .conditions(rule.conditions())
                .build();
    }
}
