package io.github.strait.follow;

import io.github.strait.trace.Ascii;
import io.github.strait.trace.Line;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Detects text of a program that would pass for strace's on a stream that both write to: {@code ) = 54}, which ends the
 * line of the write itself, or the beginning of another line. strace shows the first part of the text, 32 bytes by
 * default. Allocates nothing: in a trace without tids every write is checked.
 */
final class ForgedText {
    private static final Set<String> WRITES = Set.of(
            "write", "writev", "pwrite64", "pwrite", "pwritev", "pwritev2", "send", "sendto", "sendmsg", "sendmmsg");
    private static final String WRITE = "write";

    /** The beginnings of lines that are not calls. */
    private static final List<byte[]> BEGINNINGS =
            List.of(ascii("<... "), ascii("+++ "), ascii("--- "), ascii("[pid "));

    private static final byte[] UNFINISHED = ascii("<unfinished");
    private static final byte[] COUNT = ascii("count=");

    /** Spaces after a parenthesis: fewer stand in usual text, more align strace's results. */
    private static final int ALIGNED = 8;

    private final byte[] bytes;
    private final int end;

    private ForgedText(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a call has this name. */
    static boolean isWrite(String name) {
        return WRITES.contains(name);
    }

    /** Whether the line is a call that writes such text, or holds some of what it writes already. */
    static boolean isWritten(Line line) {
        byte first = line.bytes()[line.nameStart()];
        if (first != 'w' && first != 'p' && first != 's') {
            return false;
        }
        String name = line.name();
        return isWrite(name) && new ForgedText(line.bytes(), line.end()).isIn(line.nameEnd(), name.equals(WRITE));
    }

    private boolean isIn(int from, boolean isPlain) {
        boolean inside = false;
        int closed = 0;
        int p = from;
        while (p < end) {
            byte b = bytes[p];
            if (b == '"') {
                inside = !inside;
                closed = inside ? 0 : p + 1;
            } else if (inside && b == '\\') {
                if (p + 1 < end && bytes[p + 1] == 'n' && isBeginning(p + 2)) {
                    return true;
                }
                p++;
            } else if (inside && (isEnding(p) || Ascii.startsWith(bytes, p, end, UNFINISHED))) {
                return true;
            }
            p++;
        }
        return isPlain && closed > 0 && isFollowedByMoreThanASize(closed);
    }

    private boolean isEnding(int p) {
        int next = skipSpaces(p + 1);
        return bytes[p] == ')' && ((next < end && bytes[next] == '=') || next > p + ALIGNED);
    }

    private boolean isBeginning(int p) {
        int word = p;
        while (word < end && (Character.isLetterOrDigit(bytes[word]) || bytes[word] == '_')) {
            word++;
        }
        return (word > p && word < end && bytes[word] == '(')
                || BEGINNINGS.stream().anyMatch(beginning -> Ascii.startsWith(bytes, p, end, beginning));
    }

    /** After the string of a write stands its size, and then the program's own text, where both share a stream. */
    private boolean isFollowedByMoreThanASize(int from) {
        int p = from;
        while (p < end && (bytes[p] == '.' || bytes[p] == ',' || bytes[p] == ' ')) {
            p++;
        }
        p += Ascii.startsWith(bytes, p, end, COUNT) ? COUNT.length : 0;
        while (p < end && (Character.digit(bytes[p], 16) >= 0 || bytes[p] == 'x')) {
            p++;
        }
        return p < end && bytes[p] != ')' && bytes[p] != ' ';
    }

    private int skipSpaces(int from) {
        int p = from;
        while (p < end && bytes[p] == ' ') {
            p++;
        }
        return p;
    }
}
