package io.github.strait.observe;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises the output of other tracers, whose lines may look like calls and mean something else. */
enum ForeignTool {
    PERF_TRACE("perf trace", "(?m)^ *\\d+\\.\\d+ \\( *(\\d+\\.\\d+ ms)?(\\s|\\))*:? "),
    LTRACE("ltrace", "(?m)^.*(\\+\\+\\+ exited \\(status \\d+\\) \\+\\+\\+|__libc_start_main\\()"),
    TRUSS("truss or dtruss", "(?m)(\\) Err#\\d+ |\\)\\s+ERR#\\d+ |^SYSCALL\\(args\\)\\s+= return)"),
    QEMU("qemu -strace", "(?m)^\\d+ \\w+\\(.*\\) = -1 errno=\\d+ \\("),
    GVISOR("gVisor's strace log", "(?m)strace\\.go:\\d+\\]");

    private final String label;
    private final Pattern mark;

    ForeignTool(String label, String mark) {
        this.label = label;
        this.mark = Pattern.compile(mark);
    }

    String label() {
        return label;
    }

    /** The tool that wrote this beginning of a file; empty when it is none of these. */
    static Optional<ForeignTool> of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        for (ForeignTool tool : values()) {
            if (tool.mark.matcher(text).find()) {
                return Optional.of(tool);
            }
        }
        return Optional.empty();
    }
}
