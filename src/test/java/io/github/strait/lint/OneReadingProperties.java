package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Engine;
import io.github.strait.format.Formats;
import io.github.strait.format.Reader;
import io.github.strait.format.oci.Draft;
import io.github.strait.format.oci.Fault;
import io.github.strait.format.oci.MobyFormat;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Libseccomp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * The law of reading: lint reports an error that makes the document unreadable exactly when every other command refuses
 * it, and with the same words.
 */
class OneReadingProperties {
    private static final String FILE = "f";

    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> written = Profiles.any()
                .filter(LintProperties::isWritable)
                .map(profile -> new String(MobyFormat.MOBY.write(profile), StandardCharsets.UTF_8));
        return Arbitraries.oneOf(written, Arbitraries.randomValue(Mutations::seed));
    }

    @Provide
    Arbitrary<Reader> readers() {
        return Arbitraries.of(Engine.values())
                .flatMap(engine -> Arbitraries.of(Arch.X86_64, Arch.AARCH64, Arch.S390X, Arch.MIPS64)
                        .map(machine -> new Reader(engine, machine)));
    }

    @Property(tries = 1000)
    void lintAndTheOthersReadAlike(@ForAll("documents") String document, @ForAll("readers") Reader reader) {
        assertReadAlike(document, reader);
    }

    @Property(tries = 2000)
    void theyReadExchangedValuesAlike(
            @ForAll("documents") String document, @ForAll("readers") Reader reader, @ForAll Random random) {
        assertReadAlike(Mutations.exchanged(document, random), reader);
    }

    @Property(tries = 2000)
    void theyReadScatteredFaultsAlike(
            @ForAll("documents") String document,
            @ForAll("readers") Reader reader,
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 4) int changes) {
        assertReadAlike(Mutations.scattered(document, random, changes), reader);
    }

    private static void assertReadAlike(String document, Reader reader) {
        byte[] content = document.getBytes(StandardCharsets.UTF_8);
        Optional<String> refusal = refusal(content, reader);
        Draft draft;
        try {
            draft = Draft.read(FILE, content, reader);
        } catch (RefusalException e) {
            assertEquals(Optional.of(e.getMessage()), refusal, document);
            return;
        }
        Optional<Fault> fatal =
                draft.faults().stream().filter(fault -> isFatal(fault, reader)).findFirst();
        assertEquals(fatal.map(fault -> fault.what() + "; " + fault.fix()), refusal, document);
        List<Finding> findings = Lint.of(draft, Libseccomp.oldest(), Start.DEFAULT);
        fatal.ifPresent(fault -> assertTrue(
                findings.stream()
                        .anyMatch(finding -> finding.severity() == Severity.ERROR
                                && finding.id().equals(fault.kind().id())
                                && finding.explanation().startsWith(fault.what())
                                && finding.remediation().equals(fault.fix())),
                document));
    }

    /** Whether the engine starts no container with such a document, in any version of it. */
    private static boolean isFatal(Fault fault, Reader reader) {
        return fault.refusedBy().contains(reader.engine()) && !fault.kind().isOfOldVersions();
    }

    private static Optional<String> refusal(byte[] content, Reader reader) {
        try {
            Profile profile = Formats.read(FILE, content, reader).profile();
            assertEquals(profile, Formats.read(FILE, content, reader).profile());
            return Optional.empty();
        } catch (RefusalException e) {
            return Optional.of(e.getMessage());
        }
    }
}
