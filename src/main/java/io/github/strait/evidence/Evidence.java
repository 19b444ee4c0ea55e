package io.github.strait.evidence;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.audit.AuditLog;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Severity;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.elf.ProgramImports;
import io.github.strait.follow.ObservedTraces;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import io.github.strait.qemu.QemuLog;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An observation, and the diagnostics about the files that it was read from.
 *
 * @param diagnostics warnings and notes, in the order of the files
 * @param details notes for those who ask for more: the sub-calls of multiplexers, the ABI of each task, and the unparsed lines by shape
 */
public record Evidence(
        Observation observation, ImmutableList<Diagnostic> diagnostics, ImmutableList<Diagnostic> details) {
    /** Warnings that are not about what is missing or in doubt: who wrote the trace, and what else is in it or beside it. */
    private static final ImmutableSet<String> SOUND = ImmutableSet.of(
            RunMark.SHARED_STREAM.label(),
            RunMark.CONTAINER_RUNTIME.label(),
            "not-a-trace",
            "static",
            AuditLog.CODE,
            QemuLog.CODE);

    /** The note of how many calls the choice of programs leaves out; empty when it leaves out none. */
    public Optional<Diagnostic> leftOut() {
        return diagnostics.stream()
                .filter(note -> note.code().equals(ObservedTraces.LEFT_OUT))
                .findFirst();
    }

    /** The observation as {@code summarize} writes it, which can stand in for the files. */
    public String json() {
        return ObservationWriter.write(observation);
    }

    /** The same evidence, with what programs import and what there is to say about that. */
    public Evidence withImports(Collection<ProgramImports> programs, Collection<Diagnostic> notes) {
        return new Evidence(
                observation.withImports(programs),
                ImmutableList.<Diagnostic>builder()
                        .addAll(diagnostics)
                        .addAll(notes)
                        .build(),
                details);
    }

    /** Which lines were not understood, and of many how many there are. */
    public ImmutableList<Diagnostic> unparsed() {
        ImmutableList.Builder<Diagnostic> warnings = ImmutableList.builder();
        for (Run run : observation.runs()) {
            for (SourcePosition position : run.unparsedAt()) {
                warnings.add(Diagnostic.warning("unparsed-line", position, "not understood, so not counted"));
            }
            long count = run.lines().unparsed();
            if (count > run.unparsedAt().size()) {
                warnings.add(Diagnostic.warning(
                        "unparsed-lines",
                        SourcePosition.ofFile(run.source()),
                        count + " lines not understood in all; summarize --verbose shows them by shape"));
            }
        }
        return warnings.build();
    }

    /** The counts of what is missing, doubtful or not understood, by code of the warning: {@code 2 tasks-unended}. */
    public ImmutableList<String> flaws() {
        TreeMap<String, Integer> counts = new TreeMap<>();
        diagnostics.stream()
                .filter(warning -> warning.severity() == Severity.WARNING && !SOUND.contains(warning.code()))
                .forEach(warning -> counts.merge(warning.code(), 1, Integer::sum));
        ImmutableList.Builder<String> flaws = ImmutableList.builder();
        counts.forEach((code, count) -> flaws.add(count + " " + code));
        long unparsed = observation.lines().unparsed();
        if (unparsed > 0) {
            flaws.add(unparsed + (unparsed == 1 ? " line" : " lines") + " not understood");
        }
        return flaws.build();
    }
}
