package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import io.github.strait.api.EvidenceRequest;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.ReadListener;
import io.github.strait.syscall.Arch;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The options for reading evidence. */
final class EvidenceOptions extends Options {
    private final Parameter<Arch> arch = option(
            "--arch", "ARCH", ValueType.ARCH, "The machine that the traces were recorded on, if they do not prove it.");

    private final Parameter<Boolean> strict =
            flag("--strict", "Exit with 1 if evidence is incomplete, doubtful or not understood.");

    private final Parameter<String> programs = option(
                    "--program",
                    "PATH",
                    ValueType.TEXT,
                    "Keep only what this program and its children did; PATH or its last part (repeatable).")
            .repeatable();

    private final Parameter<String> firstPrograms = option(
                    "--from-program",
                    "PATH",
                    ValueType.TEXT,
                    "Keep only what a task did from the start of this program on, with all its children (repeatable).")
            .repeatable();

    private final Parameter<String> comms = option(
                    "--comm",
                    "NAME",
                    ValueType.TEXT,
                    "Of logs of audit lines, keep only lines of tasks of this name (repeatable).")
            .repeatable();

    private final Parameter<String> exes = option(
                    "--exe",
                    "PATH",
                    ValueType.TEXT,
                    "Of logs of audit lines, keep only lines of this executable; PATH or its last part (repeatable).")
            .repeatable();

    private final Parameter<Long> pids = option(
                    "--pid",
                    "PID",
                    ValueType.NUMBER,
                    "Of logs of audit lines, keep only lines of this process (repeatable).")
            .repeatable();

    private int worst = ExitStatus.DONE;

    /** The machine that the user names. */
    Optional<Arch> declared() {
        return arch.given();
    }

    /** Which evidence is asked for. */
    EvidenceRequest request() {
        return new EvidenceRequest(
                declared(),
                ImmutableList.copyOf(programs.values()),
                ImmutableList.copyOf(firstPrograms.values()),
                ImmutableList.copyOf(comms.values()),
                ImmutableList.copyOf(exes.values()),
                ImmutableList.copyOf(pids.values()),
                false);
    }

    /** Reads the evidence and prints what there is to say about it. */
    Evidence read(List<String> arguments, Console console) {
        return read(arguments, console.in(), console);
    }

    /** Like {@link #read(List, Console)}, with a standard input that was partly read already. */
    Evidence read(List<String> arguments, InputStream stdin, Console console) {
        return read(progress -> request().read(arguments, stdin, progress), console);
    }

    /** Reads evidence with another reader, which reports its progress, and prints the diagnostics. */
    Evidence read(Function<ReadListener, Evidence> reader, Console console) {
        if (!console.showsProgress()) {
            return told(reader.apply(ReadListener.NONE), console);
        }
        try (ProgressLine progress = console.progress()) {
            return told(reader.apply(progress), console);
        }
    }

    private static Evidence told(Evidence evidence, Console console) {
        console.diagnostics(evidence.diagnostics());
        console.diagnostics(evidence.unparsed());
        if (!console.isVerbose()) {
            // a choice that the user made is said in any case
            evidence.leftOut().ifPresent(note -> console.note(note + "\n"));
        }
        return evidence;
    }

    /** As {@link #reader}, of calls that a profile denied. */
    BiFunction<List<String>, InputStream, Evidence> denialReader(Console console) {
        return (arguments, stdin) ->
                counted(read(progress -> request().ofDenials().read(arguments, stdin, progress), console), console);
    }

    private Evidence counted(Evidence evidence, Console console) {
        worst = Math.max(worst, exitStatus(evidence, console));
        return evidence;
    }

    /** Reads the evidence of operands; {@link #exitStatus()} is then the worst that the quality of any asks for. */
    BiFunction<List<String>, InputStream, Evidence> reader(Console console) {
        return (arguments, stdin) -> counted(read(arguments, stdin, console), console);
    }

    /** The worst exit status that the evidence read by {@link #reader} asks for. */
    int exitStatus() {
        return worst;
    }

    /** The exit status that the quality of the evidence asks for; what is below it was printed, and is counted here. */
    int exitStatus(Evidence evidence, Console console) {
        List<String> flaws = strict.isGiven() ? evidence.flaws() : List.of();
        if (flaws.isEmpty()) {
            return ExitStatus.DONE;
        }
        console.diagnostic(Diagnostic.error(
                "below-strict",
                null,
                "the evidence is not good enough for --strict: " + String.join(", ", flaws)
                        + "; record it again, or leave out --strict"));
        return ExitStatus.FINDING;
    }
}
