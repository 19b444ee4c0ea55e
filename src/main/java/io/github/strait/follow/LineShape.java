package io.github.strait.follow;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of an unparsed line, by which lines that differ only in their values are grouped. A number becomes {@code
 * N}, a hexadecimal one {@code 0xN}, a quoted string {@code "..."}, white space one space. Words stay, up to {@value
 * #WORD} bytes each; a repeated control byte is kept once.
 */
final class LineShape {
    /** Bytes of a line that its shape is made of; what differs later than that is alike. */
    static final int LIMIT = 240;

    private static final int WORD = 16;
    private static final int LENGTH = 120;
    private static final String CUT = "...";

    /** The parts that are replaced; everything else stays. */
    private static final Pattern RUN = Pattern.compile(
            "(?<string>\"(?:[^\"\\\\]|\\\\.)*+(?:\"|\\\\?\\z))"
                    + "|(?<hex>0x[0-9a-fA-F]++)|(?<number>[0-9]++)|(?<space>[ \\t]++)"
                    + "|(?<word>[A-Za-z_\\x80-\\xff]++)|(?<control>[\\x00-\\x1f\\x7f])\\k<control>*+",
            Pattern.DOTALL);

    private LineShape() {}

    /** The shape of a line, given at least its first {@value #LIMIT} bytes as Latin-1. */
    static String of(String latin1) {
        Matcher run = RUN.matcher(latin1.substring(0, Math.min(latin1.length(), LIMIT)));
        StringBuilder shape = new StringBuilder();
        while (run.find()) {
            run.appendReplacement(shape, "");
            shape.append(written(run));
        }
        run.appendTail(shape);
        return shape.length() <= LENGTH ? utf8(shape.toString()) : utf8(shape.substring(0, LENGTH)) + CUT;
    }

    private static String written(Matcher run) {
        String word = run.group("word");
        if (word != null) {
            return word.length() <= WORD ? word : word.substring(0, WORD) + CUT;
        } else if (run.group("string") != null) {
            return "\"...\"";
        } else if (run.group("hex") != null) {
            return "0xN";
        } else if (run.group("number") != null) {
            return "N";
        }
        return run.group("space") != null ? " " : run.group().substring(0, 1);
    }

    /** The text that Latin-1 bytes stand for; what is not UTF-8 becomes U+FFFD. */
    static String utf8(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
