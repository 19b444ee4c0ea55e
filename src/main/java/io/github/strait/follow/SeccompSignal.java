package io.github.strait.follow;

import com.google.common.collect.ImmutableMap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.OtherMachine;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.trace.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The signal that the kernel sends when a filter traps a call: it names the call and the machine. A program may send a
 * signal of the same number, which shows nothing; {@code si_code} distinguishes them.
 *
 * @param architecture the value of {@code si_arch} as strace prints it
 * @param abis the ABIs that have that value
 * @param otherMachine the machine of that value, where no ABI has it
 * @param calls what strace may call the call by, the likeliest first; empty where the signal names none
 */
record SeccompSignal(String architecture, int abis, Optional<OtherMachine> otherMachine, List<String> calls) {
    private static final String SIGNAL = "SIGSYS";
    private static final int LENGTH = 1 << 10;
    /** Longer than a name with its number. */
    private static final int FIELD = 1 << 7;

    private static final String AUDIT_PREFIX = "AUDIT_ARCH_";
    private static final String NUMBER_PREFIX = "__NR_";
    private static final ImmutableMap<String, Integer> BY_NAME = byName();
    private static final int MACHINE = 0xffff;
    private static final int X32_BIT = 0x40000000;
    private static final long SECCOMP = 1;
    private static final long USER_DISPATCH = 2;

    /** The signal in a line; empty for any other line. */
    static Optional<SeccompSignal> of(Line line) {
        if (!line.name().equals(SIGNAL)) {
            return Optional.empty();
        }
        String text = line.text(LENGTH);
        String code = value(text, "si_code=");
        boolean seccomp = code.contains("SYS_SECCOMP") || number(code).orElse(0) == SECCOMP;
        // the call that a program has taken over by PR_SET_SYSCALL_USER_DISPATCH is none of the kernel's
        boolean dispatch = code.contains("SYS_USER_DISPATCH") || number(code).orElse(0) == USER_DISPATCH;
        if (!seccomp && !dispatch) {
            return Optional.empty();
        }
        String architecture = value(text, "si_arch=");
        String call = seccomp ? value(text, "si_syscall=") : "";
        int abis = abis(architecture);
        Optional<OtherMachine> otherMachine = abis == 0 ? otherMachine(architecture) : Optional.empty();
        abis = abis == 0 ? Abis.ALL : abis;
        OptionalLong number = number(call);
        if (number.isPresent() && (abis & Abis.X32) != 0 && abis != Abis.ALL) {
            abis = (number.getAsLong() & X32_BIT) != 0 ? Abis.X32 : abis & ~Abis.X32;
        }
        return Optional.of(new SeccompSignal(architecture, abis, otherMachine, calls(call, number, abis)));
    }

    /** The number of a call under this name, which a filter sees as it is: no multiplexer stands for it. */
    int number(PrintedName name) {
        return Abis.isSingle(abis)
                ? SyscallTable.of(Abis.first(abis)).number(name.name()).orElse(Line.NO_NUMBER)
                : Line.NO_NUMBER;
    }

    /** The text after a field's name, with the comment that {@code -X verbose} adds. */
    private static String value(String text, String field) {
        int from = text.indexOf(field) + field.length();
        int to = from;
        while (to < text.length() && to < from + FIELD && text.charAt(to) != ',' && text.charAt(to) != '}') {
            to++;
        }
        return from < field.length() ? "" : text.substring(from, to);
    }

    private static OptionalLong number(String value) {
        if (value.isEmpty() || value.charAt(0) < '0' || value.charAt(0) > '9') {
            return OptionalLong.empty();
        }
        String digits = value.contains(" ") ? value.substring(0, value.indexOf(' ')) : value;
        try {
            return OptionalLong.of(Long.decode(digits));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The ABIs whose filters see this {@code si_arch}; 0 when there are none. */
    private static int abis(String architecture) {
        OptionalLong token = number(architecture);
        if (token.isPresent()) {
            return Abis.where(arch -> arch.auditToken() == (int) token.getAsLong());
        }
        return BY_NAME.getOrDefault(architecture, 0);
    }

    private static ImmutableMap<String, Integer> byName() {
        Map<String, Integer> abis = new HashMap<>();
        for (Arch arch : Arch.values()) {
            abis.merge(AUDIT_PREFIX + auditName(arch), Abis.of(arch), (one, other) -> one | other);
        }
        return ImmutableMap.copyOf(abis);
    }

    private static String auditName(Arch arch) {
        return switch (arch) {
            case X86 -> "I386";
            case X32 -> Arch.X86_64.name();
            default -> arch.name();
        };
    }

    private static Optional<OtherMachine> otherMachine(String architecture) {
        OptionalLong token = number(architecture);
        if (token.isPresent()) {
            int machine = (int) token.getAsLong() & MACHINE;
            return Optional.of(OtherMachine.ofElf(machine)
                    .orElseGet(() -> OtherMachine.unknown("a machine of number " + machine)));
        }
        if (!architecture.startsWith(AUDIT_PREFIX) || architecture.endsWith("?")) {
            return Optional.empty();
        }
        String name = architecture.substring(AUDIT_PREFIX.length());
        return Optional.of(OtherMachine.ofAudit(name).orElseGet(() -> OtherMachine.unknown("the machine " + name)));
    }

    private static List<String> calls(String call, OptionalLong number, int abis) {
        List<String> calls = new ArrayList<>();
        int name = call.indexOf(NUMBER_PREFIX);
        if (name >= 0) {
            int to = name + NUMBER_PREFIX.length();
            while (to < call.length() && call.charAt(to) != ' ') {
                to++;
            }
            calls.add(call.substring(name + NUMBER_PREFIX.length(), to));
        }
        if (number.isPresent()) {
            int low = (int) number.getAsLong();
            Abis.list(abis).forEach(arch -> SyscallTable.of(arch).name(low).ifPresent(calls::add));
            calls.addAll(StraceName.numberSpellings(low));
        }
        return calls;
    }
}
