package io.github.strait.trace;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.tukaani.xz.XZInputStream;

/** Decompresses traces, recognised by their first bytes, not their names. */
public final class Compression {
    private static final int BUFFER = 1 << 16;
    /** An xz dictionary of more would take more memory than any preset but the largest asks for. */
    private static final int XZ_MEMORY_KIB = 1 << 18;

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    /** The second to fourth byte of a skippable zstd frame, which pzstd writes first; the first is 0x50 to 0x5f. */
    private static final byte[] SKIPPABLE = {0x2a, 0x4d, 0x18};

    private Compression() {}

    /** The decompressed bytes of a stream; the stream itself, buffered, when it is not compressed. */
    public static BufferedInputStream open(InputStream in) throws IOException {
        return open(in, 1);
    }

    /**
     * The same.
     *
     * @param readers how many threads take turns to read it
     */
    public static BufferedInputStream open(InputStream in, int readers) throws IOException {
        BufferedInputStream raw = in instanceof BufferedInputStream b ? b : new BufferedInputStream(in, BUFFER);
        byte[] magic = peek(raw, XZ.length);
        InputStream plain = raw;
        if (startsWith(magic, 0, GZIP)) {
            plain = new GzipStream(raw, BUFFER);
        } else if (isZstd(magic)) {
            ZstdLibrary.load();
            plain = readers >= ZstdStream.LEAST_READERS ? new ZstdStream(raw) : ZstdStream.streamed(raw);
        } else if (startsWith(magic, 0, XZ)) {
            plain = new XZInputStream(raw, XZ_MEMORY_KIB);
        }
        return plain == raw ? raw : new BufferedInputStream(plain, BUFFER);
    }

    /** A stream that compresses with zstd, in frames of 8 MB. */
    public static OutputStream zstd(OutputStream out) throws IOException {
        ZstdLibrary.load();
        return new ZstdPacker(out);
    }

    /** Whether {@link #open} would decompress the stream. */
    public static boolean isCompressed(BufferedInputStream in) throws IOException {
        byte[] magic = peek(in, XZ.length);
        return startsWith(magic, 0, GZIP) || isZstd(magic) || startsWith(magic, 0, XZ);
    }

    /** The first bytes of a stream, which still come when it is read; fewer at its end. */
    public static byte[] peek(BufferedInputStream in, int count) throws IOException {
        in.mark(count);
        byte[] bytes = in.readNBytes(count);
        in.reset();
        return bytes;
    }

    private static boolean isZstd(byte[] magic) {
        boolean isSkippable = magic.length > 3 && (magic[0] & 0xf0) == 0x50 && startsWith(magic, 1, SKIPPABLE);
        return isSkippable || startsWith(magic, 0, ZSTD);
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] prefix) {
        return bytes.length >= from + prefix.length
                && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }
}
