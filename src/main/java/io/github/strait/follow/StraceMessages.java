package io.github.strait.follow;

import io.github.strait.observation.Omission;
import io.github.strait.trace.Ascii;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import java.nio.charset.StandardCharsets;

/** Detects messages of strace that it failed, or detached from tasks that were still running. */
final class StraceMessages implements RunWatcher {
    private static final byte[] DETACHED = " <detached ...>".getBytes(StandardCharsets.US_ASCII);

    private final Omissions omissions;

    StraceMessages(Omissions omissions) {
        this.omissions = omissions;
    }

    @Override
    public void otherLine(Line line) {
        if (line.kind() == LineKind.MESSAGE || line.kind() == LineKind.UNPARSED) {
            StraceMessage.of(line).ifPresent(message -> {
                if (message.isFailure()) {
                    omissions.add(Omission.STRACE_FAILED, line.position(), message.text());
                } else if (message.isDetaching()) {
                    omissions.add(Omission.DETACHED, line.position(), "");
                }
            });
        }
    }

    /** A call may end with a note that its result will not follow. */
    @Override
    public void callEnds(Task task, Tally call, Line line) {
        if (line.ending() == Ending.ABANDONED) {
            int from = Math.max(line.nameEnd(), line.end() - DETACHED.length);
            if (Ascii.indexOf(line.bytes(), from, line.end(), DETACHED) >= 0) {
                omissions.add(Omission.DETACHED, line.position(), "");
            }
        }
    }
}
