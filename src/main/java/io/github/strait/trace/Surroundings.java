package io.github.strait.trace;

import java.util.Arrays;

/** The context of a doubtful line: what the lines around it show about it. */
final class Surroundings {
    /** The distance in lines within which a line of strace makes another one more likely. */
    private static final int NEAR = 3;

    private static final byte[] PLAIN = {};

    private final StrippedLine stripped;
    private byte[] certainPrefix = PLAIN;
    private int sinceCertain = NEAR;
    private boolean anyCertain;

    Surroundings(StrippedLine stripped) {
        this.stripped = stripped;
    }

    /** A line that only strace writes was delivered, with these marks in front. */
    void certain(byte[] marks) {
        sinceCertain = 0;
        certainPrefix = marks;
        anyCertain = true;
    }

    /** Takes note of a line that was delivered, with these marks in front. */
    void look(Line line, byte[] marks) {
        switch (line.kind) {
            case CALL, RESUMED, SIGNAL, EXIT, SUPERSEDED, PERSONALITY, SUMMARY -> certain(marks);
            case FRAME, DUMP -> {
                if (LineParser.isPlainFurniture(line)) {
                    certain(PLAIN);
                }
            }
            case BLANK -> sinceCertain = NEAR;
            case UNPARSED -> sinceCertain = Math.min(NEAR, sinceCertain + 1);
            default -> {}
        }
    }

    /** Whether any line so far was one that only strace writes. */
    boolean anyCertain() {
        return anyCertain;
    }

    /** Whether a line with the same marks, and beyond doubt, stands near. */
    boolean isNear(byte[] marks, Iterable<HeldLine> after) {
        if (sinceCertain < NEAR && Arrays.equals(marks, certainPrefix)) {
            return true;
        }
        int distance = 0;
        for (HeldLine next : after) {
            Certainty certainty = next.certainty(stripped);
            if (certainty == Certainty.CERTAIN && Arrays.equals(marks, next.prefix())) {
                return true;
            } else if (certainty == Certainty.BLANK || ++distance == NEAR) {
                return false;
            }
        }
        return false;
    }

    /** Whether one of the lines that follow can only be the rest of a call. */
    boolean isContinued(Iterable<HeldLine> after) {
        for (HeldLine next : after) {
            if (next.isRest(stripped)) {
                return true;
            }
        }
        return false;
    }
}
