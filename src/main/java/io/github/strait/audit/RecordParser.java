package io.github.strait.audit;

import com.google.common.io.BaseEncoding;
import io.github.strait.audit.SeccompRecord.Outcome;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.SyscallTable;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Parses the fields of one record: {@code pid=7 comm="sh" exe="/bin/sh" sig=0 arch=c000003e syscall=257 compat=0 ip=0x7f
 * code=0x7ffc0000}. The program chooses the text of {@code comm} and {@code exe}. The kernel quotes them where they have no
 * blank and no quotation mark, and else writes them in hex, so no text of theirs is another field. {@code ausearch -i}
 * undoes that: there a field that comes twice gives the line away, and it does not count. Unknown fields are skipped.
 */
final class RecordParser {
    private static final long X32_BIT = 0x40000000L;
    private static final int LONGEST_NUMBER = 11;
    /** Characters of the longest known key. */
    private static final int LONGEST_KEY = 7;

    private static final String UNKNOWN_CALL = "unknown-syscall(";
    private static final String DELETED = " (deleted)";
    /** Bytes of a path; the kernel has no longer ones. */
    private static final int LONGEST_PATH = 4096;

    private enum Field {
        PID,
        COMM,
        EXE,
        SIG,
        ARCH,
        SYSCALL,
        COMPAT,
        IP,
        CODE;

        static @Nullable Field of(String key) {
            return switch (key) {
                case "pid" -> PID;
                case "comm" -> COMM;
                case "exe" -> EXE;
                case "sig" -> SIG;
                case "arch" -> ARCH;
                case "syscall" -> SYSCALL;
                case "compat" -> COMPAT;
                case "ip" -> IP;
                case "code" -> CODE;
                default -> null;
            };
        }
    }

    private final String text;
    private final Map<Field, String> values = new EnumMap<>(Field.class);

    private RecordParser(String text) {
        this.text = text;
    }

    /** The record; empty when a field that is needed is missing, damaged or there twice. */
    static Optional<SeccompRecord> parse(String fields) {
        RecordParser parser = new RecordParser(fields);
        return parser.collect() ? parser.record() : Optional.empty();
    }

    /** Finds the fields; false when one comes twice or a quotation mark does not end. */
    private boolean collect() {
        Field last = null;
        int p = 0;
        while (p < text.length()) {
            if (isBlank(text.charAt(p))) {
                p++;
                continue;
            }
            int end = end(p);
            if (end < 0) {
                return false;
            }
            int equals = text.indexOf('=', p);
            boolean isField = equals >= 0 && equals < end;
            Field field = isField && equals - p <= LONGEST_KEY ? Field.of(text.substring(p, equals)) : null;
            if (field != null && values.put(field, text.substring(equals + 1, end)) != null) {
                return false;
            } else if (!isField && (last == Field.COMM || last == Field.EXE)) {
                values.merge(last, " " + text.substring(p, end), String::concat);
            }
            last = isField ? field : last;
            p = end;
        }
        return true;
    }

    /** auditd puts the group separator before the fields that it adds. */
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\u001d' || c == '\t';
    }

    /** The end of the word that begins here; -1 when a quotation mark does not end. */
    private int end(int from) {
        int equals = text.indexOf('=', from);
        int p = from;
        if (equals > 0 && equals + 1 < text.length() && text.charAt(equals + 1) == '"' && isWord(from, equals)) {
            int quote = text.indexOf('"', equals + 2);
            return quote < 0 || (quote + 1 < text.length() && !isBlank(text.charAt(quote + 1))) ? -1 : quote + 1;
        }
        while (p < text.length() && !isBlank(text.charAt(p))) {
            p++;
        }
        return p;
    }

    private boolean isWord(int from, int to) {
        for (int i = from; i < to; i++) {
            if (isBlank(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private Optional<SeccompRecord> record() {
        String code = values.get(Field.CODE);
        String machine = values.get(Field.ARCH);
        String call = values.get(Field.SYSCALL);
        if (code == null || machine == null || call == null) {
            return Optional.empty();
        }
        Optional<Outcome> outcome = outcome(code);
        Optional<Arch> arch = arch(machine);
        if (outcome.isEmpty() || arch.isEmpty()) {
            return Optional.empty();
        }
        boolean isRaw = isHex(machine);
        Optional<Long> number = number(call);
        Arch exact =
                arch.get() == Arch.X86_64 && number.isPresent() && number.get() > 0 && (number.get() & X32_BIT) != 0
                        ? Arch.X32
                        : arch.get();
        Optional<String> name =
                number.map(each -> NamelessCall.nameOf(each.intValue(), exact)).or(() -> name(call, exact));
        return name.map(known -> new SeccompRecord(
                exact,
                known,
                outcome.get(),
                text(values.get(Field.COMM), isRaw),
                path(text(values.get(Field.EXE), isRaw)),
                number(values.getOrDefault(Field.PID, "")).orElse(-1L)));
    }

    /** The name that {@code ausearch -i} printed, if the ABI has such a call. */
    private static Optional<String> name(String call, Arch arch) {
        return SyscallTable.of(arch).contains(call) ? Optional.of(call) : Optional.empty();
    }

    /** A number as the kernel prints it, or {@code ausearch -i} for one without a name. */
    private static Optional<Long> number(String text) {
        String digits = text.startsWith(UNKNOWN_CALL) && text.endsWith(")")
                ? text.substring(UNKNOWN_CALL.length(), text.length() - 1)
                : text;
        int sign = digits.startsWith("-") ? 1 : 0;
        if (digits.length() == sign || digits.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        for (int i = sign; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        long value = Long.parseLong(digits);
        return value < Integer.MIN_VALUE || value > 0xffffffffL ? Optional.empty() : Optional.of(value);
    }

    private static boolean isHex(String text) {
        return hex(text).isPresent();
    }

    /** A number of at most 32 bits, in hex without a prefix. */
    private static OptionalInt hex(String text) {
        if (text.isEmpty() || text.length() > Integer.BYTES * 2) {
            return OptionalInt.empty();
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return OptionalInt.empty();
            }
            value = value << 4 | digit;
        }
        return OptionalInt.of(value);
    }

    /** By the token of {@code linux/audit.h}, or the name that {@code ausearch -i} prints. */
    private static Optional<Arch> arch(String text) {
        OptionalInt token = hex(text);
        if (token.isEmpty()) {
            return text.isEmpty() ? Optional.empty() : Arch.find(text);
        }
        for (Arch arch : Arch.values()) {
            if (arch != Arch.X32 && arch.auditToken() == token.getAsInt()) {
                return Optional.of(arch);
            }
        }
        return Optional.empty();
    }

    /** By the action of {@code linux/seccomp.h}, or the word that {@code ausearch -i} prints. */
    private static Optional<Outcome> outcome(String code) {
        if (code.startsWith("0x")) {
            OptionalInt value = hex(code.substring(2));
            return value.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            switch (value.getAsInt() & 0xffff0000) {
                                case 0x7ffc0000 -> Outcome.LOGGED;
                                case 0x00050000 -> Outcome.FAILED;
                                case 0x00030000 -> Outcome.TRAPPED;
                                case 0x80000000, 0 -> Outcome.KILLED;
                                default -> Outcome.OTHER;
                            });
        }
        return switch (code.toLowerCase(Locale.ROOT)) {
            case "log" -> Optional.of(Outcome.LOGGED);
            case "errno" -> Optional.of(Outcome.FAILED);
            case "trap" -> Optional.of(Outcome.TRAPPED);
            case "kill", "kill-process", "kill-thread", "kill_process", "kill_thread" -> Optional.of(Outcome.KILLED);
            case "trace", "user_notif", "user-notif", "allow" -> Optional.of(Outcome.OTHER);
            default -> Optional.empty();
        };
    }

    /**
     * The text of a field that the program chooses.
     *
     * @param isRaw whether it is as the kernel writes it, quoted or in hex
     */
    private static String text(@Nullable String value, boolean isRaw) {
        if (value == null || value.length() > 2 * LONGEST_PATH) {
            return "";
        }
        if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
            return value.substring(1, value.length() - 1);
        }
        if (isRaw && BaseEncoding.base16().canDecode(value)) {
            byte[] bytes = BaseEncoding.base16().decode(value);
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return value;
    }

    /** The path of a file that was removed since is still that path. */
    private static String path(String exe) {
        return exe.endsWith(DELETED) ? exe.substring(0, exe.length() - DELETED.length()) : exe;
    }
}
