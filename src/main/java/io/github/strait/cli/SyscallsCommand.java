package io.github.strait.cli;

import io.github.strait.api.Machine;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.report.SyscallPages;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Syscalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Shows the syscall tables. */
final class SyscallsCommand extends Command {
    private final Console console;

    private final Parameter<String> calls = operand(
                    "NAME|NUMBER", ValueType.SYSCALL, "Calls to show (default: all of the architecture).")
            .repeatable();

    private final Parameter<Arch> arch = option(
            "--arch",
            "ARCH",
            ValueType.ARCH,
            "Show this architecture (default: all for single calls, this machine for the whole table).");

    private final CommonOptions common = include(new CommonOptions());

    SyscallsCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "syscalls",
                "Shows syscall numbers, the kernel that introduced each call, and its risk.",
                "  strait syscalls clone3",
                "  strait syscalls 435 --arch arm64",
                "  strait syscalls --arch riscv64");
    }

    @Override
    int run() {
        common.applyTo(console);
        Optional<Arch> only = arch.given();
        StringBuilder text = new StringBuilder();
        if (!calls.isGiven()) {
            text.append(SyscallPages.table(only.orElseGet(Machine::here)));
        }
        for (String call : calls.values()) {
            text.append(page(call, only));
        }
        OutputFile.write(text.toString().getBytes(StandardCharsets.UTF_8), Path.of("-"), console);
        return ExitStatus.DONE;
    }

    private static String page(String call, Optional<Arch> only) {
        if (Syscalls.names().contains(call)) {
            return SyscallPages.ofName(call, only);
        }
        try {
            return SyscallPages.ofNumber(number(call), only);
        } catch (NumberFormatException e) {
            throw RefusalException.of(
                    "unknown-syscall",
                    "unknown call '" + call + "', and not a number"
                            + Nearest.of(call, Syscalls.names())
                                    .map(known -> "; did you mean '" + known + "'?")
                                    .orElse("")
                            + "; list them with: strait syscalls");
        }
    }

    /** Hexadecimal after 0x, and else decimal: a leading 0 makes nothing octal. */
    private static int number(String text) {
        boolean hexadecimal = text.startsWith("0x");
        return hexadecimal ? Integer.parseUnsignedInt(text.substring(2), 16) : Integer.parseUnsignedInt(text);
    }
}
