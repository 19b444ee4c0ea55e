package io.github.strait.follow;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Block;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineHandler;
import io.github.strait.trace.Portions;
import io.github.strait.trace.ScannedLine;
import io.github.strait.trace.scan.TraceScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that can be told of a trace, as text: parsed line by line, or scanned in portions by several threads. */
public final class Transcript {
    private static final int FIRST_TID = 100;

    private final RunDivider runs;
    private long unparsed;

    private Transcript(ProgramChoice choice) {
        this(choice, new PrintedNameTable());
    }

    private Transcript(ProgramChoice choice, PrintedNameTable printedNames) {
        runs = new RunDivider("trace", printedNames, ArgumentWatch.NONE, choice);
    }

    /** Each line is parsed, and none is scanned. */
    public static String careful(byte[] trace) {
        return careful(List.of(trace), false, ProgramChoice.ALL);
    }

    /** As the program reads. */
    public static String quick(byte[] trace, int blockSize, int workers) {
        return quick(List.of(trace), false, ProgramChoice.ALL, blockSize, workers);
    }

    /**
     * Each line is parsed, and none is scanned.
     *
     * @param isSet whether each file is that of one task
     */
    static String careful(List<byte[]> files, boolean isSet, ProgramChoice choice) {
        return new Transcript(choice)
                .told(files, isSet, (trace, tid, runs) -> Portions.read(trace, tid, each -> Block::divide, runs));
    }

    /** As the program reads a trace of several files, of which it keeps some programs only. */
    static String quick(List<byte[]> files, boolean isSet, ProgramChoice choice, int blockSize, int workers) {
        return quick(files, isSet, choice, blockSize, workers, new Vocabulary());
    }

    /** As the program reads a trace after others. */
    static String quick(
            List<byte[]> files,
            boolean isSet,
            ProgramChoice choice,
            int blockSize,
            int workers,
            Vocabulary vocabulary) {
        vocabulary.begin();
        TraceScan scan = vocabulary.scan();
        return new Transcript(choice, vocabulary.printedNames()).told(files, isSet, (trace, tid, runs) -> {
            scan.begin();
            return Portions.read(trace, tid, blockSize, scan, workers, runs);
        });
    }

    /** Reads one file, and tells how many lines it has. */
    private interface FileReader {
        long read(byte[] file, int tid, LineHandler runs);
    }

    private String told(List<byte[]> files, boolean isSet, FileReader reader) {
        for (int i = 0; i < files.size(); i++) {
            byte[] file = files.get(i);
            int tid = isSet ? FIRST_TID + i : 0;
            long lines = reader.read(file, tid, runs);
            boolean isOpen = file.length > 0 && file[file.length - 1] != '\n';
            runs.endFile(tid, new SourcePosition("trace", lines), isOpen);
        }
        return told();
    }

    /** How many lines the program counts without parsing them. */
    public static long unparsed(byte[] trace) {
        Transcript transcript = new Transcript(ProgramChoice.ALL);
        Portions.read(trace, 0, 1 << 18, new TraceScan(ArgumentSpans::of), 1, new LineHandler() {
            @Override
            public void accept(Line line) {
                transcript.runs.accept(line);
            }

            @Override
            public boolean isName(byte[] bytes, int from, int to) {
                return transcript.runs.isName(bytes, from, to);
            }

            @Override
            public boolean scanned(int tid, int number, int summary) {
                boolean isEnough = transcript.runs.scanned(tid, number, summary);
                transcript.unparsed += isEnough ? 1 : 0;
                return isEnough;
            }

            @Override
            public boolean scanned(ScannedLine line) {
                boolean isEnough = transcript.runs.scanned(line);
                transcript.unparsed += isEnough ? 1 : 0;
                return isEnough;
            }
        });
        return transcript.unparsed;
    }

    private String told() {
        StringBuilder told = new StringBuilder();
        for (UnresolvedRun run : runs.end()) {
            List<Object> all = new ArrayList<>();
            try {
                List<AbiResolver.Decision> decisions = AbiResolver.resolve(run.groups(), Optional.empty(), Arch.X86_64);
                all.add(RunAssembler.assemble("id", run, decisions, ArgumentWatch.NONE));
                all.addAll(TaskNotes.of(run, decisions));
            } catch (RefusalException e) {
                all.add(e.diagnostic().position() + " " + e.getMessage());
            }
            all.add(run.isOfStrace());
            all.add(run.taskAbis().size() + " " + run.moreTaskAbis());
            all.addAll(run.shapes());
            all.add(run.versions());
            all.add(run.completeness());
            all.forEach(each -> told.append(each).append('\n'));
        }
        return told.toString();
    }
}
