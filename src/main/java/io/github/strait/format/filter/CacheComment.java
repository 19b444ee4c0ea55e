package io.github.strait.format.filter;

import io.github.strait.bpf.ActionCache;
import io.github.strait.bpf.Program;
import io.github.strait.syscall.Arch;
import java.util.Set;

/** The end of a listing: the calls for which the kernel's action cache spares the filter, by ABI. */
final class CacheComment {
    private static final int WIDTH = 100;

    private CacheComment() {}

    /** Lines that begin with a semicolon and end with a line feed. */
    static String of(Program program, Set<Arch> abis) {
        StringBuilder text = new StringBuilder();
        ActionCache.calls(program, abis).forEach((abi, names) -> {
            StringBuilder line = new StringBuilder(";   ").append(abi.label()).append(':');
            for (String name : names) {
                if (line.length() + 1 + name.length() > WIDTH) {
                    text.append(line).append('\n');
                    line = new StringBuilder(";    ");
                }
                line.append(' ').append(name);
            }
            text.append(line).append('\n');
        });
        return (text.length() == 0
                        ? "; Linux runs the filter for every call\n"
                        : "; Linux 5.11 and later allow these calls without running the filter:\n")
                + text;
    }
}
