package io.github.strait.cli;

import io.github.strait.api.Machine;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.report.SyscallPages;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Syscalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the syscall tables. */
@Command(
        name = "syscalls",
        description = "Shows syscall numbers, the kernel that introduced each call, and its risk.",
        footerHeading = "%nExamples:%n",
        footer = {"  strait syscalls clone3", "  strait syscalls 435 --arch arm64", "  strait syscalls --arch riscv64"})
final class SyscallsCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME|NUMBER",
            description = "Calls to show (default: all of the architecture).")
    private List<String> calls = new ArrayList<>();

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            completionCandidates = EvidenceOptions.ArchNames.class,
            description = "Show this architecture (default: all for single calls, this machine's for the whole table).")
    private @Nullable Arch arch;

    @Mixin
    private CommonOptions common = new CommonOptions();

    SyscallsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        common.applyTo(console);
        Optional<Arch> only = Optional.ofNullable(arch);
        StringBuilder text = new StringBuilder();
        if (calls.isEmpty()) {
            text.append(SyscallPages.table(only.orElseGet(Machine::here)));
        }
        for (String call : calls) {
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
