package io.github.strait.trace;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a trace line by line from a stream. Memory depends on the longest line, not on the length of the trace. Lines
 * longer than {@value #LINE_LIMIT} bytes are cut there and marked.
 */
public final class TraceReader {
    /** The longest line that is read whole, in bytes; strace can print one of {@code -s} times the vector's length. */
    public static final int LINE_LIMIT = 1 << 26;

    /** Small enough for the processor's cache, large enough that handing them over costs nothing. */
    private static final int BLOCK = 1 << 18;

    /** For files that may grow. */
    private static final int LEAST = 1 << 12;

    /** How the header begins that strait writes, of whatever version. */
    private static final byte[] HEADER = Ascii.word("# strait-recording/");

    /** How the lines begin that strait writes behind a trace, of whatever version. */
    private static final byte[] IMPORTS = Ascii.word("# strait-imports/");

    private final String file;
    private final ScannedLine scanned;
    private final int defaultTid;
    private final BlockReader blocks;
    private CommonPrefix prefix = CommonPrefix.NONE;
    private long lineNumber;
    private boolean open;

    /** Reads a trace whose lines carry their tids, or that shows one task. */
    public TraceReader(InputStream in) {
        this(in, "", 0, 0);
    }

    /**
     * Reads one file of a trace.
     *
     * @param file the name under which the user knows it, for the positions of its lines
     * @param tid the tid of lines that carry none: in an {@code -ff} set the number that ends the file's name, else 0
     * @param size how many bytes it has, as far as is known; 0 when it is not
     */
    public TraceReader(InputStream in, String file, int tid, long size) {
        this(in, file, tid, buffer(BLOCK, size), LINE_LIMIT);
    }

    /**
     * How long a buffer for a file should be: one that reads it at once, if it is small.
     *
     * @param most the length for a large file, and one of unknown size
     * @param size that of the file; 0 when it is not known
     */
    public static int buffer(int most, long size) {
        // one byte more, to see the end with the rest
        return size == 0 || size >= most ? most : Math.max((int) size + 1, LEAST);
    }

    /** Reads with other limits for the length of lines and the size of blocks. */
    TraceReader(InputStream in, String file, int tid, int blockSize, int lineLimit) {
        this.file = file;
        this.scanned = new ScannedLine(file);
        this.defaultTid = tid;
        this.blocks = new BlockReader(in, blockSize, lineLimit);
    }

    /**
     * Reads to the end of the stream and hands each line to the handler, parsed.
     *
     * @return how many lines there were
     */
    public long forEach(LineHandler handler) throws IOException {
        prefix = blocks.readHead();
        Salvage salvage = new Salvage(handler, file, defaultTid);
        Block block = blocks.block();
        while (blocks.read(block)) {
            block.divide();
            take(block, handler, salvage);
        }
        salvage.end();
        return lineNumber;
    }

    /**
     * Reads to the end of the stream, and hands each line to the handler, parsed unless its scan summary is enough. The
     * handler gets the same lines in the same order whatever the number of workers, from one thread at a time.
     *
     * @param scanners recognises lines of this trace before they are parsed
     * @param workers how many threads read and scan, this one among them; at least 1
     * @return how many lines there were
     */
    public long forEach(LineHandler handler, BlockScanner.Factory scanners, int workers) throws IOException {
        prefix = blocks.readHead();
        Salvage salvage = new Salvage(handler, file, defaultTid);
        new BlockPipeline(blocks, block -> take(block, handler, salvage))
                .run(workers, () -> prefix == CommonPrefix.NONE ? scanners.scanner(defaultTid) : Block::divide);
        salvage.end();
        return lineNumber;
    }

    /** Whether the last line that was read has no line feed, as where a trace was cut. */
    public boolean isOpen() {
        return open;
    }

    private void take(Block block, LineHandler handler, Salvage salvage) {
        open = block.open;
        int i = 0;
        while (i < block.marks()) {
            if (!salvage.needsAll()) {
                long before = lineNumber;
                i = skipScanned(block, i, handler);
                if (lineNumber > before) {
                    salvage.passOver();
                }
            }
            if (i < block.marks()) {
                lineNumber++;
                if (!salvage.needsAll() && isScanned(block, i, handler)) {
                    salvage.passOver();
                } else {
                    take(block, i, salvage);
                }
                if (block.lines(i) > 1) {
                    block.dropFirst(i, 1);
                } else {
                    i++;
                }
            }
        }
        handler.afterBlock(lineNumber);
    }

    /** Whether a line need not be parsed, because what the scan vouches for is enough. */
    private boolean isScanned(Block block, int i, LineHandler handler) {
        if (block.summary(i) == Line.UNSCANNED) {
            return false;
        }
        scanned.set(block, i, lineNumber);
        return handler.scanned(scanned);
    }

    /** The mark of the next line whose summary alone is not enough. A method of its own, because it is most of the work. */
    private int skipScanned(Block block, int from, LineHandler handler) {
        int marks = block.marks();
        int more = 0;
        int i = from;
        while (i < marks) {
            int summary = block.summary(i);
            int lines = block.lines(i);
            if (summary == Line.UNSCANNED) {
                break;
            } else if (lines > 1) {
                int handled = handler.scannedAlike(block.tid(i), summary, lines);
                if (handled < lines) {
                    block.dropFirst(i, handled);
                    more += handled;
                    break;
                }
                more += lines - 1;
            } else if (!handler.scanned(block.tid(i), block.number(i), summary)) {
                break;
            }
            i++;
        }
        lineNumber += i - from + more;
        return i;
    }

    private void take(Block block, int index, Salvage salvage) {
        byte[] bytes = block.bytes;
        int start = block.start(index);
        int end = block.end(index);
        if (lineNumber == 1) {
            start = BlockReader.byteOrderMark(bytes, start, end);
        }
        while (end > start && bytes[end - 1] == '\r') {
            end--;
        }
        while (start < end && bytes[start] == 0) {
            start++;
        }
        start = prefix.skip(bytes, start, end);
        if (lineNumber == 1 && Ascii.startsWith(bytes, start, end, HEADER)) {
            salvage.takeHeader(bytes, start, end);
            return;
        }
        if (start < end && bytes[start] == '#' && Ascii.startsWith(bytes, start, end, IMPORTS)) {
            salvage.takeOwn(bytes, start, end, lineNumber, LineKind.IMPORTS);
            return;
        }
        boolean last = block.open && index == block.marks() - 1 && block.lines(index) == 1;
        salvage.take(bytes, start, end, lineNumber, last, block.cut, block.summary(index));
    }
}
