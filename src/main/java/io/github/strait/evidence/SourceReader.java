package io.github.strait.evidence;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.follow.AbiResolver;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.follow.Details;
import io.github.strait.follow.ExecutedPrograms;
import io.github.strait.follow.ProgramChoice;
import io.github.strait.follow.RunAssembler;
import io.github.strait.follow.UnresolvedRun;
import io.github.strait.observation.ObservationReader;
import io.github.strait.observation.Remediation;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one piece of evidence, a file or the files of an {@code -ff} set, and keeps what it says. */
final class SourceReader {
    private final Optional<Arch> declared;
    private final Arch here;
    private final InputStream stdin;
    private final ReadListener listener;
    private final ArgumentWatch watch;
    private final ProgramChoice choice;
    private final ExecutedPrograms programs;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final Details details = new Details();

    SourceReader(
            Optional<Arch> declared,
            Arch here,
            InputStream stdin,
            ReadListener listener,
            ArgumentWatch watch,
            ProgramChoice choice) {
        this.choice = choice;
        this.programs = new ExecutedPrograms(choice);
        this.declared = declared;
        this.here = here;
        this.stdin = stdin;
        this.listener = listener;
        this.watch = watch;
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    List<Run> runs() {
        return runs;
    }

    Details details() {
        return details;
    }

    ArgumentWatch watch() {
        return watch;
    }

    ExecutedPrograms programs() {
        return programs;
    }

    /** Reads files that are not those of one set, however they are named: here one. */
    void readFile(EvidenceFiles.EvidenceSource source) {
        String file = source.name();
        try (EvidenceStream stream = open(file)) {
            TraceHead head = new TraceHead(Compression.peek(stream.in(), TraceHead.BYTES));
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
            if (head.isJson() && !choice.isAll()) {
                throw error(
                        file,
                        "is an observation, which does not say whose children the programs are; make one of the"
                                + " program alone with: strait summarize --program PATH TRACE");
            }
            if (head.isJson()) {
                runs.addAll(ObservationReader.read(file, stream.in(), diagnostics::add)
                        .runs());
                return;
            }
            head.guest()
                    .ifPresent(what ->
                            diagnostics.add(Diagnostic.warning("foreign-lines", SourcePosition.ofFile(file), what)));
            TraceObserver observer = new TraceObserver(file, watch, choice);
            observer.read(stream, 0);
            finish(source, observer);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Reads the files of an {@code -ff} set as one trace. */
    void readTrace(EvidenceFiles.EvidenceSource set) {
        TraceObserver observer = new TraceObserver(set.name(), watch, choice);
        for (int i = 0; i < set.files().size(); i++) {
            String file = set.files().get(i);
            try (EvidenceStream stream = open(file)) {
                observer.read(stream, set.tids().get(i));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        finish(set, observer);
    }

    private void finish(EvidenceFiles.EvidenceSource source, TraceObserver observer) {
        List<UnresolvedRun> seen = observer.end();
        if (seen.stream().noneMatch(UnresolvedRun::isOfStrace)) {
            refuse(source, "contains no strace output; " + Remediation.RECORD);
            return;
        }
        String digest = choice.idOf(observer.digest());
        for (int i = 0; i < seen.size(); i++) {
            String id = seen.size() == 1 ? digest : digest + "." + (i + 1);
            assemble(id, seen.get(i));
        }
    }

    /** A run of which nothing is kept is left out. */
    private void assemble(String id, UnresolvedRun run) {
        List<AbiResolver.Decision> decisions = AbiResolver.resolve(run.groups(), declared, here).stream()
                .filter(decision -> decision.group().isKept())
                .toList();
        programs.add(run.programs());
        if (choice.isAll() || !decisions.isEmpty()) {
            runs.add(RunAssembler.assemble(id, run, decisions, watch));
            details.add(id, run, decisions);
        } else {
            diagnostics.addAll(run.completeness().warnings());
        }
    }

    /** What the user named must be evidence; what merely lies in a directory need not. */
    private void refuse(EvidenceFiles.EvidenceSource source, String reason) {
        if (!source.inDirectory()) {
            throw error(source.name(), reason);
        }
        diagnostics.add(
                Diagnostic.warning("not-a-trace", SourcePosition.ofFile(source.name()), "skipped: it " + reason));
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
