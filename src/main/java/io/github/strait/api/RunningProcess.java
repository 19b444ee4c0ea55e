package io.github.strait.api;

import io.github.strait.bpf.FilterStack;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.filter.FilterDocument;
import io.github.strait.profile.SeccompData;
import io.github.strait.record.LiveFilters;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A running process, given where a profile belongs: its filters are the profile. */
final class RunningProcess {
    private static final String PREFIX = "pid:";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9]{1,10}");

    private RunningProcess() {}

    /** Whether an argument is {@code pid:} and a number; a file of that name is {@code ./pid:1}. */
    static boolean isOne(String argument) {
        return NAME.matcher(argument).matches();
    }

    /** The filters as a document. */
    static byte[] filters(String argument) {
        LiveFilters filters = LiveFilters.of(
                Long.parseLong(argument.substring(PREFIX.length())), Machine.here(), RunningProcess::goesOn);
        return FilterDocument.dump(filters.filters(), filters.notes());
    }

    /** Whether filters allow the call by which an interrupted sleep goes on. */
    private static boolean goesOn(List<byte[]> filters) {
        Arch here = Machine.here();
        OptionalInt restart = SyscallTable.of(here).number("restart_syscall");
        try {
            FilterStack stack = FilterStack.of(filters.stream()
                    .map(filter -> Program.read(filter, ByteOrder.nativeOrder()))
                    .toList());
            return restart.isPresent()
                    && stack.decide(SeccompData.of(here, restart.getAsInt()))
                            .action()
                            .permits();
        } catch (RefusalException e) {
            return false;
        }
    }
}
