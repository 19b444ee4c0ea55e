package io.github.strait.audit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a log writes its entries. */
public enum LogForm {
    /** Each entry is a line of JSON, as {@code journalctl -o json} writes it. */
    JSON,
    /** Each entry is a JSON object of several lines, as {@code journalctl -o json-pretty} writes it. */
    PRETTY_JSON,
    /** One JSON object of many lines, as {@code dmesg -J} writes it: the kernel's messages alone. */
    DMESG_JSON,
    /** Each field is a line, and an empty line ends the entry: {@code journalctl -o export}. */
    EXPORT,
    /** Each line begins with the time, the host and the name of who logs, as those of syslog and the journal do. */
    TAGGED,
    /** Each line begins with what dmesg puts there. */
    PREFIXED,
    /** Each line is a message alone, or a record of auditd. */
    BARE;

    private static final Pattern JOURNAL =
            Pattern.compile("(?:\u001e|data: )?\\{.*\"(?:__CURSOR|_TRANSPORT|_BOOT_ID)\".*");
    private static final Pattern PRETTY = Pattern.compile("(?s)\\{\\s*\"(?:dmesg\"\\s*:\\s*\\[|\\w+\" : \").*");
    private static final Pattern FIELD = Pattern.compile("__CURSOR=.*");
    private static final Pattern TAG = Pattern.compile("(?:<\\d{1,3}>(?:\\d )?)?(?:"
            + "[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?"
            + "|(?:[A-Z][a-z]{2} )?\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d[^\\s,]*(?: [A-Z+-][\\w:]{1,5})?"
            + "|\\d{9,11}\\.\\d{6}) .*");
    private static final Pattern PREFIX = Pattern.compile("(?:<\\d{1,3}>.*"
            + "|\\[ *\\+?\\d{1,12}\\.\\d{6}(?: <[ \\d.]+>)?\\] ?.*"
            + "|\\[(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} ?[ \\d]\\d \\d\\d:\\d\\d(?::\\d\\d \\d{4})?\\] .*"
            + "|[a-z0-9]{1,8} {0,8}:[a-z]{1,8} {0,8}: .*"
            + "|(?:[A-Z][a-z]{2} )?(?:[A-Z][a-z]{2} [ \\d]\\d|\\d{4}-\\d\\d-\\d\\d)[ T]\\d\\d:\\d\\d:\\d\\d.*"
            + "|\\d{9,11}\\.\\d{6} \\S+ \\S+: .*)");
    private static final Pattern AUDITD =
            Pattern.compile("(?:node=\\S+ )?type=[\\w\\[\\]]+ msg=audit\\(.*|----|time->.*");
    private static final Pattern ALONE = Pattern.compile("(?:audit: )?type=1326 audit\\(.*|SECCOMP auid=.*");
    private static final Pattern TITLE =
            Pattern.compile("-- (?:Logs|Journal) begin.*|-- Boot .*|-- No entries --|event: .*|id: .*");
    private static final Pattern COLOR = Pattern.compile("\u001b\\[[0-9;]*[mK]");

    /** How the kernel's lines begin, and no program's that has a clock of its own. */
    private static final Pattern KERNELS = Pattern.compile("(?:<\\d{1,3}>|\\[|kern {0,3}:).*|.{1,200}? kernel: .*");

    /**
     * The form of a log.
     *
     * @param head its first bytes; they need not be of a log
     * @return empty when it begins like none
     */
    public static Optional<LogForm> of(byte[] head) {
        String text = begin(head);
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        return of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, text);
    }

    /** Whether a file that has a form of a log is one for certain: a program may log with a clock of its own, too. */
    public static boolean isCertain(byte[] head) {
        Optional<LogForm> form = of(head);
        String text = begin(head);
        int end = text.indexOf('\n');
        return form.isPresent()
                && ((form.get() != PREFIXED && form.get() != TAGGED)
                        || KERNELS.matcher(end < 0 ? text : text.substring(0, end))
                                .lookingAt());
    }

    /** What is there from the first line on that says something. */
    private static String begin(byte[] head) {
        String text = plain(new String(head, StandardCharsets.ISO_8859_1));
        int from = 0;
        while (from < text.length()) {
            int feed = text.indexOf('\n', from);
            int end = feed < 0 ? text.length() : feed;
            String line = text.substring(from, end > from && text.charAt(end - 1) == '\r' ? end - 1 : end);
            if (!line.isBlank() && !TITLE.matcher(line).matches()) {
                return text.substring(from);
            }
            from = end + 1;
        }
        return "";
    }

    private static Optional<LogForm> of(String line, String rest) {
        if (line.startsWith("{") || line.startsWith("\u001e{") || line.startsWith("data: {")) {
            return JOURNAL.matcher(line).matches()
                    ? Optional.of(JSON)
                    : PRETTY.matcher(rest).matches() ? ofPrettyJson(rest) : Optional.empty();
        } else if (FIELD.matcher(line).matches()) {
            return Optional.of(EXPORT);
        } else if (AUDITD.matcher(line).matches() || ALONE.matcher(line).matches()) {
            return Optional.of(BARE);
        }
        if (!PREFIX.matcher(line).matches()) {
            return Optional.empty();
        }
        return Optional.of(TAG.matcher(line).matches() ? TAGGED : PREFIXED);
    }

    private static Optional<LogForm> ofPrettyJson(String text) {
        if (text.contains("\"__CURSOR\" : ") || text.contains("\"_BOOT_ID\" : ")) {
            return Optional.of(PRETTY_JSON);
        }
        return text.contains("\"dmesg\"") ? Optional.of(DMESG_JSON) : Optional.empty();
    }

    /** Without the colors of a terminal. */
    static String plain(String text) {
        return text.indexOf('\u001b') < 0 ? text : COLOR.matcher(text).replaceAll("");
    }
}
