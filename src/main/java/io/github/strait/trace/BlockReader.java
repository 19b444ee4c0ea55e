package io.github.strait.trace;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Divides a stream into blocks of whole lines. */
final class BlockReader {
    private static final int HEAD = 1 << 14;

    private final InputStream in;
    private final int size;
    private final int lineLimit;
    /** Bytes that were read but are not in a block yet. */
    private byte[] ahead = new byte[0];

    private int aheadFrom;
    private boolean skipping;
    private long blocks;

    /**
     * @param size about how many bytes a block has; more, where a line has
     * @param lineLimit a longer line is cut there
     */
    BlockReader(InputStream in, int size, int lineLimit) {
        this.in = in;
        this.size = Math.min(size, lineLimit);
        this.lineLimit = lineLimit;
    }

    /** The prefix of the lines, found in the head of the stream; independent of the block size. */
    CommonPrefix readHead() throws IOException {
        ahead = in.readNBytes(Math.min(HEAD, lineLimit));
        return CommonPrefix.of(ahead, byteOrderMark(ahead, 0, ahead.length), ahead.length);
    }

    /** An empty block for {@link #read}. */
    Block block() {
        return new Block(size);
    }

    /** Reads the next lines; false at the end of the stream. */
    boolean read(Block block) throws IOException {
        if (skipping && !skip()) {
            return false;
        }
        if (block.capacity() > size) {
            // a long line has made it grow
            block.bytes = new byte[size + Block.PADDING];
        }
        block.cut = false;
        block.open = false;
        int filled = 0;
        int end = 0;
        while (end == 0) {
            if (filled == block.capacity()) {
                if (filled == lineLimit) {
                    block.cut = true;
                    skipping = true;
                    end = filled;
                    break;
                }
                block.grow(lineLimit);
            }
            int searched = filled;
            filled += readNBytes(block.bytes, filled, block.capacity() - filled);
            if (filled < block.capacity()) {
                end = filled;
                block.open = end > 0 && block.bytes[end - 1] != '\n';
                break;
            }
            end = lastLine(block.bytes, searched, filled);
        }
        if (end == 0) {
            return false;
        }
        putBack(block.bytes, end, filled);
        block.fill(end);
        block.index = blocks++;
        return true;
    }

    /** The place after the last line feed, or 0. */
    private static int lastLine(byte[] bytes, int from, int to) {
        int p = to;
        while (p > from && bytes[p - 1] != '\n') {
            p--;
        }
        return p > from ? p : 0;
    }

    private int readNBytes(byte[] buffer, int from, int length) throws IOException {
        int known = Math.min(length, ahead.length - aheadFrom);
        System.arraycopy(ahead, aheadFrom, buffer, from, known);
        aheadFrom += known;
        return known == length ? known : known + in.readNBytes(buffer, from + known, length - known);
    }

    private void putBack(byte[] buffer, int from, int to) {
        if (aheadFrom < ahead.length) {
            aheadFrom -= to - from;
        } else {
            ahead = Arrays.copyOfRange(buffer, from, to);
            aheadFrom = 0;
        }
    }

    /** Leaves out the rest of a line that was too long; false when the stream ends with it. */
    private boolean skip() throws IOException {
        byte[] rest = new byte[size];
        while (true) {
            int count = readNBytes(rest, 0, size);
            int newline = ByteSearch.find(rest, 0, count, (byte) '\n');
            if (newline < count) {
                putBack(rest, newline + 1, count);
                skipping = false;
                return true;
            } else if (count < size) {
                return false;
            }
        }
    }

    /** The place after the mark of a stream's first bytes, if it has one: of UTF-8, or of UTF-16 in either order. */
    static int byteOrderMark(byte[] bytes, int from, int to) {
        boolean wide = to - from >= 2
                && Math.max(bytes[from], bytes[from + 1]) == (byte) 0xFF
                && Math.min(bytes[from], bytes[from + 1]) == (byte) 0xFE;
        if (wide) {
            return from + 2;
        }
        boolean marked = to - from >= 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
        return marked ? from + 3 : from;
    }
}
