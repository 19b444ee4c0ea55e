package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Formats;
import io.github.strait.format.Reader;
import io.github.strait.format.oci.Draft;
import io.github.strait.format.oci.MobyFormat;
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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LintProperties {
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
        neverCrashes(Mutations.scattered(Mutations.seed(random), random, changes));
    }

    @Property(tries = 1500)
    void exchangedValuesGiveFindings(@ForAll Random random) {
        neverCrashes(Mutations.exchanged(Mutations.seed(random), random));
    }

    @Property(tries = 300)
    void whatTheStrictReaderTakesIsRefusedByNoEngine(@ForAll("any") Profile profile) {
        Assume.that(Profiles.isLoadable(profile));
        byte[] document = MobyFormat.MOBY.write(profile);
        Draft draft = Draft.read("f", document, Reader.USUAL);
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
        String text = new String(MobyFormat.MOBY.write(profile), StandardCharsets.UTF_8);
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
    static boolean isWritable(Profile profile) {
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
        } catch (RefusalException e) {
            assertTrue(isRefused(document), document);
        }
    }

    private static boolean isRefused(String document) {
        try {
            Formats.read("f", document.getBytes(StandardCharsets.UTF_8));
            return false;
        } catch (RefusalException e) {
            return true;
        }
    }
}
