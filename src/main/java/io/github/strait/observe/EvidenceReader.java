package io.github.strait.observe;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Compression;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads everything that the user calls evidence, compressed or not, traces and observations alike. */
public final class EvidenceReader {
    private static final Comparator<Diagnostic> BY_POSITION = Comparator.comparing(
                    Diagnostic::position, Comparator.nullsLast(Comparator.<SourcePosition>naturalOrder()))
            .thenComparing(Diagnostic::toString);

    /** Bytes; below, starting threads costs what they save. */
    private static final long LARGE = 8L << 20;

    /** More would wait for those that read and count, which are one at a time. */
    private static final int MOST_WORKERS = 4;

    private final Optional<Arch> declared;
    private final Arch here;
    private final InputStream stdin;
    private final ReadListener listener;
    private ArgumentWatch watch = ArgumentWatch.NONE;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final Details details = new Details();

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
     * A reader that tells how far it is.
     *
     * @param listener told of each portion that is read
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

    /**
     * Reads all evidence.
     *
     * @param arguments files, directories, names of {@code -ff} sets, {@code -} for standard input; at least one
     * @throws EvidenceException when one of them cannot be used
     */
    public Evidence read(List<String> arguments) throws EvidenceException {
        for (EvidenceFiles.Candidate candidate : EvidenceFiles.find(arguments)) {
            if (isSet(candidate)) {
                readTrace(candidate);
            } else {
                for (int i = 0; i < candidate.files().size(); i++) {
                    readFile(candidate.single(i));
                }
            }
        }
        if (runs.isEmpty()) {
            String names = String.join(" ", arguments);
            throw error(names, "holds no trace; " + Advice.RECORD);
        }
        Optional<String> contradiction = Observation.contradiction(runs);
        if (contradiction.isPresent()) {
            throw new EvidenceException(Diagnostic.error("abi-contradiction", null, contradiction.get()));
        }
        diagnostics.sort(BY_POSITION);
        Observation observation = Observation.of(runs);
        return new Evidence(observation, ImmutableList.copyOf(diagnostics), details.list(observation.lines()));
    }

    /** Files are one {@code -ff} set when their names end in tids and their lines have none. */
    private boolean isSet(EvidenceFiles.Candidate candidate) throws EvidenceException {
        if (candidate.tids().get(0) == 0) {
            return false;
        }
        String file = candidate.files().get(0);
        try (BufferedInputStream in = open(file)) {
            TraceHead head = new TraceHead(Compression.peek(in, TraceHead.BYTES));
            return head.isOfOneTask() && !head.isJson() && head.refusal().isEmpty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void readFile(EvidenceFiles.Candidate candidate) throws EvidenceException {
        String file = candidate.name();
        try (BufferedInputStream in = open(file)) {
            TraceHead head = new TraceHead(Compression.peek(in, TraceHead.BYTES));
            boolean observation = head.isJson() && head.isObservation();
            Optional<String> refusal = observation ? Optional.empty() : head.refusal();
            if (refusal.isPresent()) {
                refuse(candidate, refusal.get());
                return;
            }
            if (head.isJson() && candidate.inDirectory() && !observation) {
                refuse(candidate, "is JSON, but no observation");
                return;
            }
            if (head.isJson()) {
                runs.addAll(ObservationReader.read(file, in).runs());
                return;
            }
            TraceObserver observer = new TraceObserver(file, watch);
            observer.read(file, in, 0, workers(file));
            finish(candidate, observer);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void readTrace(EvidenceFiles.Candidate set) throws EvidenceException {
        TraceObserver observer = new TraceObserver(set.name(), watch);
        for (int i = 0; i < set.files().size(); i++) {
            String file = set.files().get(i);
            try (BufferedInputStream in = open(file)) {
                observer.read(file, in, set.tids().get(i), workers(file));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        finish(set, observer);
    }

    private void finish(EvidenceFiles.Candidate candidate, TraceObserver observer) throws EvidenceException {
        List<SeenRun> seen = observer.end();
        LineCounts lines = seen.stream().map(SeenRun::lines).reduce(LineCounts.NONE, LineCounts::plus);
        long blank = seen.stream().mapToLong(SeenRun::blank).sum();
        if (lines.calls() == 0 && lines.unparsed() >= lines.other() - blank) {
            refuse(candidate, "has no line that strace would write; " + Advice.RECORD);
            return;
        }
        for (int i = 0; i < seen.size(); i++) {
            SeenRun run = seen.get(i);
            String id = seen.size() == 1 ? observer.digest() : observer.digest() + "." + (i + 1);
            try {
                List<AbiResolver.Decision> decisions = AbiResolver.resolve(run.groups(), declared, here);
                runs.add(RunAssembler.assemble(id, run, decisions, diagnostics::add, watch));
                details.add(id, run, decisions);
            } catch (AbiContradictionException e) {
                throw new EvidenceException(
                        Diagnostic.error("abi-contradiction", e.position(), String.valueOf(e.getMessage())));
            }
            diagnostics.addAll(run.diagnostics());
        }
    }

    /** What the user named must be evidence; what merely lies in a directory need not. */
    private void refuse(EvidenceFiles.Candidate candidate, String reason) throws EvidenceException {
        if (!candidate.inDirectory()) {
            throw error(candidate.name(), reason);
        }
        diagnostics.add(
                Diagnostic.warning("not-a-trace", SourcePosition.ofFile(candidate.name()), "skipped: it " + reason));
    }

    /** One thread reads a small file, or what is piped, as fast as several. */
    private static int workers(String file) throws IOException {
        boolean isLarge = !file.equals(EvidenceFiles.STDIN) && Files.size(Path.of(file)) >= LARGE;
        return isLarge ? Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS) : 1;
    }

    private BufferedInputStream open(String file) throws IOException {
        boolean piped = file.equals(EvidenceFiles.STDIN);
        InputStream in = piped ? stdin : stream(Path.of(file));
        long size = piped ? 0 : Files.size(Path.of(file));
        return Compression.open(new WatchedInputStream(in, file, size, listener));
    }

    /** A channel cannot tell how much a pipe has, as in {@code strait generate <(cat trace)}, and fails when asked. */
    private static InputStream stream(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.newInputStream(file) : new FileInputStream(file.toFile());
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static EvidenceException error(String file, String message) {
        return new EvidenceException(Diagnostic.error("no-evidence", SourcePosition.ofFile(file), message));
    }

    private static EvidenceException unreadable(String file, IOException e) {
        String reason = e instanceof AccessDeniedException
                ? "may not be read; check its permissions"
                : "cannot be read (" + reason(e) + "); if it was cut or damaged, copy or record it again";
        return new EvidenceException(Diagnostic.error("unreadable", SourcePosition.ofFile(file), reason));
    }
}
