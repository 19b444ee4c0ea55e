package io.github.strait.follow;

import com.google.common.hash.Hashing;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.TraceReader;
import io.github.strait.trace.scan.TraceScan;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** Follows one trace, from the bytes of its files to its runs. */
public final class TraceObserver {
    private static final int LONGEST_DIGEST = 32;
    private static final int HASH = 16;
    /** Of a checksum. */
    private static final int DIGITS = 8;

    private final FollowOptions options;
    private final RunDivider runs;
    private final TraceScan scan;
    private final StringBuilder checksums = new StringBuilder();

    /**
     * An observer of one trace.
     *
     * @param name the name of the trace: of its file, or {@code NAME.*} for an {@code -ff} set
     * @param vocabulary in use by no other observer
     */
    public TraceObserver(String name, FollowOptions options, Vocabulary vocabulary) {
        vocabulary.begin();
        this.options = options;
        this.scan = vocabulary.scan();
        this.runs = new RunDivider(name, vocabulary.printedNames(), options.watch(), options.choice());
    }

    /**
     * Reads one file to its end; those of a set in the order of their tids.
     *
     * @param file the name under which the user knows it
     * @param in what it holds, decompressed; the caller closes it
     * @param size how many bytes that are; 0 when it is not known
     * @param tid of an {@code -ff} set the file's, and 0 for any other
     * @param workers how many threads read it, this one among them; at least 1
     * @param progress told of each portion that is read
     * @throws IOException when the stream cannot be read
     */
    public void read(String file, InputStream in, long size, int tid, int workers, Progress progress)
            throws IOException {
        runs.report(progress);
        scan.begin();
        CRC32C checksum = new CRC32C();
        TraceReader reader = new TraceReader(new CheckedInputStream(in, checksum), file, tid, size);
        long lines = reader.forEach(runs, scan, workers);
        runs.endFile(tid, new SourcePosition(file, lines), reader.isOpen());
        String checked = Long.toHexString(checksum.getValue());
        checksums.append("0".repeat(DIGITS - checked.length())).append(checked).append(Long.toHexString(lines));
    }

    /**
     * Ends the trace, when all files are read.
     *
     * @return the runs; empty when no line is one that strace alone writes
     * @throws RefusalException when the declared machine, or no machine at all, can run what the trace shows
     */
    public Optional<ObservedTraces> end() {
        List<UnresolvedRun> seen = runs.end();
        if (seen.stream().noneMatch(UnresolvedRun::isOfStrace)) {
            return Optional.empty();
        }
        ObservedTraces traces = new ObservedTraces(options);
        String digest = options.choice().idOf(digest());
        for (int i = 0; i < seen.size(); i++) {
            traces.add(seen.size() == 1 ? digest : digest + "." + (i + 1), seen.get(i));
        }
        return Optional.of(traces);
    }

    /** The same for the same files under other names. */
    private String digest() {
        return checksums.length() <= LONGEST_DIGEST
                ? checksums.toString()
                : Hashing.sha256().hashUnencodedChars(checksums).toString().substring(0, HASH);
    }
}
