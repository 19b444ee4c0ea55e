package io.github.strait.observation;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An error in the text of an observation, found before it is parsed because the JSON parser's message would not help.
 *
 * @param line where; 0 for the file as a whole
 */
record TextFault(long line, String what) {
    /** The markers of a merge conflict. */
    private static final List<byte[]> CONFLICTS =
            List.of(ascii("<<<<<<<"), ascii("|||||||"), ascii("======="), ascii(">>>>>>>"));

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int BUFFER = 1 << 13;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The first fault of that kind. */
    static Optional<TextFault> of(byte[] document) {
        if (!isUtf8(document)) {
            return Optional.of(new TextFault(0, "is not UTF-8; strait writes observations in UTF-8"));
        }
        if (startsWith(document, 0, BYTE_ORDER_MARK)) {
            return Optional.of(new TextFault(
                    1, "begins with a byte order mark, which JSON does not have; save the file without it"));
        }
        return conflict(document);
    }

    private static boolean isUtf8(byte[] document) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(document);
        CharBuffer out = CharBuffer.allocate(BUFFER);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return !result.isError();
    }

    /** No line of JSON that strait writes begins with one of them; a string cannot hold the end of a line. */
    private static Optional<TextFault> conflict(byte[] document) {
        long number = 1;
        for (int i = 0; i < document.length; i++) {
            boolean isStart = i == 0 || document[i - 1] == '\n';
            number += isStart && i > 0 ? 1 : 0;
            if (isStart && isConflict(document, i)) {
                return Optional.of(
                        new TextFault(
                                number,
                                "holds the marks of a merge conflict; take both versions, and unite them with: strait merge A B"));
            }
        }
        return Optional.empty();
    }

    private static boolean isConflict(byte[] document, int from) {
        return CONFLICTS.stream().anyMatch(conflict -> startsWith(document, from, conflict));
    }

    private static boolean startsWith(byte[] document, int from, byte[] word) {
        int to = from + word.length;
        return to <= document.length && Arrays.equals(document, from, to, word, 0, word.length);
    }
}
