package io.github.strait.format.minijail;

import com.google.common.base.Splitter;
import io.github.strait.format.Dialect;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A policy as one of minijail's two readers takes it, with no other lines than such a reader accepts. Written from the
 * grammars alone, without a look at what the writer does. The default is what the reader is started with, or in the file.
 */
final class Policy {
    private static final Pattern LINE = Pattern.compile("([a-z_][a-z0-9_]*): (\\S.*)");
    private static final Pattern ATOM =
            Pattern.compile("arg([0-9]) (==|!=|<=|<|>=|>|&|in) (~?)((?:0x[0-9a-f]+)|0|[1-9][0-9]*)");
    private static final Pattern RETURN = Pattern.compile("return (\\S+)");

    private final Dialect dialect;
    private final Arch abi;
    private final Map<Integer, String> filters = new HashMap<>();
    private Decision byDefault;

    private Policy(Dialect dialect, Arch abi, Decision byDefault) {
        this.dialect = dialect;
        this.abi = abi;
        this.byDefault = byDefault;
    }

    /** Reads it, and fails for a line that the reader would refuse. */
    static Policy read(String text, Dialect dialect, Arch abi, Decision byDefault) {
        Policy policy = new Policy(dialect, abi, byDefault);
        for (String line : Splitter.on('\n').omitEmptyStrings().split(text)) {
            if (!line.startsWith("#")) {
                policy.line(line);
            }
        }
        return policy;
    }

    private void line(String line) {
        if (line.startsWith("@default ")) {
            check(dialect == Dialect.COMPILER, line);
            byDefault = word(line.substring("@default ".length()));
            check(!byDefault.action().permits(), line);
            return;
        }
        Matcher matcher = LINE.matcher(line);
        check(matcher.matches(), line);
        OptionalInt number = SyscallTable.of(abi).number(matcher.group(1));
        check(number.isPresent(), line);
        check(filters.put(number.getAsInt(), matcher.group(2)) == null, line);
    }

    private static void check(boolean holds, String line) {
        if (!holds) {
            throw new AssertionError("refused: " + line);
        }
    }

    Decision decide(SeccompData data) {
        String filter = filters.get(data.number());
        if (filter == null) {
            return byDefault;
        }
        if (!filter.startsWith("{")) {
            return single(filter, data);
        }
        check(dialect == Dialect.COMPILER && filter.endsWith("}"), filter);
        for (String one : Splitter.on(',').trimResults().split(filter.substring(1, filter.length() - 1))) {
            List<String> parts = Splitter.on(';').trimResults().splitToList(one);
            check(parts.size() == 2, one);
            if (holds(parts.get(0), data)) {
                return word(parts.get(1));
            }
        }
        return byDefault;
    }

    private Decision single(String filter, SeccompData data) {
        check(!filter.contains(";"), filter);
        if (filter.equals("1")) {
            return Decision.of(Action.ALLOW);
        }
        if (filter.startsWith("arg")) {
            return holds(filter, data) ? Decision.of(Action.ALLOW) : byDefault;
        }
        check(dialect == Dialect.COMPILER || filter.startsWith("return "), filter);
        return word(filter);
    }

    private Decision word(String text) {
        Matcher matcher = RETURN.matcher(text);
        if (matcher.matches()) {
            OptionalInt named = Errno.number(matcher.group(1), abi);
            int errno = named.isPresent() ? named.getAsInt() : Integer.parseInt(matcher.group(1));
            return Decision.of(Action.ERRNO, OptionalInt.of(errno));
        }
        return Decision.of(
                switch (text) {
                    case "allow" -> Action.ALLOW;
                    case "kill-process" -> Action.KILL_PROCESS;
                    case "kill-thread" -> Action.KILL_THREAD;
                    case "trap" -> Action.TRAP;
                    case "log" -> Action.LOG;
                    default -> throw new AssertionError("no action: " + text);
                });
    }

    private boolean holds(String expression, SeccompData data) {
        for (String clause : Splitter.on(" || ").split(expression)) {
            boolean all = true;
            for (String atom : new ArrayList<>(Splitter.on(" && ").splitToList(clause))) {
                all &= atom(atom, data);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private boolean atom(String text, SeccompData data) {
        Matcher matcher = ATOM.matcher(text);
        check(matcher.matches(), text);
        long word = abi.pointerBits() == 32 ? 0xffffffffL : -1L;
        long argument = data.args().get(Integer.parseInt(matcher.group(1))) & word;
        String digits = matcher.group(4);
        long plain = digits.startsWith("0x")
                ? Long.parseUnsignedLong(digits.substring(2), 16)
                : Long.parseUnsignedLong(digits);
        long value = (matcher.group(3).isEmpty() ? plain : ~plain) & word;
        int order = Long.compareUnsigned(argument, value);
        return switch (matcher.group(2)) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "&" -> (argument & value) != 0;
            default -> (argument & ~value) == 0;
        };
    }
}
