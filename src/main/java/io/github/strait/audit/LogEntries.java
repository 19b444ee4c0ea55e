package io.github.strait.audit;

import io.github.strait.json.Json;
import io.github.strait.json.JsonException;
import io.github.strait.json.JsonReader;
import io.github.strait.json.JsonReader.Leniency;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the message in a line of a log that may have seccomp's record, whatever the form of the log. */
final class LogEntries {
    private static final String MESSAGE = "MESSAGE";
    private static final String TRANSPORT = "_TRANSPORT";
    private static final String FIELD = MESSAGE + "=";
    private static final int LONGEST_TRANSPORT = 40;
    private static final int DEEPEST = 8;
    private static final int TOKENS = 1 << 17;

    private final LogForm form;

    LogEntries(LogForm form) {
        this.form = form;
    }

    /** The fields of seccomp's record; empty where the line has none that the kernel or auditd wrote. */
    Optional<String> fields(String line) {
        return switch (form) {
            case JSON -> ofJson(line);
            case PRETTY_JSON -> message(member(line), MESSAGE);
            case DMESG_JSON -> message(member(line), "msg");
            case EXPORT ->
                line.startsWith(FIELD)
                        ? LoggedMessage.fields(line.substring(FIELD.length()), LogForm.BARE)
                        : Optional.empty();
            case TAGGED, PREFIXED, BARE -> LoggedMessage.fields(line, form);
        };
    }

    private static Optional<String> ofJson(String line) {
        int brace = line.indexOf('{');
        if (brace < 0 || !(read(line.substring(brace)) instanceof Json.Fields entry)) {
            return Optional.empty();
        }
        return isTrusted(text(entry.find(TRANSPORT).orElse(null))) ? message(entry, MESSAGE) : Optional.empty();
    }

    private static Optional<String> message(Json.@Nullable Fields entry, String key) {
        return entry == null
                ? Optional.empty()
                : LoggedMessage.fields(text(entry.find(key).orElse(null)), LogForm.BARE);
    }

    /** Whether an entry that came to the journal on this way is the kernel's. */
    static boolean isTrusted(String transport) {
        return transport.equals("kernel") || transport.equals("audit");
    }

    /** Of a line with one key. */
    private static Json.@Nullable Fields member(String line) {
        String text = line.strip();
        String member = text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
        return read("{" + member + "}") instanceof Json.Fields entry ? entry : null;
    }

    /** Whether an entry is of several lines, one of which says how it came to the journal. */
    boolean isOfSeveralLines() {
        return form == LogForm.EXPORT || form == LogForm.PRETTY_JSON;
    }

    /** Whether the line ends an entry of several lines. */
    boolean isEnd(byte[] bytes, int from, int to) {
        if (form == LogForm.EXPORT) {
            return from == to;
        }
        int p = from;
        while (p < to && (bytes[p] == ' ' || bytes[p] == '\t')) {
            p++;
        }
        return p < to && bytes[p] == '}';
    }

    /** How the entry came to the journal; empty where another line of it says that. */
    Optional<String> transport(byte[] bytes, int from, int to) {
        if (to - from > LONGEST_TRANSPORT) {
            return Optional.empty();
        }
        String line = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        if (form == LogForm.EXPORT) {
            return line.startsWith(TRANSPORT + "=")
                    ? Optional.of(line.substring(TRANSPORT.length() + 1))
                    : Optional.empty();
        }
        Json.Fields entry = line.contains(TRANSPORT) ? member(line) : null;
        return entry == null ? Optional.empty() : entry.find(TRANSPORT).map(LogEntries::text);
    }

    private static @Nullable Json read(String text) {
        try {
            return new JsonReader(Leniency.NONE, DEEPEST, TOKENS).read(text);
        } catch (JsonException e) {
            return null;
        }
    }

    /** A string, or the bytes of one that is not UTF-8. */
    private static String text(@Nullable Json value) {
        if (value instanceof Json.Text text) {
            return text.value();
        }
        if (!(value instanceof Json.Items bytes)) {
            return "";
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Json each : bytes.list()) {
            if (!(each instanceof Json.Numeral number) || !number.spelling().matches("\\d{1,3}")) {
                return "";
            }
            all.write(Integer.parseInt(number.spelling()));
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
