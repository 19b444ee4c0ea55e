package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CompressionTest {
    private static final byte[] TRACE = "9 close(3) = 0\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);

    enum Kind {
        NONE,
        GZIP,
        ZSTD,
        XZ;

        byte[] compress(byte[] bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            switch (this) {
                case GZIP -> write(new GZIPOutputStream(out), bytes);
                case XZ -> write(new XZOutputStream(out, new LZMA2Options(1)), bytes);
                case ZSTD -> out.write(Zstd.compress(bytes));
                case NONE -> out.write(bytes);
            }
            return out.toByteArray();
        }

        private static void write(OutputStream out, byte[] bytes) throws IOException {
            try (out) {
                out.write(bytes);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isToldByTheFirstBytes(Kind kind) throws IOException {
        assertArrayEquals(TRACE, read(kind.compress(TRACE)));
    }

    @ParameterizedTest
    @EnumSource
    void isKnownBeforeItIsRead(Kind kind) throws IOException {
        byte[] compressed = kind.compress(TRACE);
        BufferedInputStream in = new BufferedInputStream(new ByteArrayInputStream(compressed));
        assertEquals(kind != Kind.NONE, Compression.isCompressed(in));
        assertArrayEquals(compressed, in.readAllBytes());
    }

    @ParameterizedTest
    @EnumSource
    void mayHaveSeveralFrames(Kind kind) throws IOException {
        byte[] one = kind.compress("9 close(3) = 0\n".getBytes(StandardCharsets.UTF_8));
        byte[] two = kind.compress("9 close(4) = 0\n".getBytes(StandardCharsets.UTF_8));
        assertEquals("9 close(3) = 0\n9 close(4) = 0\n", new String(read(concat(one, two)), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void mayHaveNothingInIt(Kind kind) throws IOException {
        assertEquals(0, read(kind.compress(new byte[0])).length);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isNeverReadAsWholeWhenCut(Kind kind) throws IOException {
        byte[] compressed = kind.compress(TRACE);
        byte[] cut = Arrays.copyOf(compressed, compressed.length - 9);
        assertThrows(IOException.class, () -> read(cut));
    }

    @Test
    void ofZstdMayBeginWithASkippableFrame() throws IOException {
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
        assertArrayEquals(TRACE, read(concat(skippable, Kind.ZSTD.compress(TRACE))));
    }

    @Test
    void bytesThatWereLookedAtStillCome() throws IOException {
        BufferedInputStream in = Compression.open(new ByteArrayInputStream(Kind.GZIP.compress(TRACE)));
        assertArrayEquals(Arrays.copyOf(TRACE, 100), Compression.peek(in, 100));
        assertArrayEquals(TRACE, in.readAllBytes());
    }

    @Test
    void fewerBytesThanAskedForAreSeenAtTheEnd() throws IOException {
        BufferedInputStream in = Compression.open(new ByteArrayInputStream(new byte[] {'9'}));
        assertEquals(1, Compression.peek(in, 100).length);
    }

    private static byte[] read(byte[] bytes) throws IOException {
        try (BufferedInputStream in = Compression.open(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static byte[] concat(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
