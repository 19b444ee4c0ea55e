package io.github.strait.trace;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The content of a gzip file, all its members one after the other (RFC 1952). Java's own stream takes a damaged member
 * header for the end of the file and drops the rest. Here only zeros may follow the last member, as in {@code gzip},
 * which allows them for tapes.
 */
final class GzipStream extends InputStream {
    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int HEAD_CHECK = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final BufferedInputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] compressed;
    private final byte[] single = new byte[1];
    private int filled;
    private boolean ended;

    /** @param in at the head of the first member */
    GzipStream(BufferedInputStream in, int buffer) throws IOException {
        this.in = in;
        this.compressed = new byte[buffer];
        head();
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (!ended) {
                int count = inflater.inflate(bytes, from, length);
                if (count > 0) {
                    checksum.update(bytes, from, count);
                    return count;
                }
                if (inflater.finished()) {
                    nextMember();
                } else if (inflater.needsDictionary()) {
                    throw new ZipException("gzip member asks for a dictionary");
                } else {
                    fill();
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw new ZipException("damaged gzip data: " + e.getMessage());
        }
    }

    private void fill() throws IOException {
        // read again from the end of the member on; see nextMember
        in.mark(compressed.length);
        filled = in.read(compressed, 0, compressed.length);
        if (filled < 0) {
            throw new EOFException("gzip data ends too early");
        }
        inflater.setInput(compressed, 0, filled);
    }

    private void nextMember() throws IOException {
        in.reset();
        in.skipNBytes(filled - inflater.getRemaining());
        if (word() != (checksum.getValue() & 0xffffffffL) || word() != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("checksum of a gzip member is wrong");
        }
        in.mark(1);
        int next = in.read();
        if (next > 0) {
            in.reset();
            head();
            return;
        }
        while (next == 0) {
            next = in.read();
        }
        if (next > 0) {
            throw new ZipException("something that is not gzip follows the gzip data");
        }
        ended = true;
    }

    private void head() throws IOException {
        if (half() != MAGIC) {
            throw new ZipException("something that is not gzip follows the gzip data");
        }
        int method = octet();
        int flags = octet();
        if (method != DEFLATE || (flags & RESERVED) != 0) {
            throw new ZipException("damaged head of a gzip member");
        }
        // time, extra flags, operating system
        in.skipNBytes(6);
        if ((flags & EXTRA) != 0) {
            in.skipNBytes(half());
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEAD_CHECK) != 0) {
            in.skipNBytes(2);
        }
        inflater.reset();
        checksum.reset();
        filled = 0;
    }

    private void skipText() throws IOException {
        int next = octet();
        while (next != 0) {
            next = octet();
        }
    }

    private int octet() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("gzip data ends too early");
        }
        return value;
    }

    private int half() throws IOException {
        int low = octet();
        return octet() << 8 | low;
    }

    private long word() throws IOException {
        long low = half();
        return (long) half() << 16 | low;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
