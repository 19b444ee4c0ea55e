package io.github.strait.trace.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.trace.Arguments;
import io.github.strait.trace.Block;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineHandler;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.Portions;
import io.github.strait.trace.Recordings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Lines to which the scan gives one number show the same of the arguments that count, whatever else they hold. */
class SpanScannerProperties {
    private static final String[] LINES = {
        "7 socket(0x2 /* AF_INET */, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 3",
        "7 openat(AT_FDCWD</tmp>, \"a, b\", O_WRONLY|O_CREAT, 0644) = -1 ENOENT (No such file or directory)",
        "7 openat(AT_FDCWD, \"a\", O_RDONLY <unfinished ...>",
        "7 recvfrom(5<socket:[1, 2]>,  <unfinished ...>",
        "7 <... recvfrom resumed>\"a, )\", 9, 0x2 /* MSG_PEEK */, {sa_family=AF_UNIX}, [2]) = 1",
        "7 <... recvfrom resumed>, \"\", 9, 0, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)",
        "7 pipe2( <unfinished ...>",
        "7 <... pipe2 resumed>[3, 4], O_CLOEXEC) = 0",
        "7 <... openat resumed>)  = 3",
        "7 futex(0x7f12, 0x81 /* FUTEX_WAKE_PRIVATE */, 1) = 1",
        "7 prlimit64(0, RLIMIT_CORE, {rlim_cur=0, rlim_max=2}, NULL <unfinished ...>",
        "7 clone3({flags=0x3d0f00 /* CLONE_VM|CLONE_FS */, child_tid=0x7f1, stack_size=9} => {parent_tid=[3]}, 88) = 3",
        "7 clone3({flags=CLONE_VM} /* a */, 88 <unfinished ...>",
    };
    private static final String[] PIECES = {
        "",
        " ",
        "  ",
        ",",
        ", ",
        ")",
        "(",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "\\",
        "<",
        ">",
        "/*",
        "*/",
        "/* a */",
        " /* x */",
        "0",
        "1",
        "|",
        " <unfinished ...>",
        "<... ",
        " resumed>",
        "=",
        "\r",
        "x",
        "</a>",
        "5"
    };

    @Property(tries = 4000)
    void linesOfOneNumberShowTheSame(@ForAll Random random) {
        int first = random.nextInt(3);
        int last = first + random.nextInt(3);
        ArgumentSpan span = new ArgumentSpan(first, last, random.nextInt(last + 2), last == 0 && random.nextBoolean());
        WordNumbers words = new WordNumbers(name -> span);
        LineScanner experienced = new LineScanner(words, 0);
        Map<Integer, String> shown = new HashMap<>();
        List<String> recorded = Recordings.lines();
        String line = random.nextBoolean()
                ? LINES[random.nextInt(LINES.length)]
                : recorded.get(random.nextInt(recorded.size()));
        for (int i = 0; i < 30; i++) {
            String text = i == 0 ? line : damaged(line, random);
            int word = word(text, words);
            assertEquals(word, word(text, experienced), text);
            if (WordNumbers.isCombination(word)) {
                String told = told(text, span);
                assertEquals(
                        shown.computeIfAbsent(word, key -> told), told, () -> text + " beside another of " + shown);
            }
        }
    }

    /** Or else nothing would be gained: what stands outside of these arguments does not change the number. */
    @Property(tries = 1)
    void otherArgumentsDoNotCount() {
        WordNumbers words = new WordNumbers(name -> new ArgumentSpan(1, 1, 2, false));
        int word = word("7 futex(0x1, 0x81 /* FUTEX_WAKE_PRIVATE */, 1) = 1", words);
        assertTrue(WordNumbers.isCombination(word));
        assertEquals(word, word("8 futex(0x7f12</a, b>, 0x81, {a, b} <unfinished ...>", words));
        assertTrue(word != word("8 futex(0x1, 0x82, 1) = 1", words));
        WordNumbers heads = new WordNumbers(name -> new ArgumentSpan(0, 0, 1, true));
        int head = word("7 clone3({flags=0x1 /* A, B */, stack=0x7}, 88) = 3", heads);
        assertTrue(WordNumbers.isCombination(head));
        assertEquals(head, word("8 clone3({flags=0x1 /* A, B */, stack=[{}, 9]} => {}, 88 <unfinished ...>", heads));
        assertTrue(head != word("8 clone3({flags=0x3 /* A, B */, stack=0x7}, 88) = 3", heads));
        assertTrue(head != word("8 clone3({flags=0x1 /* A, B */}, 88) = 3", heads));
        WordNumbers seconds = new WordNumbers(name -> new ArgumentSpan(3, 3, 1, false));
        int second = word("7 <... recvfrom resumed>\"a, b\", 9, 0, NULL, NULL) = 1", seconds);
        assertTrue(WordNumbers.isCombination(second));
        assertEquals(
                second, word("7 <... recvfrom resumed>{}, 4, 0, 0x7, [2]) = -1 EIO (Input/output error)", seconds));
        assertTrue(second != word("7 <... recvfrom resumed>, \"\", 4, 0, NULL, NULL) = 1", seconds));
    }

    private static String damaged(String line, Random random) {
        StringBuilder text = new StringBuilder(line);
        for (int k = random.nextInt(3); k >= 0; k--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + (random.nextBoolean() ? 0 : random.nextInt(8)));
            text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** The number of the first line; {@link WordNumbers#NONE} when it is not a call that the scan recognises. */
    private static int word(String text, WordNumbers words) {
        return word(text, new LineScanner(words, 0));
    }

    private static int word(String text, LineScanner scanner) {
        int[] word = {-1};
        Portions.read(bytes(text), 0, each -> scanner, new LineHandler() {
            @Override
            public boolean scanned(int tid, int number, int summary) {
                boolean isCall = ScanSummary.isCall(summary) || ScanSummary.isResumed(summary);
                word[0] = word[0] >= 0 ? word[0] : isCall ? ScanSummary.name(summary) : WordNumbers.NONE;
                return true;
            }

            @Override
            public void accept(Line line) {
                word[0] = Math.max(word[0], WordNumbers.NONE);
            }
        });
        return word[0];
    }

    /** What the parser finds of those arguments, without a comment at their end. */
    private static String told(String text, ArgumentSpan span) {
        List<String> told = new ArrayList<>();
        Portions.read(bytes(text), 0, each -> Block::divide, line -> {
            if (told.isEmpty()) {
                told.add(told(line, span));
            }
        });
        return told.get(0);
    }

    private static String told(Line line, ArgumentSpan span) {
        Arguments arguments = line.arguments();
        int size = arguments.size();
        StringBuilder told = new StringBuilder(line.kind() + " " + line.name());
        if (line.kind() == LineKind.CALL && line.ending() == Ending.UNFINISHED && size <= span.last()) {
            told.append(" waits after ").append(size);
            boolean isTrailing = Arguments.of(line.argumentsText() + "x").size() > size;
            told.append(size > 0 && isTrailing ? " and a comma" : "");
        } else if (line.kind() == LineKind.RESUMED && span.offset() <= span.last()) {
            told.append(line.argumentsText().stripLeading().startsWith(",") ? " after a comma" : "");
        }
        int skipped = line.kind() == LineKind.RESUMED ? span.offset() : 0;
        for (int i = Math.max(0, span.first() - skipped); i <= span.last() - skipped; i++) {
            String argument = arguments.text(i);
            int comma = span.isHead() && argument.startsWith("{") ? argument.indexOf(',') : -1;
            told.append(" [")
                    .append(argument.substring(0, comma < 0 ? argument.length() : comma + 1)
                            .replaceAll("(?s)/\\*.*?\\*/", "")
                            .strip())
                    .append(']');
        }
        return told.toString();
    }

    private static byte[] bytes(String text) {
        return (text + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
