package io.github.strait.evidence;

import io.github.strait.audit.AuditLog;
import io.github.strait.audit.LogForm;
import io.github.strait.audit.Selection;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.elf.ProgramImports;
import io.github.strait.follow.FollowOptions;
import io.github.strait.follow.ObservedTraces;
import io.github.strait.follow.TraceObserver;
import io.github.strait.follow.Vocabulary;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationReader;
import io.github.strait.observation.Remediation;
import io.github.strait.observation.Run;
import io.github.strait.qemu.QemuLog;
import io.github.strait.trace.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one piece of evidence, a file or the files of an {@code -ff} set, and keeps what it says. */
final class SourceReader {
    private final FollowOptions options;
    private final Vocabulary vocabulary;
    private final InputStream stdin;
    private final ReadListener listener;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<ProgramImports> imports = new ArrayList<>();
    private final List<AuditLog> logs = new ArrayList<>();
    private final @Nullable Selection selection;
    private ObservedTraces traces;

    /** @param selection which lines of logs are wanted; null for all */
    SourceReader(
            FollowOptions options,
            @Nullable Selection selection,
            Vocabulary vocabulary,
            InputStream stdin,
            ReadListener listener) {
        this.options = options;
        this.selection = selection;
        this.vocabulary = vocabulary;
        this.stdin = stdin;
        this.listener = listener;
        this.traces = new ObservedTraces(options);
    }

    /** The diagnostics about the files. */
    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** All runs, those of observations too. */
    List<Run> runs() {
        return runs;
    }

    /** What the files say that programs import. */
    List<ProgramImports> imports() {
        return imports;
    }

    /** The logs among the files. */
    List<AuditLog> logs() {
        return logs;
    }

    /** The traces among the files. */
    ObservedTraces traces() {
        return traces;
    }

    /** Reads files that are not those of one set, however they are named: here one. */
    void readFile(EvidenceSource source) {
        String file = source.name();
        try (EvidenceStream stream = open(file)) {
            TraceHead head = new TraceHead(Compression.peek(stream.in(), TraceHead.BYTES));
            Optional<LogForm> form = head.log();
            boolean isCertain = form.isPresent() && head.isCertainLog();
            // what was read of standard input cannot be read again as a trace
            boolean isGuess = form.isPresent() && options.choice().isAll() && !file.equals(EvidenceFiles.STDIN);
            if (isCertain || isGuess) {
                readLog(source, stream, form.orElseThrow(), isCertain);
                return;
            }
            if (head.isOfQemu()) {
                readQemu(file, stream);
                return;
            }
            boolean observation = head.isJson() && head.isObservation();
            Optional<String> refusal = observation ? Optional.empty() : head.refusal();
            if (refusal.isPresent()) {
                refuse(source, refusal.get());
                return;
            }
            if (head.isJson() && source.inDirectory() && !observation) {
                refuse(source, "is JSON, but no observation");
                return;
            }
            if (head.isJson() && !options.choice().isAll()) {
                throw error(
                        file,
                        "is an observation, which does not say whose children the programs are; make one of the"
                                + " program alone with: strait summarize --program PATH TRACE");
            }
            if (head.isJson()) {
                Observation read = ObservationReader.read(file, stream.in(), diagnostics::add);
                runs.addAll(read.runs());
                imports.addAll(read.imports());
                return;
            }
            head.guest()
                    .ifPresent(what ->
                            diagnostics.add(Diagnostic.warning("foreign-lines", SourcePosition.ofFile(file), what)));
            TraceObserver observer = new TraceObserver(file, options, vocabulary);
            read(observer, stream, 0);
            finish(source, observer);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** @param isCertain whether it cannot be a trace that begins with what a program logged */
    private void readLog(EvidenceSource source, EvidenceStream stream, LogForm form, boolean isCertain)
            throws IOException {
        if (!options.choice().isAll()) {
            throw error(
                    source.name(),
                    "is a log, which does not say whose children the programs are; choose its lines with --exe PATH"
                            + " or --comm NAME");
        }
        AuditLog read = AuditLog.read(
                source.name(),
                stream.in(),
                form,
                selection == null ? Selection.ALL : selection,
                options.declared(),
                lines -> stream.read(lines, 0));
        if (!isCertain && !read.hasRecords() && isReadAsTrace(source)) {
            return;
        }
        if (source.inDirectory() && !read.hasRecords()) {
            refuse(source, "is a log without audit lines of seccomp");
            return;
        }
        logs.add(read);
        if (read.hasWanted()) {
            runs.add(read.run());
        }
    }

    private void readQemu(String file, EvidenceStream stream) throws IOException {
        if (!options.choice().isAll()) {
            throw error(
                    file,
                    "is a log of qemu-user, which does not say whose children the programs are; record the program"
                            + " alone with: strait record --qemu ARCH -o FILE -- PROGRAM");
        }
        runs.add(QemuLog.read(file, stream.in(), options.declared(), lines -> stream.read(lines, 0)));
    }

    /** Reads a file as a trace, if it is one. */
    private boolean isReadAsTrace(EvidenceSource source) throws IOException {
        TraceObserver observer = new TraceObserver(source.name(), options, vocabulary);
        try (EvidenceStream stream = open(source.name())) {
            read(observer, stream, 0);
        }
        Optional<ObservedTraces> observed = observer.end();
        observed.ifPresent(this::keep);
        return observed.isPresent();
    }

    /** Reads the files of an {@code -ff} set as one trace. */
    void readTrace(EvidenceSource set) {
        TraceObserver observer = new TraceObserver(set.name(), options, vocabulary);
        for (int i = 0; i < set.files().size(); i++) {
            String file = set.files().get(i);
            try (EvidenceStream stream = open(file)) {
                read(observer, stream, set.tids().get(i));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        finish(set, observer);
    }

    private void finish(EvidenceSource source, TraceObserver observer) {
        Optional<ObservedTraces> observed = observer.end();
        if (observed.isEmpty()) {
            refuse(source, "contains no strace output; " + Remediation.RECORD);
            return;
        }
        keep(observed.get());
    }

    private void keep(ObservedTraces observed) {
        traces = observed;
        runs.addAll(traces.runs());
        imports.addAll(traces.imports());
        diagnostics.addAll(traces.warnings());
    }

    /** Refuses a file that the user named; one that was found in a directory is skipped with a warning. */
    private void refuse(EvidenceSource source, String reason) {
        if (!source.inDirectory()) {
            throw error(source.name(), reason);
        }
        diagnostics.add(
                Diagnostic.warning("not-a-trace", SourcePosition.ofFile(source.name()), "skipped: it " + reason));
    }

    private static void read(TraceObserver observer, EvidenceStream stream, int tid) throws IOException {
        observer.read(stream.name(), stream.in(), stream.size(), tid, stream.workers(), stream);
    }

    private EvidenceStream open(String file) throws IOException {
        return EvidenceStream.open(file, stdin, listener);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    static RefusalException error(String file, String message) {
        return new RefusalException(Diagnostic.error("no-evidence", SourcePosition.ofFile(file), message));
    }

    static RefusalException unreadable(String file, IOException e) {
        String reason = EvidenceFiles.isNoText(file)
                ? EvidenceFiles.NO_TEXT
                : e instanceof AccessDeniedException
                        ? "may not be read; check its permissions"
                        : "cannot be read (" + reason(e) + "); if it was cut or damaged, copy or record it again";
        return new RefusalException(Diagnostic.error("unreadable", SourcePosition.ofFile(file), reason));
    }
}
