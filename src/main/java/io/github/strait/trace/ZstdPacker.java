package io.github.strait.trace;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.OutputStream;

/** Compresses with zstd, in frames that can be decompressed apart. Each says how much it holds and has a checksum. */
final class ZstdPacker extends OutputStream {
    /**
     * The window of a frame as a power of two; a frame holds as many bytes. A trace of a gigabyte gets 2 % smaller than as
     * one frame with the library's own window of 2 MB. With that window, it would get 0.5 % larger; with 4 MB, 1 % larger.
     */
    private static final int WINDOW = 23;

    private final OutputStream out;
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final byte[] frame = new byte[1 << WINDOW];
    private final byte[] packed = new byte[(int) Zstd.compressBound(frame.length)];
    private int filled;
    private boolean began;
    private boolean closed;

    ZstdPacker(OutputStream out) {
        this.out = out;
        context.setChecksum(true).setWindowLog(WINDOW);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (filled == frame.length) {
                pack();
            }
            int count = Math.min(length - done, frame.length - filled);
            System.arraycopy(bytes, from + done, frame, filled, count);
            filled += count;
            done += count;
        }
    }

    private void pack() throws IOException {
        out.write(packed, 0, context.compressByteArray(packed, 0, packed.length, frame, 0, filled));
        filled = 0;
        began = true;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (OutputStream file = out;
                ZstdCompressCtx used = context) {
            // a frame that holds nothing, because no frame is not a zstd file
            if (filled > 0 || !began) {
                pack();
            }
        }
    }
}
