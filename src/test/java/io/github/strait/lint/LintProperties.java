package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Draft;
import io.github.strait.format.FormatException;
import io.github.strait.format.Formats;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LintProperties {
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\n",
            "null",
            "-1",
            "0",
            "6",
            "1e99",
            "18446744073709551616",
            "\"\"",
            "\"SCMP_ACT_ERRNO\"",
            "\"SCMP_ACT_KILL\"",
            "\"SCMP_CMP_GT\"",
            "\"SCMP_ARCH_S390X\"",
            "\"names\"",
            "\"args\"",
            "\"name\"",
            "\"execve\"",
            "\"defaultAction\"",
            "\"errnoRet\"",
            "\"includes\"",
            "true",
            "\u0000",
            "\\u0000");

    @Provide
    Arbitrary<Profile> any() {
        return Profiles.any().filter(LintProperties::isWritable);
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return Profiles.conditions();
    }

    @Provide
    Arbitrary<Long> arguments() {
        return Arbitraries.oneOf(
                Arbitraries.longs(), Arbitraries.longs().between(-5, 5), Arbitraries.of(0xffffffffL, 0x100000000L));
    }

    @Property(tries = 1500)
    void mutatedDocumentsGiveFindingsOrARefusal(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 6) int changes) {
        StringBuilder text = new StringBuilder(seed(random));
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(8));
            text.replace(at, random.nextBoolean() ? at : end, TOKENS.get(random.nextInt(TOKENS.size())));
        }
        neverCrashes(text.toString());
    }

    @Property(tries = 1500)
    void exchangedValuesGiveFindings(@ForAll Random random) {
        String text = seed(random);
        List<Integer> places = places(text);
        Assume.that(!places.isEmpty());
        int at = places.get(random.nextInt(places.size()));
        int end = at;
        while (end < text.length() && ",]}\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String token = TOKENS.get(8 + random.nextInt(TOKENS.size() - 10));
        neverCrashes(text.substring(0, at) + token + text.substring(end));
    }

    @Property(tries = 300)
    void whatTheStrictReaderTakesIsRefusedByNoEngine(@ForAll("any") Profile profile) {
        Assume.that(Profiles.isLoadable(profile));
        byte[] document = Formats.MOBY.write(profile);
        Draft draft = Draft.read("f", document);
        assertEquals(
                List.of(),
                draft.faults().stream()
                        .filter(fault -> !fault.refusedBy().isEmpty())
                        .filter(fault -> !fault.kind().isOfOldVersions())
                        .toList());
        assertEquals(Optional.of(profile.defaultDecision()), draft.defaultDecision());
        List<Rule> mended =
                draft.rules().stream().map(rule -> rule.mended().orElseThrow()).toList();
        assertEquals(profile.withoutComments().rules(), mended);
    }

    @Property(tries = 300)
    void anErrorInWritingIsRefusedByTheStrictReader(@ForAll("any") Profile profile, @ForAll Random random) {
        String text = new String(Formats.MOBY.write(profile), StandardCharsets.UTF_8);
        String broken = text.replaceFirst("\"(SCMP_ACT_|SCMP_CMP_)", "\"X" + random.nextInt(9));
        boolean hasError = Cases.lint(broken).stream()
                .anyMatch(finding -> finding.id().startsWith("unknown-") && finding.severity() == Severity.ERROR);
        assertTrue(hasError, broken);
        assertTrue(isRefused(broken), broken);
    }

    @Property
    void conditionsThatExcludeEachOtherHoldForNoArgument(
            @ForAll("conditions") Condition a, @ForAll("conditions") Condition b, @ForAll("arguments") long argument) {
        if (a.index() == b.index() && !Overlap.isPossible(Set.of(a), Set.of(b))) {
            assertFalse(a.test(Arch.X86_64, argument) && b.test(Arch.X86_64, argument), a + " and " + b);
        }
        assertEquals(Overlap.isPossible(Set.of(a), Set.of(b)), Overlap.isPossible(Set.of(b), Set.of(a)));
    }

    /** ABIs of both byte orders have no document unless each machine's are complete. */
    private static boolean isWritable(Profile profile) {
        return profile.architectures().stream()
                        .map(Arch::isBigEndian)
                        .distinct()
                        .count()
                < 2;
    }

    private static void neverCrashes(String document) {
        try {
            List<Finding> once = Cases.lint(document);
            assertEquals(once, Cases.lint(document));
            assertTrue(once.stream()
                    .allMatch(finding -> !finding.diagnostic("f").toString().contains("\n")));
        } catch (FormatException e) {
            assertTrue(isRefused(document), document);
        }
    }

    private static boolean isRefused(String document) {
        try {
            Formats.read("f", document.getBytes(StandardCharsets.UTF_8));
            return false;
        } catch (FormatException e) {
            return true;
        }
    }

    private static String seed(Random random) {
        List<Cases.Case> all = Cases.all();
        return all.get(random.nextInt(all.size())).document();
    }

    /** Where values begin. */
    private static List<Integer> places(String text) {
        return IntStream.range(1, text.length())
                .filter(i -> text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '[')
                .boxed()
                .toList();
    }
}
