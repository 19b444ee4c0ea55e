package io.github.strait.format.c;

import com.google.common.collect.ImmutableMap;
import io.github.strait.bpf.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads the filters of a header back. */
public final class CArrays {
    private static final Pattern ARRAY = Pattern.compile("(?s)/\\* ([^*\n]*) \\*/\nstatic const[^\n]*\n(.*?)\n};");
    private static final Pattern ROW =
            Pattern.compile("\t\\{ 0x(..), +(\\d+), +(\\d+), 0x(\\w{8}) }, /\\* \\d+ .* \\*/");

    private CArrays() {}

    /** The filters by the labels of their ABIs, such as {@code x86_64, x86}. */
    public static ImmutableMap<String, Program> of(String header) {
        return ARRAY.matcher(header)
                .results()
                .collect(ImmutableMap.toImmutableMap(array -> array.group(1), array -> program(array.group(2))));
    }

    private static Program program(String rows) {
        List<String> lines = rows.lines().toList();
        ByteBuffer bytes = ByteBuffer.allocate(8 * lines.size());
        for (String line : lines) {
            MatchResult row = ROW.matcher(line)
                    .results()
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no instruction: " + line));
            bytes.putShort(Short.parseShort(row.group(1), 16))
                    .put((byte) Integer.parseInt(row.group(2)))
                    .put((byte) Integer.parseInt(row.group(3)))
                    .putInt(Integer.parseUnsignedInt(row.group(4), 16));
        }
        return Program.decode(bytes.array(), ByteOrder.BIG_ENDIAN);
    }
}
