package io.github.strait.cli;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.Severity;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.evidence.ReadListener;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.follow.ProgramChoice;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import io.github.strait.syscall.Arch;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How evidence is read. */
final class EvidenceOptions {
    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            completionCandidates = ArchNames.class,
            description = "The machine that recorded the traces, where they do not prove it themselves.")
    private @Nullable Arch arch;

    @Option(names = "--strict", description = "Exit with 1 when evidence is incomplete, in doubt or not understood.")
    private boolean strict;

    @Option(
            names = "--program",
            paramLabel = "PATH",
            description = "Keep only what this program and its children did; by path or last part (repeatable).")
    private List<String> programs = new ArrayList<>();

    @Option(
            names = "--from-program",
            paramLabel = "PATH",
            description = "Keep only what its task did from this program on, with all children (repeatable).")
    private List<String> firstPrograms = new ArrayList<>();

    /** Warnings that are not about what is missing or in doubt: who wrote the trace, and what else is in it or beside it. */
    private static final Set<String> SOUND =
            Set.of(RunMark.SHARED_STREAM.label(), RunMark.CONTAINER_RUNTIME.label(), "not-a-trace");

    /** The names for completion. */
    static final class ArchNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Arch.values()).map(Arch::label).toList().iterator();
        }
    }

    /** The evidence as a place in a diagnostic: the file, or the first of several. */
    static SourcePosition place(Observation observation) {
        return SourcePosition.ofFile(observation.runs().get(0).source());
    }

    /** The machine that the user names. */
    Optional<Arch> declared() {
        return Optional.ofNullable(arch);
    }

    private Evidence readAll(List<String> arguments, InputStream stdin, ArgumentWatch watch, Console console) {
        if (!console.showsProgress()) {
            return reader(stdin, ReadListener.NONE).watching(watch).read(arguments);
        }
        try (ProgressLine progress = console.progress()) {
            return reader(stdin, progress).watching(watch).read(arguments);
        }
    }

    private EvidenceReader reader(InputStream stdin, ReadListener listener) {
        return new EvidenceReader(declared(), here(), stdin, listener)
                .choosing(ProgramChoice.of(programs, firstPrograms));
    }

    /** Reads the evidence and prints what there is to say about it. */
    Evidence read(List<String> arguments, Console console) {
        return read(arguments, console.in(), console);
    }

    /** As {@link #read(List, Console)}, with a standard input of which something was read already. */
    Evidence read(List<String> arguments, InputStream stdin, Console console) {
        return read(arguments, stdin, ArgumentWatch.NONE, console);
    }

    /** As {@link #read(List, Console)}, with arguments that are collected meanwhile. */
    Evidence read(List<String> arguments, InputStream stdin, ArgumentWatch watch, Console console) {
        if (programs.contains("") || firstPrograms.contains("")) {
            throw RefusalException.usage("an empty argument names no program; is a variable unset?");
        }
        if (arguments.contains("")) {
            // the empty path is the working directory, which an unset shell variable does not mean
            throw RefusalException.usage("an empty argument names no evidence; is a variable unset?");
        }
        Evidence evidence = readAll(arguments, stdin, watch, console);
        console.diagnostics(evidence.diagnostics());
        console.diagnostics(evidence.observation().runs().stream()
                .flatMap(run -> ofUnparsed(run).stream())
                .toList());
        return evidence;
    }

    /** Which lines were not understood, and of many how many there are. */
    private static List<Diagnostic> ofUnparsed(Run run) {
        List<Diagnostic> warnings = new ArrayList<>();
        run.unparsedAt()
                .forEach(position ->
                        warnings.add(Diagnostic.warning("unparsed-line", position, "not understood, so not counted")));
        long count = run.lines().unparsed();
        if (count > run.unparsedAt().size()) {
            warnings.add(Diagnostic.warning(
                    "unparsed-lines",
                    SourcePosition.ofFile(run.source()),
                    count + " lines not understood in all; summarize --verbose shows them by shape"));
        }
        return warnings;
    }

    /** The exit status that the quality of the evidence asks for; what is below it was printed, and is counted here. */
    int exitStatus(Evidence evidence, Console console) {
        List<String> flaws = strict ? flaws(evidence) : List.of();
        if (flaws.isEmpty()) {
            return ExitStatus.DONE;
        }
        console.diagnostic(Diagnostic.error(
                "below-strict",
                null,
                "the evidence is below what --strict asks for: " + String.join(", ", flaws)
                        + "; record it again, or leave out --strict"));
        return ExitStatus.FINDING;
    }

    /** {@code 2 tasks-unended}: how many runs or places have a flaw, by the code of the warning. */
    private static List<String> flaws(Evidence evidence) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        evidence.diagnostics().stream()
                .filter(warning -> warning.severity() == Severity.WARNING && !SOUND.contains(warning.code()))
                .forEach(warning -> counts.merge(warning.code(), 1, Integer::sum));
        List<String> flaws = new ArrayList<>();
        counts.forEach((code, count) -> flaws.add(count + " " + code));
        long unparsed = evidence.observation().lines().unparsed();
        if (unparsed > 0) {
            flaws.add(unparsed + (unparsed == 1 ? " line" : " lines") + " not understood");
        }
        return flaws;
    }

    /** This machine's native ABI. */
    static Arch here() {
        return Arch.find(System.getProperty("os.arch", "")).orElse(Arch.X86_64);
    }
}
