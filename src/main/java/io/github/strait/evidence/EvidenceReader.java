package io.github.strait.evidence;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.strait.audit.AuditLog;
import io.github.strait.audit.Selection;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.elf.ProgramImports;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.follow.FollowOptions;
import io.github.strait.follow.ObservedTraces;
import io.github.strait.follow.ProgramChoice;
import io.github.strait.follow.Vocabulary;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Remediation;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunWarnings;
import io.github.strait.observation.Subcalls;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads evidence: traces and observations, compressed or not. */
public final class EvidenceReader {
    private static final Comparator<Diagnostic> BY_POSITION = Comparator.comparing(
                    Diagnostic::position, Comparator.nullsLast(Comparator.<SourcePosition>naturalOrder()))
            .thenComparing(Diagnostic::toString);

    private final Optional<Arch> declared;
    private final Arch here;
    private final InputStream stdin;
    private final ReadListener listener;
    private ArgumentWatch watch = ArgumentWatch.NONE;
    private ProgramChoice choice = ProgramChoice.ALL;
    /** Null for all lines of logs: a start without any loads no class for them. */
    private @Nullable Selection selection;

    private boolean isSilenceFine;

    /**
     * A reader for one set of arguments.
     *
     * @param declared the machine that recorded the traces, where the user says so
     * @param here this machine, taken where neither the user nor the trace says
     * @param stdin what {@code -} reads
     */
    public EvidenceReader(Optional<Arch> declared, Arch here, InputStream stdin) {
        this(declared, here, stdin, ReadListener.NONE);
    }

    /**
     * A reader that reports its progress.
     *
     * @param listener called after each portion that is read
     */
    public EvidenceReader(Optional<Arch> declared, Arch here, InputStream stdin, ReadListener listener) {
        this.declared = declared;
        this.here = here;
        this.stdin = stdin;
        this.listener = listener;
    }

    /** The same reader, which collects arguments meanwhile. */
    @CanIgnoreReturnValue
    public EvidenceReader watching(ArgumentWatch arguments) {
        watch = arguments;
        return this;
    }

    /** The same reader, which keeps what some programs did. */
    @CanIgnoreReturnValue
    public EvidenceReader choosing(ProgramChoice programs) {
        choice = programs;
        return this;
    }

    /** The same reader, to which a log without any audit line of seccomp says that nothing was denied. */
    @CanIgnoreReturnValue
    public EvidenceReader acceptingSilence() {
        isSilenceFine = true;
        return this;
    }

    /** The same reader, which keeps these lines of logs; it is an error when there are none. */
    @CanIgnoreReturnValue
    public EvidenceReader selecting(Selection lines) {
        selection = lines;
        return this;
    }

    /**
     * Reads all evidence.
     *
     * @param arguments files, directories, names of {@code -ff} sets, {@code -} for standard input; at least one
     * @throws RefusalException when one of them cannot be used
     */
    public Evidence read(List<String> arguments) {
        List<Run> runs = new ArrayList<>();
        List<ProgramImports> imports = new ArrayList<>();
        List<Diagnostic> diagnostics = new ArrayList<>();
        List<AuditLog> logs = new ArrayList<>();
        FollowOptions options = new FollowOptions(declared, here, watch, choice);
        ObservedTraces traces = new ObservedTraces(options);
        SourceReaders.Reading reading = (source, vocabulary) -> read(source, options.part(), vocabulary);
        for (SourceReader part : SourceReaders.read(sources(arguments), reading)) {
            runs.addAll(part.runs());
            imports.addAll(part.imports());
            diagnostics.addAll(part.diagnostics());
            traces.add(part.traces());
            logs.addAll(part.logs());
        }
        Optional<Diagnostic> mistake = traces.unknownProgram();
        if (mistake.isPresent()) {
            throw new RefusalException(mistake.get());
        }
        if (selection != null) {
            AuditLog.check(selection, logs);
        }
        addSilent(logs, runs);
        if (runs.isEmpty()) {
            String names = String.join(" ", arguments);
            throw SourceReader.error(names, "holds no trace; " + Remediation.RECORD);
        }
        Optional<Diagnostic> contradiction = Observation.contradiction(runs);
        if (contradiction.isPresent()) {
            throw new RefusalException(contradiction.get());
        }
        Observation observation = Observation.of(runs).withImports(imports);
        diagnostics.addAll(RunWarnings.of(observation));
        traces.leftOut().ifPresent(diagnostics::add);
        diagnostics.sort(BY_POSITION);
        ImmutableList<Diagnostic> details = ImmutableList.<Diagnostic>builder()
                .addAll(Subcalls.notes(observation))
                .addAll(traces.details(observation.lines()))
                .build();
        return new Evidence(observation, ImmutableList.copyOf(diagnostics), details);
    }

    /** Beside other evidence, or where the caller says so, a log may have nothing to add: no call was denied. */
    private void addSilent(List<AuditLog> logs, List<Run> runs) {
        for (AuditLog log : logs) {
            if (!log.hasRecords()) {
                if (runs.isEmpty() && !isSilenceFine) {
                    throw log.refusal();
                }
                runs.add(log.run());
            }
        }
    }

    /** Each set, and each file that is of none. */
    private List<EvidenceSource> sources(List<String> arguments) {
        List<EvidenceSource> sources = new ArrayList<>();
        for (EvidenceSource source : EvidenceFiles.find(arguments)) {
            if (isSet(source)) {
                sources.add(source);
            } else {
                for (int i = 0; i < source.files().size(); i++) {
                    sources.add(source.single(i));
                }
            }
        }
        return sources;
    }

    private SourceReader read(EvidenceSource source, FollowOptions options, Vocabulary vocabulary) {
        SourceReader reader = new SourceReader(options, selection, vocabulary, stdin, listener);
        if (source.tids().get(0) == 0) {
            reader.readFile(source);
        } else {
            reader.readTrace(source);
        }
        return reader;
    }

    /** Files are one {@code -ff} set when their names end in tids and their lines have none. */
    private boolean isSet(EvidenceSource source) {
        if (source.tids().get(0) == 0) {
            return false;
        }
        String file = source.files().get(0);
        try (EvidenceStream stream = EvidenceStream.open(file, stdin, listener)) {
            TraceHead head = new TraceHead(Compression.peek(stream.in(), TraceHead.BYTES));
            return head.isOfOneTask()
                    && !head.isJson()
                    && head.log().isEmpty()
                    && !head.isOfQemu()
                    && head.refusal().isEmpty();
        } catch (IOException e) {
            throw SourceReader.unreadable(file, e);
        }
    }
}
