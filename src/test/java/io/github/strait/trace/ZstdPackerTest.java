package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZstdPackerTest {
    private static final int FRAME = 8 << 20;

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream out = Compression.zstd(file)) {
            out.write(content, 0, content.length / 3);
            if (content.length > 0) {
                out.write(content[content.length / 3]);
                out.write(content, content.length / 3 + 1, content.length - content.length / 3 - 1);
            }
        }
        return file.toByteArray();
    }

    /** How much each frame says that it holds. */
    private static List<Long> sizes(byte[] file) {
        List<Long> sizes = new ArrayList<>();
        int p = 0;
        while (p < file.length) {
            byte[] rest = Arrays.copyOfRange(file, p, file.length);
            sizes.add(Zstd.getFrameContentSize(rest));
            p += (int) Zstd.findFrameCompressedSize(rest);
        }
        return sizes;
    }

    @Test
    void eachFrameSaysHowMuchItHolds() throws IOException {
        byte[] trace = RandomTrace.text(new Random(2), 100).getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[2 * FRAME + 5];
        for (int i = 0; i < content.length; i++) {
            content[i] = trace[i % trace.length];
        }
        byte[] file = packed(content);
        assertEquals(List.of((long) FRAME, (long) FRAME, 5L), sizes(file));
        assertEquals(List.of((long) FRAME), sizes(packed(Arrays.copyOf(content, FRAME))));
        assertEquals(List.of(0L), sizes(packed(new byte[0])));
        assertEquals(file.length, ZstdFrames.taken(file, ZstdStream.FRAME_LIMIT), "not all can be decompressed apart");
        for (int readers : new int[] {1, ZstdStream.LEAST_READERS}) {
            assertArrayEquals(
                    content,
                    Compression.open(new ByteArrayInputStream(file), readers).readAllBytes());
        }
    }

    /** What the library would give as it is, with another byte in it. */
    @Test
    void eachFrameHasAChecksum() throws IOException {
        byte[] content = new byte[3000];
        new Random(3).nextBytes(content);
        byte[] file = packed(content);
        file[1000] ^= 1;
        for (int readers : new int[] {1, ZstdStream.LEAST_READERS}) {
            IOException e = assertThrows(
                    IOException.class,
                    () -> Compression.open(new ByteArrayInputStream(file), readers)
                            .readAllBytes());
            assertEquals("Restored data doesn't match checksum", e.getMessage());
        }
    }
}
