package io.github.strait.trace;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/** Files of zstd frames, and readers of them. */
public final class ZstdFrames {
    private ZstdFrames() {}

    /** Cut anywhere, into frames of every kind that the library writes, with skippable ones between. */
    public static byte[] of(byte[] content, Random random) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int most = 1 + random.nextInt(content.length + 1);
        int done = 0;
        while (done < content.length || file.size() == 0) {
            int count = Math.min(random.nextInt(most + 1), content.length - done);
            file.writeBytes(random.nextInt(4) == 0 ? skippable(random) : new byte[0]);
            file.writeBytes(frame(Arrays.copyOfRange(content, done, done + count), random));
            done += count;
        }
        file.writeBytes(random.nextInt(4) == 0 ? skippable(random) : new byte[0]);
        return file.toByteArray();
    }

    private static byte[] frame(byte[] content, Random random) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            // the smallest window is 1 kB, and some frames hold more
            context.setLevel(random.nextInt(6)).setWindowLog(10 + random.nextInt(8));
            context.setChecksum(random.nextBoolean()).setContentSize(random.nextInt(5) > 0);
            return context.compress(content);
        }
    }

    private static byte[] skippable(Random random) {
        int length = random.nextInt(40);
        byte[] frame = new byte[8 + length];
        random.nextBytes(frame);
        byte[] head = {(byte) (0x50 + random.nextInt(16)), 0x2a, 0x4d, 0x18, (byte) length, 0, 0, 0};
        System.arraycopy(head, 0, frame, 0, head.length);
        return frame;
    }

    /** The same decompressed apart and ahead, in portions of about so many bytes. */
    public static InputStream apart(byte[] file, int limit, int ahead) {
        return new BufferedInputStream(new ZstdStream(new ByteArrayInputStream(file), limit, ahead));
    }

    /** How many of its bytes are taken as whole frames before something must be streamed. */
    static int taken(byte[] file, int limit) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(file);
        ZstdPortion portion = new ZstdPortion(limit);
        int taken = 0;
        while (portion.fill(in)) {
            taken += portion.packed().readAllBytes().length;
        }
        return taken;
    }
}
