import io.github.strait.trace.Line;
import io.github.strait.trace.LineHandler;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.TraceReader;
import io.github.strait.trace.scan.ScanSummary;
import io.github.strait.trace.scan.TraceScan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scans traces as strait does and follows nothing: what is left of its time if all else cost nothing. */
final class Scan implements LineHandler {
    private long calls;

    /** Prints how many lines and calls the files have. */
    public static void main(String[] files) throws IOException {
        Scan scan = new Scan();
        long lines = 0;
        for (String file : files) {
            Path path = Path.of(file);
            try (InputStream in = Files.newInputStream(path)) {
                lines += new TraceReader(in, file, 0, Files.size(path)).forEach(scan, new TraceScan(), 1);
            }
        }
        System.out.println(lines + " " + scan.calls);
    }

    @Override
    public boolean scanned(int tid, int number, int summary) {
        calls += ScanSummary.isCall(summary) ? 1 : 0;
        return true;
    }

    @Override
    public int scannedAlike(int tid, int summary, int lines) {
        return lines;
    }

    @Override
    public void accept(Line line) {
        calls += line.kind() == LineKind.CALL ? 1 : 0;
    }
}
