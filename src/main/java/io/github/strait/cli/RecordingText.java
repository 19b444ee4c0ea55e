package io.github.strait.cli;

import io.github.strait.record.Discovery;

/** What a recording has found, in one line: how long, how many calls, how many of them new, and the curve of these. */
final class RecordingText {
    private static final int WIDEST_CURVE = 24;
    private static final int NARROWEST_CURVE = 4;

    private final boolean isAscii;

    /** @param isAscii for terminals that show no other characters */
    RecordingText(boolean isAscii) {
        this.isAscii = isAscii;
    }

    /**
     * The line, without what does not fit: first the curve becomes shorter, then the parts go, the last first.
     *
     * @param width how many columns there are; every character takes one
     */
    String of(Discovery found, int width) {
        String calls = ProgressLine.count(found.calls()) + (found.calls() == 1 ? " call" : " calls");
        String[] parts = {
            "recording " + ProgressLine.duration(found.seconds()),
            ": " + (found.isWhole() ? "" : isAscii ? ">= " : "≥ ") + calls,
            ", " + found.distinct() + " distinct",
            found.latest().isEmpty()
                    ? ""
                    : ", last new: " + found.latest() + " " + ProgressLine.duration(found.sinceLatest()) + " ago"
        };
        StringBuilder line = new StringBuilder();
        for (String part : parts) {
            if (line.length() + part.length() > width) {
                return line.toString();
            }
            line.append(part);
        }
        int left = Math.min(WIDEST_CURVE, width - line.length() - 1);
        return left < NARROWEST_CURVE || found.latest().isEmpty()
                ? line.toString()
                : line.append(' ')
                        .append(Sparkline.of(found.curve(), left, isAscii))
                        .toString();
    }
}
