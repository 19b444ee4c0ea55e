package io.github.strait.follow;

import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.StraceVersion;
import io.github.strait.trace.Ascii;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
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

    private static final byte[] OLD_ENVIRONMENT = Ascii.word("[/* ");
    private static final byte[] ZERO = Ascii.word("(0)");
    private static final byte[] NULL = Ascii.word("(NULL)");
    private static final byte[] PROTOCOL_FAMILY = Ascii.word("(PF_");
    private static final byte[] ADDRESS_FAMILY = Ascii.word("(AF_");
    private static final byte[] TIMEBASE = Ascii.word(", SNDCTL_TMR_TIMEBASE or ");
    private static final byte[] ARROW = Ascii.word(" => ");
    private static final byte[] NOTE = Ascii.word(" <");

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

    /** Whether a call of this name shows nothing new. */
    boolean isPassing(PrintedName printed) {
        return !printed.isTellingVersion() || looked >= LINES || isSettled(printed);
    }

    /** Whether the range begins so late that what a call of this name may show, beginnings and ends, is earlier. */
    private boolean isSettled(PrintedName printed) {
        StraceVersion version = switch (printed.name()) {
            case "ioctl", "umount2", "ugetrlimit" -> V4_10;
            case "brk" -> V4_11;
            case "socket", "socketpair" -> V4_12;
            default -> V5_0;
        };
        return versions.beginsWith(version) && printed.onlyUntil().isEmpty();
    }

    /** Whether further second halves show nothing new: enough were looked at, or they are as they are today. */
    boolean isKnownOfHalves() {
        return halves >= HALVES || versions.beginsWith(V5_0);
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
                if (shows(line, OLD_ENVIRONMENT)) {
                    versions.notAfter(V4_16);
                    breakOfOldStrace();
                }
            }
            case "brk" -> {
                breakIsZero |= begins(line, ZERO);
                if (begins(line, NULL)) {
                    versions.notBefore(V4_11);
                }
                breakOfOldStrace();
            }
            case "socket", "socketpair" -> {
                if (begins(line, PROTOCOL_FAMILY)) {
                    versions.notAfter(V4_11);
                } else if (begins(line, ADDRESS_FAMILY)) {
                    versions.notBefore(V4_12);
                }
            }
            case "ioctl" -> {
                if (shows(line, TIMEBASE)) {
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
        } else if (!at(line, end, ARROW) && !at(line, end, NOTE)) {
            versions.notAfter(V4_26);
        }
    }

    private static boolean begins(Line line, byte[] text) {
        return at(line, line.nameEnd(), text);
    }

    private static boolean shows(Line line, byte[] text) {
        int limit = Math.min(line.end(), line.nameEnd() + WINDOW + text.length - 1);
        return Ascii.indexOf(line.bytes(), line.nameEnd(), limit, text) >= 0;
    }

    private static boolean at(Line line, int from, byte[] text) {
        return Ascii.startsWith(line.bytes(), from, line.end(), text);
    }
}
