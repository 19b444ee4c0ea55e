package io.github.strait.follow;

import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.StraceVersion;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Tells the {@link Era} from lines whose style changed from one version of strace to the next. */
final class EraEvidence {
    /** The last version in which common names differ from today's. */
    static final StraceVersion OLD_NAMES = StraceVersion.parse("4.10");

    private static final StraceVersion V4_6 = StraceVersion.parse("4.6");
    private static final StraceVersion V4_9 = StraceVersion.parse("4.9");
    private static final StraceVersion V4_10 = StraceVersion.parse("4.10");
    private static final StraceVersion V4_11 = StraceVersion.parse("4.11");
    private static final StraceVersion V4_12 = StraceVersion.parse("4.12");
    private static final StraceVersion V4_16 = StraceVersion.parse("4.16");
    private static final StraceVersion V4_20 = StraceVersion.parse("4.20");
    private static final StraceVersion V4_21 = StraceVersion.parse("4.21");
    private static final StraceVersion V4_26 = StraceVersion.parse("4.26");
    private static final StraceVersion V5_0 = StraceVersion.parse("5.0");

    /** Lines that are looked at; styles do not change in the middle of a run. */
    private static final int LINES = 1 << 12;

    /** Second halves of calls that are looked at. */
    private static final int HALVES = 1 << 6;

    private static final Set<String> TELLING = Set.of(
            "execve", "brk", "socket", "socketpair", "ioctl", "umount2", "ugetrlimit", "pread", "pwrite", "_exit");

    private static final int WINDOW = 1 << 8;

    private final Era era = new Era();
    private int looked;
    private int halves;
    /** {@link Era#mayBe}, asked only where the era may have changed. */
    private boolean old;

    private boolean breakIsZero;

    Era era() {
        return era;
    }

    /** Whether names may mean what they meant up to 4.10. */
    boolean isOld() {
        return old;
    }

    /** Whether enough lines were looked at. */
    boolean isKnown() {
        return looked >= LINES;
    }

    /** Whether enough second halves were looked at. */
    boolean isKnownOfHalves() {
        return halves >= HALVES;
    }

    /** Whether a whole call of this name may tell something. */
    static boolean isTelling(Spelling spelling) {
        return TELLING.contains(spelling.name())
                || Spelling.isNumber(spelling.name())
                || spelling.onlyUntil().isPresent();
    }

    /** A call was passed over that tells nothing. */
    void pass() {
        if (looked < LINES) {
            looked++;
        }
    }

    /** Looks at a line that begins or ends a call. */
    void look(Line line, Spelling spelling) {
        lookAt(line, spelling);
        old = era.mayBe(OLD_NAMES);
    }

    private void lookAt(Line line, Spelling spelling) {
        if (line.kind() == LineKind.RESUMED) {
            if (halves < HALVES) {
                halves++;
                resumed(line);
            }
            return;
        }
        if (looked >= LINES) {
            return;
        }
        looked++;
        switch (spelling.name()) {
            case "execve" -> {
                if (shows(line, "[/* ")) {
                    era.notAfter(V4_16);
                    breakOfOldStrace();
                }
            }
            case "brk" -> {
                breakIsZero |= begins(line, "(0)");
                if (begins(line, "(NULL)")) {
                    era.notBefore(V4_11);
                }
                breakOfOldStrace();
            }
            case "socket", "socketpair" -> {
                if (begins(line, "(PF_")) {
                    era.notAfter(V4_11);
                } else if (begins(line, "(AF_")) {
                    era.notBefore(V4_12);
                }
            }
            case "ioctl" -> {
                if (shows(line, ", SNDCTL_TMR_TIMEBASE or ")) {
                    era.notAfter(V4_9);
                }
            }
            case "umount2", "ugetrlimit" -> era.notBefore(V4_10);
            case "pread", "pwrite", "_exit" -> era.notAfter(V4_10);
            default -> number(spelling);
        }
        spelling.onlyUntil().ifPresent(era::notAfter);
    }

    /** {@code --- {si_signo=...} (User defined signal 1) ---}. */
    void signal(Line line) {
        if (looked < LINES) {
            looked++;
            if (line.text().contains("--- {si_signo")) {
                era.notAfter(V4_6);
                old = era.mayBe(OLD_NAMES);
            }
        }
    }

    /** With {@code -e raw=all} newer versions print {@code brk(0)}, too, but not the environment in brackets. */
    private void breakOfOldStrace() {
        if (breakIsZero && era.endsBy(V4_16)) {
            era.notAfter(V4_10);
        }
    }

    private void number(Spelling spelling) {
        if (NamelessCall.isOne(spelling.name())) {
            if (NamelessCall.digits(spelling.name()).startsWith("0x")) {
                era.notBefore(V4_21);
            } else {
                era.notAfter(V4_20);
            }
        } else if (StraceName.ofHole(spelling.name()).isPresent()) {
            era.notAfter(V4_6);
        }
    }

    private void resumed(Line line) {
        int end = line.nameEnd() + " resumed>".length();
        if (end >= line.end()) {
            return;
        }
        if (line.bytes()[end] != ' ') {
            era.notBefore(V5_0);
        } else if (!at(line, end, " => ") && !at(line, end, " <")) {
            era.notAfter(V4_26);
        }
    }

    private static boolean begins(Line line, String text) {
        return at(line, line.nameEnd(), text);
    }

    private static boolean shows(Line line, String text) {
        int limit = Math.min(line.end(), line.nameEnd() + WINDOW);
        for (int i = line.nameEnd(); i < limit; i++) {
            if (at(line, i, text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean at(Line line, int from, String text) {
        byte[] word = text.getBytes(StandardCharsets.ISO_8859_1);
        if (line.end() - from < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (line.bytes()[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
