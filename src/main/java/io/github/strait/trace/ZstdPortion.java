package io.github.strait.trace;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Some whole frames of a zstd file, and what they hold. Where a frame ends is known from the sizes of its blocks, without
 * decompressing it (RFC 8878, section 3.1). A portion can be filled again.
 *
 * <p>It takes only frames that say how much they hold, and whose window holds all of that. What the library makes of such
 * a frame at once is what it makes of it in a stream. With a smaller window, only a stream forgets what is outside it.
 */
final class ZstdPortion {
    private static final int MAGIC = 0xfd2fb528;
    private static final int SKIPPABLE = 0x184d2a50;
    private static final int SKIPPABLE_MASK = 0xfffffff0;
    private static final int CHECKSUM = 1 << 2;
    private static final int SINGLE_SEGMENT = 1 << 5;
    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    /** What the library streams; it refuses a larger window there only. */
    private static final int WINDOW_LIMIT = 1 << 27;

    private static final int FIRST_BYTES = 1 << 16;

    /** A block of one byte, repeated. */
    private static final int RUN = 1;

    private final int limit;
    private byte[] packed;
    private int packedLength;
    /** How much the frames hold, as they say. */
    private int declared;

    private byte[] content = {};
    private int length;
    private int position;
    private @Nullable ForkJoinTask<Boolean> task;

    /** @param limit the largest frame that is taken, in bytes, compressed and not; at least 2. Half of it ends a portion */
    ZstdPortion(int limit) {
        this.limit = limit;
        this.packed = new byte[Math.min(limit, FIRST_BYTES)];
    }

    /**
     * Takes the next whole frames of a stream. Nothing is lost if it cannot: {@link #packed} is what was read then.
     *
     * @return whether there are only whole frames in it; false at the end of the stream, too
     */
    boolean fill(InputStream in) throws IOException {
        packedLength = 0;
        declared = 0;
        while (Math.max(declared, packedLength) < limit / 2) {
            int begin = packedLength;
            if (!takeFrame(in)) {
                return packedLength == begin && begin > 0;
            }
        }
        return true;
    }

    /** Has it decompressed by another thread. */
    void start() {
        task = ForkJoinTask.adapt(this::decompress).fork();
    }

    /** Waits until it is decompressed, if it was started; false if it is damaged. */
    boolean isWhole() {
        return task != null && task.join();
    }

    /** Reads on in what it holds; 0 at its end. */
    int read(byte[] bytes, int from, int most) {
        int count = Math.min(most, length - position);
        System.arraycopy(content, position, bytes, from, count);
        position += count;
        return count;
    }

    /** What was read from the stream. */
    InputStream packed() {
        return new ByteArrayInputStream(packed, 0, packedLength);
    }

    private boolean decompress() {
        length = 0;
        position = 0;
        if (content.length < declared) {
            content = new byte[declared];
        }
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            length = context.decompressByteArray(content, 0, declared, packed, 0, packedLength);
        } catch (ZstdException e) {
            return false;
        }
        return length == declared;
    }

    /** Takes one frame; false if it is no frame, not of those that are taken, or the stream ends in it. */
    private boolean takeFrame(InputStream in) throws IOException {
        if (!take(in, 4)) {
            return false;
        }
        int magic = (int) number(4);
        if ((magic & SKIPPABLE_MASK) == SKIPPABLE) {
            return take(in, 4) && take(in, number(4));
        }
        if (magic != MAGIC || !take(in, 1)) {
            return false;
        }
        int flags = (int) number(1);
        boolean isSingle = (flags & SINGLE_SEGMENT) != 0;
        if (!isSingle && !take(in, 1)) {
            return false;
        }
        long window = isSingle ? limit : window((int) number(1));
        int sizeBytes = flags >> 6 == 0 ? (isSingle ? 1 : 0) : 1 << (flags >> 6);
        if (sizeBytes == 0 || !take(in, DICTIONARY_BYTES[flags & 3]) || !take(in, sizeBytes)) {
            return false;
        }
        // what two bytes hold begins at 256
        long size = number(sizeBytes) + (sizeBytes == 2 ? 256 : 0);
        if (size < 0 || size > Math.min(window, limit) || window > WINDOW_LIMIT) {
            return false;
        }
        declared += (int) size;
        return takeBlocks(in) && take(in, (flags & CHECKSUM) == 0 ? 0 : 4);
    }

    private static long window(int descriptor) {
        long base = 1L << 10 + (descriptor >> 3);
        return base + base / 8 * (descriptor & 7);
    }

    private boolean takeBlocks(InputStream in) throws IOException {
        boolean isLast = false;
        while (!isLast) {
            if (!take(in, 3)) {
                return false;
            }
            int head = (int) number(3);
            isLast = (head & 1) != 0;
            if (!take(in, (head >> 1 & 3) == RUN ? 1 : head >> 3)) {
                return false;
            }
        }
        return true;
    }

    /** Takes so many bytes, and fewer only at the end of the stream; none, if they are too many. */
    private boolean take(InputStream in, long count) throws IOException {
        if (count > limit - packedLength) {
            return false;
        }
        int end = packedLength + (int) count;
        if (end > packed.length) {
            packed = Arrays.copyOf(packed, Math.min(limit, Math.max(end, 2 * packed.length)));
        }
        packedLength += in.readNBytes(packed, packedLength, (int) count);
        return packedLength == end;
    }

    /** The number in the last bytes that were taken, the least significant first. */
    private long number(int bytes) {
        long value = 0;
        for (int i = 1; i <= bytes; i++) {
            value = value << Byte.SIZE | packed[packedLength - i] & 0xff;
        }
        return value;
    }
}
