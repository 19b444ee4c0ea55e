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
            case PRETTY_JSON -> ofPrettyJson(line.strip());
            case EXPORT ->
                line.startsWith(FIELD) ? LoggedMessage.fields(line.substring(FIELD.length()), true) : Optional.empty();
            case PREFIXED -> LoggedMessage.fields(line, false);
            case BARE -> LoggedMessage.fields(line, true);
        };
    }

    private static Optional<String> ofJson(String line) {
        int brace = line.indexOf('{');
        if (brace < 0 || !(read(line.substring(brace)) instanceof Json.Fields entry)) {
            return Optional.empty();
        }
        String transport = text(entry.find(TRANSPORT).orElse(null));
        boolean isKernel = transport.isEmpty() || isTrusted(transport);
        return isKernel ? LoggedMessage.fields(text(entry.find(MESSAGE).orElse(null)), true) : Optional.empty();
    }

    /** Whether an entry that came to the journal on this way is the kernel's. */
    static boolean isTrusted(String transport) {
        return transport.equals("kernel") || transport.equals("audit");
    }

    /** A line with one key and a string. */
    private static Optional<String> ofPrettyJson(String line) {
        String member = line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
        if (!(read("{" + member + "}") instanceof Json.Fields entry)) {
            return Optional.empty();
        }
        Optional<Json> message = entry.find(MESSAGE).or(() -> entry.find("msg"));
        return LoggedMessage.fields(text(message.orElse(null)), true);
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
