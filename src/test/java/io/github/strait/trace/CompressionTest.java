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

    /** Its end may be read together with that of the part before. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isNeverReadAsWholeWhenItsSecondPartIsCut(Kind kind) throws IOException {
        byte[] one = kind.compress(TRACE);
        byte[] both = concat(one, one);
        assertArrayEquals(concat(TRACE, TRACE), read(both));
        for (int length = one.length + 1; length < both.length; length++) {
            byte[] cut = Arrays.copyOf(both, length);
            assertThrows(IOException.class, () -> read(cut), () -> cut.length + " bytes");
        }
    }

    /** One flipped bit must not hide a member, and what follows the last one is no evidence. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isNeverReadAsWholeWhenItsSecondPartIsDamaged(Kind kind) throws IOException {
        byte[] one = kind.compress(TRACE);
        byte[] two = kind.compress(TRACE);
        for (int bit = 0; bit < 24; bit++) {
            byte[] damaged = two.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            if (kind != Kind.ZSTD
                    || !Compression.isCompressed(new BufferedInputStream(new ByteArrayInputStream(damaged)))) {
                assertThrows(IOException.class, () -> read(concat(one, damaged)), "bit " + bit);
            }
        }
        for (String garbage : new String[] {"\n", "x", "9 ptrace(0) = 0\n", "\u0000\u0000\u0000\u0001"}) {
            assertThrows(
                    IOException.class,
                    () -> read(concat(one, garbage.getBytes(StandardCharsets.UTF_8))),
                    () -> "followed by " + garbage.length() + " bytes");
        }
    }

    /** Tapes are filled up so, and gzip passes over it. */
    @Test
    void ofGzipMayBeFilledUpWithZeros() throws IOException {
        assertArrayEquals(TRACE, read(concat(Kind.GZIP.compress(TRACE), new byte[10_240])));
        byte[] other = concat(new byte[4], Kind.GZIP.compress(TRACE));
        assertThrows(IOException.class, () -> read(concat(Kind.GZIP.compress(TRACE), other)));
    }

    /** All that RFC 1952 lets stand in the head of a member. */
    @Test
    void ofGzipMayHaveNameCommentAndMore() throws IOException {
        byte[] plain = Kind.GZIP.compress(TRACE);
        byte[] head = {0x1f, (byte) 0x8b, 8, 1 | 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 0, 7, 7};
        byte[] full = concat(head, Arrays.copyOfRange(plain, 10, plain.length));
        assertArrayEquals(concat(TRACE, TRACE), read(concat(full, full)));
        for (int length = 1; length < head.length; length++) {
            byte[] cut = concat(plain, Arrays.copyOf(head, length));
            assertThrows(IOException.class, () -> read(cut));
        }
        byte[] checksum = plain.clone();
        checksum[checksum.length - 6] ^= 1;
        assertThrows(IOException.class, () -> read(checksum));
        byte[] size = plain.clone();
        size[size.length - 1] ^= 1;
        assertThrows(IOException.class, () -> read(size));
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
