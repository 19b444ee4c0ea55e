package io.github.strait.format.systemd;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.format.DocumentText;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The assignments in the text of a unit, divided as systemd 252 divides it (conf-parser.c). A backslash at the end of a
 * line stands for a blank and continues the line; comments within are skipped. What systemd ignores with a warning is
 * refused.
 *
 * <p>{@code systemctl cat} prints a unit and its drop-ins one after another, each under a comment that names its file.
 * There each file has lines of its own.
 */
final class UnitText {
    /** The longest text, in characters; systemd itself refuses a line of that length. Real units have a thousand. */
    private static final int LONGEST = 1 << 20;

    private static final CharMatcher BLANK = CharMatcher.anyOf(" \t\n\r");

    /** The comment in front of each file of several. */
    private static final Pattern FILE =
            Pattern.compile("# ((?:/|\\.\\.?/)\\P{Cntrl}*\\.(?:conf|service|socket|mount|swap))");

    private static final Pattern SECTION = Pattern.compile("\\[[A-Za-z-]+]");

    private final ImmutableList<String> lines;
    private final BitSet beforeSection;
    private final Predicate<String> isWanted;
    private final ImmutableList.Builder<Assignment> assignments = ImmutableList.builder();
    private final List<Piece> pieces = new ArrayList<>();
    private String file;
    private int firstLine = 1;
    private String section = "";

    /** What one line of the file adds to a line that continues. */
    private record Piece(String text, SourcePosition position) {}

    private UnitText(DocumentText document, Predicate<String> isWanted) {
        this.file = document.file();
        this.lines = lines(document);
        this.beforeSection = beforeSection(lines);
        this.isWanted = isWanted;
    }

    /**
     * The assignments of a unit, or of several files as {@code systemctl cat} prints them.
     *
     * @param isWanted the keys to keep
     * @throws RefusalException for a line that systemd would refuse or ignore
     */
    static ImmutableList<Assignment> assignments(DocumentText document, Predicate<String> isWanted) {
        return new UnitText(document, isWanted).read();
    }

    /** Whether a document begins as a unit does: with comments and a section. */
    static boolean begins(String start) {
        for (String line : start.lines().toList()) {
            String text = BLANK.trimFrom(line);
            if (!text.isEmpty() && !isComment(text)) {
                return isSection(text);
            }
        }
        return false;
    }

    private static ImmutableList<String> lines(DocumentText document) {
        if (document.text().length() > LONGEST) {
            throw document.error(0, "longer than the " + LONGEST + " characters that are read; is it a unit?");
        }
        int nul = document.text().indexOf('\0');
        if (nul >= 0) {
            long line = document.text().substring(0, nul).lines().count();
            throw document.error((int) Math.max(1, line), "a NUL is no part of a unit, and systemd ends a line there");
        }
        return document.text().lines().collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Assignment> read() {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            SourcePosition position = new SourcePosition(file, i + firstLine);
            String text = BLANK.trimFrom(line);
            if (isComment(text)) {
                if (FILE.matcher(text).matches() && beforeSection.get(i)) {
                    finish();
                    file = text.substring(2);
                    firstLine = -i;
                }
                continue;
            }
            boolean continues = isContinued(line);
            pieces.add(new Piece(continues ? line.substring(0, line.length() - 1) : line, position));
            if (!continues) {
                finish();
            }
        }
        finish();
        return assignments.build();
    }

    private static boolean isSection(String text) {
        return text.startsWith("[") && SECTION.matcher(text).matches();
    }

    private static boolean isComment(String text) {
        return text.startsWith("#") || text.startsWith(";");
    }

    /** The comments after which a section is the next thing: a file begins there. */
    private static BitSet beforeSection(List<String> lines) {
        BitSet before = new BitSet();
        boolean opens = false;
        for (int i = lines.size() - 1; i >= 0; i--) {
            String text = BLANK.trimFrom(lines.get(i));
            if (isComment(text)) {
                before.set(i, opens);
            } else if (!text.isEmpty()) {
                opens = isSection(text);
            }
        }
        return before;
    }

    /** Whether a line ends with a backslash that no other one precedes. */
    private static boolean isContinued(String line) {
        int start = line.length();
        while (start > 0 && line.charAt(start - 1) == '\\') {
            start--;
        }
        return (line.length() - start) % 2 == 1;
    }

    /** Takes the whole of a line. */
    private void finish() {
        StringBuilder whole = new StringBuilder();
        pieces.forEach(piece -> whole.append(piece.text()).append(' '));
        String text = BLANK.trimFrom(whole);
        if (text.startsWith("[")) {
            section(text);
        } else if (!text.isEmpty()) {
            assignment(text);
        }
        pieces.clear();
    }

    private void section(String text) {
        if (!text.endsWith("]")) {
            throw error("'" + shown(text) + "' is not a section; systemd refuses the file");
        }
        section = text.substring(1, text.length() - 1);
    }

    private void assignment(String text) {
        if (section.startsWith("X-")) {
            return; // for other programs
        }
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw error("'" + shown(text) + "' is not KEY=VALUE; systemd ignores the line");
        }
        if (section.isEmpty()) {
            throw error("'" + shown(text) + "' stands before the first section; systemd ignores the line");
        }
        String key = BLANK.trimFrom(text.substring(0, equals));
        if (isWanted.test(key)) {
            assignments.add(new Assignment(section, key, words(), position()));
        }
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** The words after the first equals sign. */
    private ImmutableList<Assignment.Word> words() {
        ImmutableList.Builder<Assignment.Word> words = ImmutableList.builder();
        boolean isValue = false;
        for (Piece piece : pieces) {
            String text = piece.text();
            int at = isValue ? 0 : text.indexOf('=') + 1;
            isValue |= at > 0;
            while (isValue && at < text.length()) {
                int start = at;
                while (at < text.length() && !BLANK.matches(text.charAt(at))) {
                    at++;
                }
                if (at > start) {
                    words.add(new Assignment.Word(text.substring(start, at), piece.position()));
                }
                at++;
            }
        }
        return words.build();
    }

    private RefusalException error(String message) {
        return DocumentText.unreadable(position(), message);
    }

    /** Where the line begins. */
    private SourcePosition position() {
        return pieces.get(0).position();
    }
}
