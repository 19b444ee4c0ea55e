package io.github.strait.follow;

import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.StraceVersion;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Finds the {@link VersionRange} from lines whose style changed between versions of strace. */
final class VersionEvidence {
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

    private final VersionRange versions = new VersionRange();
    private int looked;
    private int halves;
    /** {@link VersionRange#mayBe}, asked only where the range may have changed. */
    private boolean old;

    private boolean breakIsZero;

    VersionRange versions() {
        return versions;
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

    /** Whether a whole call of this name may show something, besides what its number or its last version shows. */
    static boolean isTelling(String name) {
        return TELLING.contains(name);
    }

    /** Notes a skipped line that shows nothing. */
    void pass() {
        if (looked < LINES) {
            looked++;
        }
    }

    /** Looks at a line that begins or ends a call. */
    void look(Line line, PrintedName printed) {
        lookAt(line, printed);
        old = versions.mayBe(OLD_NAMES);
    }

    private void lookAt(Line line, PrintedName printed) {
        if (line.kind() == LineKind.RESUMED) {
            if (halves < HALVES) {
                halves++;
                resumed(line);
            }
            return;
        }
        if (looked < LINES) {
            looked++;
            if (printed.isTellingVersion()) {
                call(line, printed);
            }
        }
    }

    private void call(Line line, PrintedName printed) {
        switch (printed.name()) {
            case "execve" -> {
                if (shows(line, "[/* ")) {
                    versions.notAfter(V4_16);
                    breakOfOldStrace();
                }
            }
            case "brk" -> {
                breakIsZero |= begins(line, "(0)");
                if (begins(line, "(NULL)")) {
                    versions.notBefore(V4_11);
                }
                breakOfOldStrace();
            }
            case "socket", "socketpair" -> {
                if (begins(line, "(PF_")) {
                    versions.notAfter(V4_11);
                } else if (begins(line, "(AF_")) {
                    versions.notBefore(V4_12);
                }
            }
            case "ioctl" -> {
                if (shows(line, ", SNDCTL_TMR_TIMEBASE or ")) {
                    versions.notAfter(V4_9);
                }
            }
            case "umount2", "ugetrlimit" -> versions.notBefore(V4_10);
            case "pread", "pwrite", "_exit" -> versions.notAfter(V4_10);
            default -> number(printed);
        }
        printed.onlyUntil().ifPresent(versions::notAfter);
    }

    /** {@code --- {si_signo=...} (User defined signal 1) ---}. */
    void signal(Line line) {
        if (looked < LINES) {
            looked++;
            if (line.text().contains("--- {si_signo")) {
                versions.notAfter(V4_6);
                old = versions.mayBe(OLD_NAMES);
            }
        }
    }

    /** With {@code -e raw=all} newer versions print {@code brk(0)}, too, but not the environment in brackets. */
    private void breakOfOldStrace() {
        if (breakIsZero && versions.endsBy(V4_16)) {
            versions.notAfter(V4_10);
        }
    }

    private void number(PrintedName printed) {
        if (NamelessCall.isOne(printed.name())) {
            if (NamelessCall.digits(printed.name()).startsWith("0x")) {
                versions.notBefore(V4_21);
            } else {
                versions.notAfter(V4_20);
            }
        } else if (StraceName.ofHole(printed.name()).isPresent()) {
            versions.notAfter(V4_6);
        }
    }

    private void resumed(Line line) {
        int end = line.nameEnd() + " resumed>".length();
        if (end >= line.end()) {
            return;
        }
        if (line.bytes()[end] != ' ') {
            versions.notBefore(V5_0);
        } else if (!at(line, end, " => ") && !at(line, end, " <")) {
            versions.notAfter(V4_26);
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
