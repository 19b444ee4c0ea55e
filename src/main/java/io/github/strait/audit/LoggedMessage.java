package io.github.strait.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the fields of seccomp's record in a line of text, if the kernel or auditd wrote it: what stands before it must be
 * what a logger puts before the kernel's messages, and nothing else. A program that logs such a record itself is not
 * believed.
 */
final class LoggedMessage {
    private static final Pattern RECORD = Pattern.compile(
            "type=(?:1326|SECCOMP|UNKNOWN\\[1326\\])" + " (?:(msg=)?audit\\([^()]{1,40}\\) ?:)" + "|SECCOMP (?=auid=)");

    /** dmesg's, with any of its options; each part may be missing. */
    private static final Pattern DMESG = Pattern.compile("(?:<\\d{1,3}>)?(?:[a-z0-9]{1,8} {0,8}:[a-z]{1,8} {0,8}: ?)?"
            + "(?:(?:\\[[^\\[\\]]{1,40}\\] ?)+|\\d{4}-\\d\\d-\\d\\dT[\\d:.,+Z-]{8,26} )?(?:audit: )?");

    /** The time and the host, in front of the name of who logs. The language of the user names the month. */
    private static final String HEAD = "(?:<\\d{1,3}>(?:\\d )?)?(?:\\[[ \\d.<>+-]{1,40}\\]|\\d{9,11}\\.\\d{6}"
            + "|[^\\s:\"]{1,12} {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?"
            + "|(?:[^\\s:\"]{1,12} )?\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: ?[A-Z+-][\\w:]{0,5})?"
            + ")(?: [\\w.:-]{1,255})? ";

    private static final Pattern OF_SYSLOG = Pattern.compile(HEAD);

    private static final Pattern TIME = Pattern.compile("(?:\\[ *\\d+\\.\\d+\\] ?)+");
    private static final String KERNEL = "kernel";
    private static final String COLON = ": ";
    /** In place of the colon, as RFC 5424 has it. */
    private static final String DASHES = " - - - ";

    private static final String AUDIT = "audit: ";

    private static final Pattern DAEMON =
            Pattern.compile(HEAD + "(?:audispd|audisp-syslog|auditd)(?:\\[\\d+\\])?: (?:node=\\S{1,255} )?");

    private static final Pattern JOURNAL = Pattern.compile(HEAD + "audit(?:\\[\\d+\\])?: ");

    private static final Pattern NODE = Pattern.compile("node=\\S{1,255} ");

    private LoggedMessage() {}

    /** Whether the text has a record anywhere, whoever wrote it. */
    static boolean isIn(String line) {
        return RECORD.matcher(line).find();
    }

    /**
     * The fields.
     *
     * @param form that of the lines; of a message alone {@link LogForm#BARE}
     */
    static Optional<String> fields(String line, LogForm form) {
        boolean bare = form == LogForm.BARE;
        Matcher record = RECORD.matcher(line);
        if (!record.find(beforeRecord(line))) {
            return Optional.empty();
        }
        String before = line.substring(0, record.start());
        boolean isAuditd = record.group(1) != null;
        boolean isJournal = line.startsWith("SECCOMP", record.start());
        boolean isWritten;
        if (isAuditd) {
            isWritten = bare && (before.isEmpty() || NODE.matcher(before).matches())
                    || DAEMON.matcher(before).matches();
        } else if (isJournal) {
            isWritten = bare && before.isEmpty() || JOURNAL.matcher(before).matches();
        } else {
            boolean isAlone = before.isEmpty() || before.equals("audit: ");
            isWritten = isAlone
                    ? bare
                    : isKernels(before)
                            || (form != LogForm.TAGGED && DMESG.matcher(before).matches());
        }
        return isWritten ? Optional.of(line.substring(record.end())) : Optional.empty();
    }

    /** A place before the first record: the pattern has nothing to find before the first of its words. */
    private static int beforeRecord(String line) {
        int type = line.indexOf("type=");
        int name = line.indexOf("SECCOMP");
        int first = type < 0 ? name : name < 0 ? type : Math.min(type, name);
        return first < 0 ? line.length() : first;
    }

    /** That of syslog and the journal: time, host, and the tag {@code kernel}, and nothing else before it. */
    private static boolean isKernels(String before) {
        int end = afterTag(before, COLON);
        end = end < 0 ? afterTag(before, DASHES) : end;
        if (end < 0) {
            return false;
        }
        String rest = before.substring(end);
        String time = rest.endsWith(AUDIT) ? rest.substring(0, rest.length() - AUDIT.length()) : rest;
        return time.isEmpty() || TIME.matcher(time).matches();
    }

    /** The place after the tag {@code kernel} and the first of these separators; -1 where they are not there. */
    private static int afterTag(String before, String separator) {
        int end = before.indexOf(separator);
        int tag = end - KERNEL.length();
        return tag > 0
                        && before.startsWith(KERNEL, tag)
                        && OF_SYSLOG.matcher(before).region(0, tag).matches()
                ? end + separator.length()
                : -1;
    }
}
