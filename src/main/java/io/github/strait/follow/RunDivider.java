package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineHandler;
import io.github.strait.trace.ScannedLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the lines of one trace, file by file, and divides them into runs where strace was told to append. */
final class RunDivider implements LineHandler {
    private final PrintedNameTable printedNames;
    private final List<UnresolvedRun> runs = new ArrayList<>();
    private RunObserver run;
    private @Nullable Progress progress;
    private long earlierLines;
    private long earlierCalls;

    /** @param name the name of the trace: of its file, or {@code NAME.*} for an {@code -ff} set */
    RunDivider(String name, PrintedNameTable printedNames, ArgumentWatch watch, ProgramChoice choice) {
        this.printedNames = printedNames;
        run = new RunObserver(name, printedNames, watch, choice);
    }

    /** Reports progress from now on. */
    void report(Progress listener) {
        progress = listener;
    }

    /** See {@link RunObserver#endFile}. */
    void endFile(int tid, SourcePosition last, boolean isOpen) {
        run.endFile(tid, last, isOpen);
        earlierLines += last.line();
    }

    @Override
    public boolean scanned(int tid, int number, int summary) {
        return run.scanned(tid, number, summary);
    }

    @Override
    public boolean scanned(ScannedLine line) {
        return run.scanned(line);
    }

    @Override
    public int scannedAlike(int tid, int summary, int lines) {
        return run.scannedAlike(tid, summary, lines);
    }

    @Override
    public boolean isName(byte[] bytes, int from, int to) {
        return printedNames.find(bytes, from, to) != null;
    }

    @Override
    public void accept(Line line) {
        if (run.isEndedBefore(line)) {
            runs.add(run.end());
            earlierCalls += run.calls();
            run = run.next();
        }
        run.accept(line);
    }

    @Override
    public void afterBlock(long lines) {
        if (progress != null) {
            progress.read(earlierLines + lines, earlierCalls + run.calls());
        }
    }

    /** The runs, when all files are read. */
    List<UnresolvedRun> end() {
        runs.add(run.end());
        return runs;
    }
}
