package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Frames that are decompressed apart give what one stream gives: the same bytes, and a refusal where that refuses. */
class ZstdStreamProperties {
    private static final byte[] TRACE = RandomTrace.text(new Random(1), 60).getBytes(StandardCharsets.UTF_8);

    /** What a reader got, and what ended it. */
    private record Outcome(byte[] content, String end) {}

    private static Outcome outcome(InputStream stream, int most) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] bytes = new byte[most];
        try (InputStream in = stream) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                content.write(bytes, 0, count);
            }
            return new Outcome(content.toByteArray(), "end");
        } catch (IOException e) {
            return new Outcome(content.toByteArray(), String.valueOf(e.getMessage()));
        }
    }

    private static void assertSame(byte[] file, int limit, int ahead) throws IOException {
        Outcome expected = outcome(ZstdStream.streamed(new ByteArrayInputStream(file)), 64);
        Outcome actual = outcome(new ZstdStream(new ByteArrayInputStream(file), limit, ahead), 64);
        // how the library names a damage depends on how much it is given at once
        assertEquals(expected.end.equals("end"), actual.end.equals("end"), expected.end + " | " + actual.end);
        if (expected.end.equals("end")) {
            assertArrayEquals(expected.content, actual.content);
        } else {
            // how much of a damaged frame still comes depends on how much is asked for at once
            int both = Math.min(expected.content.length, actual.content.length);
            assertArrayEquals(Arrays.copyOf(expected.content, both), Arrays.copyOf(actual.content, both));
        }
    }

    @Property(tries = 500)
    void howeverItIsCut(
            @ForAll Random random,
            @ForAll @IntRange(min = 2, max = 20_000) int limit,
            @ForAll @IntRange(min = 1, max = 5) int ahead)
            throws IOException {
        byte[] file = ZstdFrames.of(TRACE, random);
        assertArrayEquals(TRACE, ZstdFrames.apart(file, limit, ahead).readAllBytes());
        assertSame(file, limit, ahead);
    }

    @Property(tries = 1000)
    void whateverIsDamaged(
            @ForAll Random random,
            @ForAll @IntRange(min = 2, max = 20_000) int limit,
            @ForAll @IntRange(min = 1, max = 3) int ahead)
            throws IOException {
        byte[] file = ZstdFrames.of(TRACE, random);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int place = random.nextInt(file.length);
            switch (random.nextInt(3)) {
                case 0 -> file[place] = (byte) random.nextInt(256);
                case 1 -> file[place] ^= (byte) (1 << random.nextInt(8));
                default -> file = Arrays.copyOf(file, file.length + random.nextInt(9));
            }
        }
        assertSame(file, limit, ahead);
    }

    @Example
    void whereverItIsCutOff() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            byte[] file = ZstdFrames.of(Arrays.copyOf(TRACE, 400), random);
            for (int length = 0; length < file.length; length++) {
                assertSame(Arrays.copyOf(file, length), 2 + random.nextInt(500), 2);
            }
        }
    }

    /** The head of a frame in all its forms, each with any size, window, dictionary and block after it. */
    @Property(tries = 2000)
    void whateverAFrameSaysOfItself(@ForAll Random random) throws IOException {
        byte[] head = new byte[5 + random.nextInt(30)];
        random.nextBytes(head);
        byte[] magic = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
        System.arraycopy(magic, 0, head, 0, magic.length);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Zstd.compress(Arrays.copyOf(TRACE, 100)));
        file.writeBytes(head);
        file.writeBytes(Zstd.compress(Arrays.copyOf(TRACE, 100)));
        assertSame(file.toByteArray(), 20_000, 2);
    }

    /** A frame whose window is smaller than what it holds is streamed, and so is one that does not say how much that is. */
    @Example
    void takesWhatWasPacked() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] frame = Zstd.compress(TRACE);
        file.writeBytes(frame);
        file.writeBytes(frame);
        int whole = file.size();
        assertEquals(whole, ZstdFrames.taken(file.toByteArray(), ZstdStream.FRAME_LIMIT));
        assertEquals(0, ZstdFrames.taken(file.toByteArray(), TRACE.length - 1));
        file.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0, 1, 0, 0});
        assertEquals(0, ZstdFrames.taken(file.toByteArray(), ZstdStream.FRAME_LIMIT));
        assertEquals(whole, ZstdFrames.taken(file.toByteArray(), TRACE.length));
    }
}
