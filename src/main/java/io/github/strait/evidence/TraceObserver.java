package io.github.strait.evidence;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.follow.PrintedNameTable;
import io.github.strait.follow.ProgramChoice;
import io.github.strait.follow.RunObserver;
import io.github.strait.follow.UnresolvedRun;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineHandler;
import io.github.strait.trace.TraceReader;
import io.github.strait.trace.scan.TraceScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the files of one trace, in order, and divides them into runs where strace was told to append. */
public final class TraceObserver implements LineHandler {
    private final TraceScan scan = new TraceScan();
    private final PrintedNameTable printedNames = new PrintedNameTable();
    private final List<UnresolvedRun> runs = new ArrayList<>();
    private final StringBuilder digest = new StringBuilder();
    private RunObserver run;
    private @Nullable EvidenceStream stream;
    private long earlierLines;
    private long earlierCalls;

    /** @param name the name of the trace: of its file, or {@code NAME.*} for an {@code -ff} set */
    TraceObserver(String name, ArgumentWatch watch, ProgramChoice choice) {
        run = new RunObserver(name, printedNames, watch, choice);
    }

    /**
     * Reads one file.
     *
     * @param tid of an {@code -ff} set the file's, and 0 for any other
     */
    void read(EvidenceStream file, int tid) throws IOException {
        run.nextFile();
        stream = file;
        CRC32C checksum = new CRC32C();
        CheckedInputStream checked = new CheckedInputStream(file.in(), checksum);
        TraceReader reader = new TraceReader(checked, file.name(), tid);
        long lines = reader.forEach(this, scan, file.workers());
        run.endFile(tid, new SourcePosition(file.name(), lines), reader.isOpen());
        earlierLines += lines;
        digest.append(String.format("%08x%x", checksum.getValue(), lines));
    }

    @Override
    public boolean scanned(int tid, int number, int summary) {
        return run.scanned(tid, number, summary);
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
        if (stream != null) {
            stream.tell(earlierLines + lines, earlierCalls + run.calls());
        }
    }

    /** A digest of the content, the same for the same files under other names. */
    String digest() {
        return digest.length() <= 32
                ? digest.toString()
                : com.google.common.hash.Hashing.sha256()
                        .hashUnencodedChars(digest)
                        .toString()
                        .substring(0, 16);
    }

    /** The runs, when all files are read. */
    public List<UnresolvedRun> end() {
        runs.add(run.end());
        return runs;
    }
}
